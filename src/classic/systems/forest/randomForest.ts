// A random forest (Breiman 2001): trees that each learn from samples drawn with return, and vote. Own code, not ml-random-forest,
// the library for it: that one draws pixels once a tree and not at every node, and takes time that grows with the square of
// the samples, as it parts them anew for every threshold.
import * as v from 'valibot';
import { FormatError, parseWith, randomStream, UsageError } from '../../../core/floor.ts';
import { type Samples, targetsOf, viewOf } from '../../../samples/floor.ts';
import { type Classifier, type ClassifierKind, type FitOptions, pictureCount } from '../../classifier.ts';
import { pictureRows } from '../../parts/pictureRows.ts';
import { progressOf } from '../../parts/progress.ts';
import { checkTrainingSamples } from '../../parts/trainingSamples.ts';
import { type SavedClassifier, savedTensor } from '../../savedClassifier.ts';
import { growTree, type TreeNodes, treeAnswer } from './decisionTree.ts';

const name = 'random-forest';
const settingsSchema = v.strictObject({});

/** Settings of {@link randomForest}. */
export interface RandomForestSettings {
  /** Trees that vote, at least 1. */
  readonly trees: number;
}

/** All trees, one behind the other. */
interface Forest {
  readonly nodes: TreeNodes;
  /** `[trees]`, first node of each, ascending from 0. */
  readonly roots: Int32Array;
}

/**
 * The kind. The score of a class is the share of the trees that answer it. At each node the square root of the number of pixels is
 * drawn, as Breiman advises for classes.
 */
export function randomForest({ trees }: RandomForestSettings = { trees: 100 }): ClassifierKind {
  if (!Number.isSafeInteger(trees) || trees < 1) {
    throw new UsageError(`${name}: expected at least 1 tree, received ${trees}`);
  }
  return {
    name,
    description: `${trees} decision trees over single pixels, each grown on samples drawn with return, vote (Breiman 2001).`,
    scores: 'probability',
    settings: { trees },
    modules: [import.meta.url],
    async fit(samples, options) {
      checkTrainingSamples(samples, name);
      return new RandomForest(viewOf(samples).dataset, growForest(samples, trees, options));
    },
    async restore(saved, source) {
      parseWith(settingsSchema, saved.settings, source, name);
      return new RandomForest(saved, restoredForest(saved, source));
    },
  };
}

function growForest(samples: Samples, trees: number, options: FitOptions): Forest {
  const progress = progressOf(name, options);
  const { dataset, indices } = viewOf(samples);
  const rows = pictureRows(samples, indices);
  const targets = targetsOf(samples);
  const tries = Math.max(1, Math.round(Math.sqrt(rows.pixels)));
  const grown: TreeNodes[] = [];
  for (let tree = 0; tree < trees; tree++) {
    progress(tree / trees);
    const random = randomStream(options.seed, name, tree);
    const bag = Int32Array.from({ length: rows.count }, () => random.integer(rows.count));
    grown.push(growTree(rows, targets, dataset.labels.length, bag, tries, random));
  }
  progress(1);
  return joined(grown);
}

/** Trees as one list of nodes: children are counted from its beginning. */
function joined(trees: readonly TreeNodes[]): Forest {
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

/** The forest of a file, every way through it checked to come to an end at a class. */
function restoredForest(saved: SavedClassifier, source: string): Forest {
  const { data: roots, shape } = savedTensor(saved, 'roots', 'int32', [null], source);
  const { data: pixels } = savedTensor(saved, 'pixels', 'int32', [null], source);
  const { data: thresholds } = savedTensor(saved, 'thresholds', 'uint8', [pixels.length], source);
  const { data: next } = savedTensor(saved, 'next', 'int32', [pixels.length], source);
  const bad = (what: string, found: number): never => {
    throw new FormatError(`${source}: ${name}: expected ${what}, found ${found}`);
  };
  if (shape[0] === 0) bad('trees', 0);
  for (const root of roots) if (root < 0 || root >= pixels.length) bad(`roots below ${pixels.length}`, root);
  for (let node = 0; node < pixels.length; node++) {
    const [pixel, to] = [pixels[node]!, next[node]!];
    if (pixel < -1 || pixel >= saved.width * saved.height) bad(`pixels below ${saved.width * saved.height}`, pixel);
    if (pixel < 0 && (to < 0 || to >= saved.labels.length)) bad(`classes below ${saved.labels.length}`, to);
    // Children behind their parents, so that no way goes round; the second is the one behind the first.
    if (pixel >= 0 && (to <= node || to + 1 >= pixels.length)) bad(`children of node ${node} behind it`, to);
  }
  return { nodes: { pixels, thresholds, next }, roots };
}

class RandomForest implements Classifier {
  readonly kind = name;
  readonly labels: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly #forest: Forest;

  constructor({ labels, width, height }: Pick<Classifier, 'labels' | 'width' | 'height'>, forest: Forest) {
    this.labels = labels;
    this.width = width;
    this.height = height;
    this.#forest = forest;
  }

  async predict(images: Uint8Array): Promise<{ scores: Float32Array }> {
    const count = pictureCount(images, this);
    const pixels = this.width * this.height;
    const classes = this.labels.length;
    const { nodes, roots } = this.#forest;
    const scores = new Float32Array(count * classes);
    for (let row = 0; row < count; row++) {
      const image = images.subarray(row * pixels, (row + 1) * pixels);
      for (const root of roots) scores[row * classes + treeAnswer(nodes, root, image)]!++;
    }
    return { scores: scores.map((votes) => votes / roots.length) };
  }

  save(): SavedClassifier {
    const { kind, labels, width, height } = this;
    const { nodes, roots } = this.#forest;
    const count = nodes.pixels.length;
    return {
      ...{ kind, labels, width, height },
      settings: {},
      tensors: [
        { name: 'roots', type: 'int32', shape: [roots.length], data: roots },
        { name: 'pixels', type: 'int32', shape: [count], data: nodes.pixels },
        { name: 'thresholds', type: 'uint8', shape: [count], data: nodes.thresholds },
        { name: 'next', type: 'int32', shape: [count], data: nodes.next },
      ],
    };
  }
}
