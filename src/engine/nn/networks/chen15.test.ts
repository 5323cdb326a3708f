import { describe, expect, it } from 'vitest';
import { networkNamed } from './networks.ts';

describe('fifteenLayers', () => {
  it.each(['chen15', 'hanzi15', 'hanzi15wide'])('gives %s fifteen, with the input and poolings', (name) => {
    const counted = networkNamed(name).layers.filter(({ type }) =>
      ['conv2d', 'maxPool2d', 'averagePool2d', 'dense'].includes(type),
    );
    expect(1 + counted.length).toBe(15);
  });

  it('normalises every layer of hanzi15 but outputs, and drops after poolings and the hidden dense layer', () => {
    const { layers } = networkNamed('hanzi15');
    layers.forEach(({ type }, index) => {
      if (type === 'conv2d' || (type === 'dense' && index < layers.length - 1)) {
        expect(layers[index + 1]).toEqual({ type: 'batchNorm', activation: 'relu' });
      }
    });
    const dropped = layers.flatMap((layer, index) =>
      layer.type === 'dropout' ? [[layers[index - 1]!.type, layer.rate]] : [],
    );
    expect(dropped).toEqual([
      ['maxPool2d', 0.1],
      ['maxPool2d', 0.2],
      ['batchNorm', 0.3],
    ]);
  });
});
