import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../core/floor.ts';
import type { LayerConfig, NetworkConfig } from '../../engine/floor.ts';
import { networks } from '../../engine/nn/networks/networks.ts';
import { operators } from '../../read/runtime/operators/table.ts';
import { checkReadable } from './checkReadable.ts';

const network = (input: NetworkConfig['input'], ...layers: LayerConfig[]): NetworkConfig => ({
  name: 'test',
  description: '',
  input,
  layers: [...layers, { type: 'flatten' }, { type: 'dense', units: 2 }],
});

describe('checkReadable', () => {
  it.each(networks)('lets $name pass', (config) => {
    expect(() => checkReadable(config)).not.toThrow();
  });

  it('names the layer and the operator that a runtime has not', () => {
    const config = network(
      [1, 8, 8],
      { type: 'conv2d', filters: 2, kernel: [3, 3], activation: 'relu' },
      { type: 'conv2d', filters: 2, kernel: [3, 3], activation: 'tanh' },
    );
    const fewer = new Map([...operators].filter(([name]) => name !== 'Tanh'));
    expect(() => checkReadable(config)).not.toThrow();
    expect(() => checkReadable(config, fewer)).toThrow(UnsupportedError);
    expect(() => checkReadable(config, fewer)).toThrow(
      /^network "test", layer "conv2d_2": model uses operators that the runtime cannot run: Tanh; it can run .*Relu/,
    );
  });

  it('refuses what no model may take of memory', () => {
    const huge = network(
      [1, 1024, 1024],
      { type: 'conv2d', filters: 256, kernel: [1, 1] },
      { type: 'globalMaxPool2d' },
    );
    const layers = huge.layers.filter(({ type }) => type !== 'flatten');
    expect(() => checkReadable({ ...huge, layers })).toThrow(UnsupportedError);
    expect(() => checkReadable({ ...huge, layers })).toThrow(/network "test": the reading runtime cannot .* bytes/);
  });
});
