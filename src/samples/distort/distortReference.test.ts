// The fast sample generator against its definition.
// @module-tag slow
import { expect, it } from 'vitest';
import { distortReference } from '../../../test/samples/distortReference.ts';
import { everyDistortion } from '../../../test/samples/everyDistortion.ts';
import { randomStream } from '../../core/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { limitedConfig } from './classLimits.ts';
import { createDistorter } from './distort.ts';
import { scaledToSide } from './local/scaledToSide.ts';
import { distortionPresets } from './presets.ts';

/** A picture cropped or padded with paper to another size. */
function resized(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const target = new Uint8Array(width * height);
  const [left, top] = [Math.floor((28 - width) / 2), Math.floor((28 - height) / 2)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = [x + left, y + top];
      if (fromX >= 0 && fromY >= 0 && fromX < 28 && fromY < 28) target[y * width + x] = pixels[fromY * 28 + fromX]!;
    }
  }
  return target;
}

it('createDistorter agrees with its definition, for every preset, member, size and strength', async () => {
  const digits = await openDataset('mnist:train');
  const configs = [
    everyDistortion,
    ...distortionPresets.map(({ config }) => config),
    { perspective: 0.35 },
    { mirror: { horizontal: 0.5, vertical: 0.5 } },
    { elastic: { sigma: 0.8, alpha: 2 } },
    { elastic: { sigma: 40, alpha: 400 } },
    { local: { points: 17, deviation: 1 } },
  ];
  let compared = 0;
  for (const [width, height] of [
    [28, 28],
    [48, 48],
    [20, 10],
    [1, 5],
  ] as const) {
    for (const config of configs) {
      const distort = createDistorter(config, width, height, digits.labels);
      for (const [index, strength] of [
        [0, 1],
        [3, 0.4],
        [8, 1.3],
      ] as const) {
        const source = resized(digits.images.subarray(index * 784, (index + 1) * 784), width, height);
        const target = new Uint8Array(width * height);
        const targetClass = digits.targets[index]!;
        distort(source, target, randomStream(index, 'x'), strength, targetClass);
        const scaled = scaledToSide(config, Math.max(width, height));
        const own = limitedConfig(scaled, scaled.classes?.[digits.labels[targetClass]!] ?? {});
        const expected = distortReference(own, width, height, source, randomStream(index, 'x'), strength);
        for (const [pixel, value] of target.entries()) {
          // The fast one rounds to whole levels, before and after the appearance changes.
          if (!(Math.abs(value - expected[pixel]!) <= 1.01)) {
            expect.fail(
              `${width}x${height}, ${JSON.stringify(config)}: pixel ${pixel} is ${value}, not ${expected[pixel]}`,
            );
          }
          compared += value > 0 ? 1 : 0;
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(10_000); // it was not paper with paper
});
