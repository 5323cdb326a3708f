import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../core/floor.ts';
import { classCount, placeAuxiliary } from './network.ts';
import { networkNamed, networks } from './networks/networks.ts';
import { withSide } from './withSide.ts';

describe('withSide', () => {
  it.each(networks)('lets $name take pictures of 48 and of 64 pixels, and changes nothing else', (config) => {
    for (const side of [48, 64]) {
      const sized = withSide(config, side);
      expect(sized).toEqual({ ...config, input: [1, side, side] });
      expect(classCount(sized)).toBe(classCount(config));
    }
    expect(withSide(config, config.input[1]!)).toBe(config);
  });

  it('refuses pictures that are too small for the layers, by the name of the first that does not fit', () => {
    expect(() => withSide(networkNamed('compact'), 8)).toThrow(ShapeError);
    expect(() => withSide(networkNamed('compact'), 8)).toThrow('conv2d_');
  });
});

describe('fifteen layers', () => {
  it('have auxiliary outputs of 3 x 3 values a filter, at a third and two thirds of the depth', () => {
    for (const [name, widths] of [
      ['chen15', [32, 48]],
      ['hanzi15', [48, 96]],
      ['hanzi15wide', [64, 128]],
    ] as const) {
      const inputs = placeAuxiliary(networkNamed(name)).map(({ layers }) => layers.at(-1)!.inputShape);
      expect(inputs).toEqual(widths.map((width) => [9 * width]));
    }
  });
});
