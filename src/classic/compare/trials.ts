// The trials of the compared systems beside clean pictures: the faults of real writing and scanning. Each is applied
// separately and with a fixed strength, so every system gets the same pictures. The strengths have no source: a person
// still reads all of them.
import { randomStream } from '../../core/floor.ts';
import type { Dataset, DistortionConfig } from '../../samples/floor.ts';
import { createDistorter, identityMap, mapRow, sampleRow } from '../../samples/floor.ts';

/** A way of changing pictures. */
export interface Trial {
  readonly name: string;
  /** The change, as a column's heading. */
  readonly description: string;
  change(data: Dataset, seed: number): Dataset;
}

/** Every trial, in the order of the comparison. */
export const trials: readonly Trial[] = [
  distortion('noise', 'normal noise with a deviation of 30 % of full ink', { noise: [0.3, 0.3] }),
  {
    name: 'rotation',
    description: 'turned by 15 degrees, every other picture to the left',
    change: (data) => changed(data, (source, target, at) => turn(source, target, data, at % 2 === 0 ? 15 : -15)),
  },
  distortion('thin', 'strokes thinner by 0.6 pixels on each side; what is thin already grows faint', {
    stroke: [-0.6, -0.6],
  }),
  distortion('thick', 'strokes thicker by one pixel on each side', { stroke: [1, 1] }),
];

function distortion(name: string, description: string, config: DistortionConfig): Trial {
  return {
    name,
    description,
    change(data, seed) {
      const distort = createDistorter(config, data.width, data.height);
      return changed(data, (source, target, at) => distort(source, target, randomStream(seed, 'trial', name, at)));
    },
  };
}

/** A data set of changed pictures. */
function changed(data: Dataset, change: (source: Uint8Array, target: Uint8Array, at: number) => void): Dataset {
  const pixels = data.width * data.height;
  const images = new Uint8Array(data.count * pixels);
  for (let at = 0; at < data.count; at++) {
    const from = at * pixels;
    change(data.images.subarray(from, from + pixels), images.subarray(from, from + pixels), at);
  }
  return { ...data, images };
}

/** Turns a picture about its middle. @param degrees anticlockwise as the picture is seen. */
function turn(source: Uint8Array, target: Uint8Array, { width, height }: Dataset, degrees: number): void {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  // The source of a pixel: the inverse turn, with rows that go down.
  const map = { ...identityMap(), xx: cos, xy: -sin, yx: sin, yy: cos };
  const [xs, ys] = [new Float64Array(width), new Float64Array(width)];
  for (let y = 0; y < height; y++) {
    mapRow(map, y, height, xs, ys);
    sampleRow(source, width, height, xs, ys, target, y * width);
  }
}
