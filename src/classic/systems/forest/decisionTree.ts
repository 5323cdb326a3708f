// A decision tree over rows of bytes, grown until each leaf has one class: the building block of a random forest.
import type { Random } from '../../../core/floor.ts';
import type { PictureRows } from '../../parts/pictureRows.ts';

/** Nodes of one tree or of several, each one entry; a tree's root is its first node. */
export interface DecisionTree {
  /** The pixel of the node's test, or -1 at a leaf. */
  readonly pixels: Int32Array;
  /** Bytes up to this go to the first child, larger ones to the second, which directly follows the first. */
  readonly thresholds: Uint8Array;
  /** The first child, always after its parent; at a leaf its class. */
  readonly next: Int32Array;
}

/** A test that separates samples. */
interface Question {
  readonly pixel: number;
  readonly threshold: number;
}

/**
 * Grows a tree: among some random pixels, each node tests the one that leaves the two sides purest by Gini's index
 * (Breiman, Friedman, Olshen and Stone 1984; the random choice at every node: Breiman 2001).
 *
 * @param targets `[row]`, class of each row.
 * @param bag rows that the tree learns from; a row may occur several times. Its order is changed.
 * @param tries pixels that a node chooses among; more are drawn as long as none separates the samples.
 */
export function growTree(
  rows: PictureRows,
  targets: ArrayLike<number>,
  classes: number,
  bag: Int32Array,
  tries: number,
  random: Random,
): DecisionTree {
  const nodes: { pixel: number; threshold: number; next: number }[] = [{ pixel: -1, threshold: 0, next: 0 }];
  const finder = questionFinder(rows, targets, classes, bag.length, tries, random);
  const waiting = [{ node: 0, from: 0, to: bag.length }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { node, from, to } = part;
    const samples = bag.subarray(from, to);
    const question = finder(samples);
    if (question === undefined) {
      nodes[node]!.next = commonest(samples, targets, classes);
      continue;
    }
    const middle = from + parted(samples, rows, question);
    const first = nodes.length;
    nodes[node] = { ...question, next: first };
    nodes.push({ pixel: -1, threshold: 0, next: 0 }, { pixel: -1, threshold: 0, next: 0 });
    waiting.push({ node: first + 1, from: middle, to }, { node: first, from, to: middle });
  }
  return {
    pixels: Int32Array.from(nodes, ({ pixel }) => pixel),
    thresholds: Uint8Array.from(nodes, ({ threshold }) => threshold),
    next: Int32Array.from(nodes, ({ next }) => next),
  };
}

/** The class that a tree answers. @param root first node of the tree. @param image one row. */
export function treeAnswer({ pixels, thresholds, next }: DecisionTree, root: number, image: Uint8Array): number {
  let node = root;
  while (pixels[node]! >= 0) node = next[node]! + (image[pixels[node]!]! > thresholds[node]! ? 1 : 0);
  return next[node]!;
}

/** A function that finds the best test for some samples; undefined: they have one class, or are equal in all pixels. */
function questionFinder(
  { images, pixels }: PictureRows,
  targets: ArrayLike<number>,
  classes: number,
  mostSamples: number,
  tries: number,
  random: Random,
): (samples: Int32Array) => Question | undefined {
  const order = Int32Array.from({ length: pixels }, (_, pixel) => pixel);
  const keys = new Float64Array(mostSamples);
  const [below, above] = [new Float64Array(classes), new Float64Array(classes)];
  return (samples) => {
    if (isPure(samples, targets)) return undefined;
    let best: Question | undefined;
    let bestPurity = 0;
    for (let tried = 0; tried < pixels && (tried < tries || best === undefined); tried++) {
      // One step of a shuffle: the pixels before this one have been drawn.
      const drawn = tried + random.integer(pixels - tried);
      [order[tried], order[drawn]] = [order[drawn]!, order[tried]!];
      const pixel = order[tried]!;
      // A native sort of numbers that hold byte and class: a comparing function would take most of the time.
      const sorted = keys.subarray(0, samples.length);
      for (let i = 0; i < samples.length; i++) {
        sorted[i] = images[samples[i]! * pixels + pixel]! * classes + targets[samples[i]!]!;
      }
      sorted.sort();
      below.fill(0);
      above.fill(0);
      let [squaresBelow, squaresAbove] = [0, 0];
      for (const key of sorted) above[key % classes]!++;
      for (const count of above) squaresAbove += count * count;
      for (let i = 0; i < sorted.length - 1; i++) {
        const index = sorted[i]! % classes;
        squaresBelow += 2 * below[index]!++ + 1;
        squaresAbove -= 2 * above[index]!-- - 1;
        const value = Math.floor(sorted[i]! / classes);
        if (Math.floor(sorted[i + 1]! / classes) === value) continue;
        // Gini's index of both sides, weighted by their samples, is least where this is greatest.
        const purity = squaresBelow / (i + 1) + squaresAbove / (sorted.length - i - 1);
        if (purity > bestPurity) {
          bestPurity = purity;
          best = { pixel, threshold: value };
        }
      }
    }
    return best;
  };
}

function isPure(samples: Int32Array, targets: ArrayLike<number>): boolean {
  return samples.every((sample) => targets[sample] === targets[samples[0]!]);
}

function commonest(samples: Int32Array, targets: ArrayLike<number>, classes: number): number {
  const counts = new Array<number>(classes).fill(0);
  for (const sample of samples) counts[targets[sample]!]!++;
  return counts.indexOf(Math.max(...counts));
}

/** Moves the samples of the first child before the others, in place. @returns their number. */
function parted(samples: Int32Array, { images, pixels }: PictureRows, { pixel, threshold }: Question): number {
  let count = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (images[sample * pixels + pixel]! > threshold) continue;
    samples[i] = samples[count]!;
    samples[count++] = sample;
  }
  return count;
}
