// k nearest neighbours on raw pixels (Cover and Hart 1967): it learns nothing and keeps every sample. The plain
// baseline.
import * as v from 'valibot';
import { longestByteRow } from '../../../engine/floor.ts';
import type { ClassifierHost, ClassifierKind } from '../../classifier.ts';
import { graphReader } from '../../parts/graphReader.ts';
import { indicesByClass, type PictureRows, pictureRows } from '../../parts/pictureRows.ts';
import { tensorOf } from '../../savedParts.ts';
import { systemKind } from '../../systemKind.ts';
import { nearestDistances } from './nearestDistances.ts';

const mostNeighbours = 1_000;

const settingsSchema = v.strictObject({
  neighbours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostNeighbours)),
});

/** Settings of {@link nearestNeighbours}. */
export interface NearestNeighboursSettings {
  /** k, the number of samples that vote, at least 1. */
  readonly neighbours: number;
}

/**
 * k nearest neighbours by Euclidean distance of pixels, found exactly. The score of a class is its number of votes
 * among the k nearest plus, to rank classes with equal votes, `1 / (1 + d)`: d is the distance to its nearest sample in
 * units of full ink.
 */
export function nearestNeighbours(
  host: ClassifierHost,
  settings: NearestNeighboursSettings = { neighbours: 3 },
): ClassifierKind {
  return systemKind({
    name: 'nearest-neighbours',
    description: `The ${settings.neighbours} nearest of all training pictures vote, by Euclidean distance of pixels (Cover and Hart 1967).`,
    published: {
      text: '3.1 % error on MNIST, 60,000 training pictures, k = 3',
      source: "K. Wilder, in the table of Y. LeCun's MNIST page, 1998; recalled, not checked again",
    },
    scores: 'votes',
    settings,
    modules: [import.meta.url],
    mostPixels: longestByteRow,
    learn(samples) {
      const classes = indicesByClass(samples).map((indices) => pictureRows(samples, indices));
      return {
        settings,
        tensors: classes.map(({ images, count, pixels }, index) =>
          tensorOf(`pictures/${index}`, images, [count, pixels]),
        ),
      };
    },
    async open(saved) {
      const { neighbours } = saved.settings(settingsSchema);
      const { pixels } = saved;
      const classes = saved.saved.labels.map((_, index): PictureRows => {
        const { data: images, shape } = saved.tensor(`pictures/${index}`, 'uint8', [null, pixels]);
        if (shape[0] === 0) saved.refuse(`pictures of class ${index}`, 'none');
        return { images, pixels, count: shape[0]! };
      });
      const counts = classes.map(({ count }) => count);
      return graphReader(
        await host.engine(),
        pixels,
        (images) => nearestDistances(images, classes, neighbours),
        (distances) => votes([...distances], counts, neighbours),
      );
    },
  });
}

/**
 * Scores of one picture.
 *
 * @param distances `[class, neighbour]`, squared.
 * @param counts samples of each class.
 */
function votes(distances: readonly number[], counts: readonly number[], neighbours: number): number[] {
  const candidates = distances.map((distance, position) => {
    const owner = Math.floor(position / neighbours);
    return { distance, owner, real: position % neighbours < counts[owner]! };
  });
  // A stable sort: with equal distances, the class that comes first is nearer.
  const nearest = candidates.filter(({ real }) => real).sort((one, other) => one.distance - other.distance);
  const scores = counts.map((_, index) => 1 / (1 + Math.sqrt(distances[index * neighbours]!) / 255));
  for (const { owner } of nearest.slice(0, neighbours)) scores[owner]!++;
  return scores;
}
