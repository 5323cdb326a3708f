// A random forest (Breiman 2001): trees that vote, each learnt from samples drawn with replacement. Own code, not the
// library ml-random-forest: that draws pixels once per tree and not at every node, and its time grows with the square
// of the samples, because it separates them anew for every threshold.
import * as v from 'valibot';
import { randomStream, UsageError } from '../../../core/floor.ts';
import { type Samples, targetsOf, viewOf } from '../../../samples/floor.ts';
import type { ClassifierKind } from '../../classifier.ts';
import { pictureByPicture } from '../../parts/pictureByPicture.ts';
import { pictureRows } from '../../parts/pictureRows.ts';
import { type SavedParts, tensorOf } from '../../savedParts.ts';
import { type Learning, systemKind } from '../../systemKind.ts';
import { type DecisionTree, growTree, treeAnswer } from './decisionTree.ts';

const name = 'random-forest';

/** Settings of {@link randomForest}. */
export interface RandomForestSettings {
  /** Trees that vote, at least 1. */
  readonly trees: number;
}

/** All trees, one after the other. */
interface Forest {
  readonly nodes: DecisionTree;
  /** `[trees]`, first node of each, ascending from 0. */
  readonly roots: Int32Array;
}

/**
 * The kind. The score of a class is the share of the trees that answer it. Each node draws the square root of the
 * number of pixels, as Breiman advises for classes.
 */
export function randomForest({ trees }: RandomForestSettings = { trees: 100 }): ClassifierKind {
  if (!Number.isSafeInteger(trees) || trees < 1) {
    throw new UsageError(`${name}: expected at least 1 tree, received ${trees}`);
  }
  return systemKind({
    name,
    description: `${trees} decision trees over single pixels, each grown on samples drawn with return, vote (Breiman 2001).`,
    scores: 'probability',
    settings: { trees },
    modules: [import.meta.url],
    learn(samples, learning) {
      const { nodes, roots } = growForest(samples, trees, learning);
      return {
        settings: {},
        tensors: [
          tensorOf('roots', roots),
          tensorOf('pixels', nodes.pixels),
          tensorOf('thresholds', nodes.thresholds),
          tensorOf('next', nodes.next),
        ],
      };
    },
    open(saved) {
      saved.settings(v.strictObject({}));
      const { nodes, roots } = savedForest(saved);
      return pictureByPicture(saved.saved, ({ pixels }, scores) => {
        for (const root of roots) scores[treeAnswer(nodes, root, pixels)]!++;
        for (let index = 0; index < scores.length; index++) scores[index]! /= roots.length;
      });
    },
  });
}

function growForest(samples: Samples, trees: number, { seed, progress }: Learning): Forest {
  const { dataset, indices } = viewOf(samples);
  const rows = pictureRows(samples, indices);
  const targets = targetsOf(samples);
  const tries = Math.max(1, Math.round(Math.sqrt(rows.pixels)));
  const grown: DecisionTree[] = [];
  for (let tree = 0; tree < trees; tree++) {
    progress(tree / trees);
    const random = randomStream(seed, name, tree);
    const bag = Int32Array.from({ length: rows.count }, () => random.integer(rows.count));
    grown.push(growTree(rows, targets, dataset.labels.length, bag, tries, random));
  }
  return joined(grown);
}

/** Trees as one list of nodes; children count from its beginning. */
function joined(trees: readonly DecisionTree[]): Forest {
  const count = trees.reduce((sum, { pixels }) => sum + pixels.length, 0);
  const nodes = { pixels: new Int32Array(count), thresholds: new Uint8Array(count), next: new Int32Array(count) };
  const roots = new Int32Array(trees.length);
  let at = 0;
  for (const [tree, { pixels, thresholds, next }] of trees.entries()) {
    roots[tree] = at;
    nodes.pixels.set(pixels, at);
    nodes.thresholds.set(thresholds, at);
    for (let node = 0; node < next.length; node++) {
      nodes.next[at + node] = next[node]! + (pixels[node]! >= 0 ? at : 0);
    }
    at += pixels.length;
  }
  return { nodes, roots };
}

/** The forest of a file; every path is checked to end at a class. */
function savedForest(saved: SavedParts): Forest {
  const { data: roots } = saved.tensor('roots', 'int32', [null]);
  const { data: pixels } = saved.tensor('pixels', 'int32', [null]);
  const { data: thresholds } = saved.tensor('thresholds', 'uint8', [pixels.length]);
  const { data: next } = saved.tensor('next', 'int32', [pixels.length]);
  if (roots.length === 0) saved.refuse('trees', 0);
  for (const root of roots) if (root < 0 || root >= pixels.length) saved.refuse(`roots below ${pixels.length}`, root);
  for (let node = 0; node < pixels.length; node++) {
    const [pixel, to] = [pixels[node]!, next[node]!];
    if (pixel < -1 || pixel >= saved.pixels) saved.refuse(`pixels below ${saved.pixels}`, pixel);
    if (pixel < 0 && (to < 0 || to >= saved.classes)) saved.refuse(`classes below ${saved.classes}`, to);
    // Children follow their parents, so no path is a cycle; the second follows the first.
    if (pixel >= 0 && (to <= node || to + 1 >= pixels.length)) saved.refuse(`children of node ${node} behind it`, to);
  }
  return { nodes: { pixels, thresholds, next }, roots };
}
