// The strokes of a training's samples, drawn anew as `RecipeStrokes` says: once, before the training. They are not
// kept: a resumed run draws the same ones again in the same time.
import { randomStream } from '../../../../core/floor.ts';
import type { RecipeStrokes } from '../../../../learn/floor.ts';
import type { Framing, Ink } from '../../../../picture/floor.ts';
import { concatSamples, type Dataset, redrawInk, type Samples, viewOf } from '../../../../samples/floor.ts';
import { sharedBytes } from '../../data/sharedArrays.ts';

/** Event while strokes are drawn, before a training starts. */
export interface RedrawingEvent {
  readonly type: 'redrawing';
  readonly done: number;
  readonly total: number;
}

/** Time between two events, and two checks of `cancelled`: often enough for a bar. */
const eventMilliseconds = 500;

/** What to draw. */
export interface RedrawnSamplesOptions {
  readonly strokes: RecipeStrokes;
  /** The strokes of the sample at a position of the data set; undefined where it has none. */
  readonly inks: readonly (Ink | undefined)[];
  readonly framing: Framing;
  readonly seed: number;
  readonly cancelled?: () => boolean;
}

/**
 * Samples together with drawings of some that have strokes, each drawn `strokes.variants` times.
 *
 * @param samples to draw, from the data set to which the strokes `inks` belong.
 * @param beside samples that the drawings join, of the same classes: the same samples, or with captures of them.
 * @returns in memory that threads can share; undefined when it was cancelled.
 */
export async function* redrawnSamples(
  samples: Samples,
  beside: Samples,
  { strokes, inks, framing, seed, cancelled }: RedrawnSamplesOptions,
): AsyncGenerator<RedrawingEvent, Dataset | undefined, undefined> {
  const { dataset, indices } = viewOf(samples);
  const { variants, ...redrawing } = strokes;
  const inked = [...indices].filter((index) => inks[index] !== undefined);
  const total = inked.length * variants;
  const pixels = framing.size ** 2;
  const images = sharedBytes(total * pixels);
  const targets = new Uint16Array(total);
  const sets = dataset.sets && new Uint8Array(total);
  let [count, done, told] = [0, 0, performance.now()];
  for (const index of inked) {
    for (let variant = 0; variant < variants; variant++) {
      // By its place in the data, so that its drawings do not depend on the run's other samples.
      const random = randomStream(seed, 'strokes', index, variant);
      const picture = redrawInk(inks[index]!, redrawing, random, framing);
      done++;
      if (picture === undefined) continue;
      images.set(picture.pixels, count * pixels);
      if (sets !== undefined) sets[count] = dataset.sets![index]!;
      targets[count++] = dataset.targets[index]!;
    }
    if (performance.now() - told < eventMilliseconds) continue;
    yield { type: 'redrawing', done, total };
    // Node handles signals between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    if (cancelled?.()) return undefined;
    told = performance.now();
  }
  yield { type: 'redrawing', done, total };
  const { name, labels } = dataset;
  const drawn = {
    ...{ name: `${name}, redrawn`, labels, width: framing.size, height: framing.size, count },
    ...{ images: images.subarray(0, count * pixels), targets: targets.subarray(0, count) },
    ...(sets && { sets: sets.subarray(0, count) }),
  };
  return concatSamples([beside, drawn], { name, labels, allocate: sharedBytes });
}
