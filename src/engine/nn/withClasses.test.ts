import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../core/floor.ts';
import type { LayerConfig, NetworkConfig } from './config.ts';
import { classCount, placeAuxiliary } from './network.ts';
import { networkNamed, networks } from './networks/networks.ts';
import { withClasses } from './withClasses.ts';

const network = (...layers: LayerConfig[]): NetworkConfig => ({
  name: 'test',
  description: 'a network of a test',
  input: [1, 8, 8],
  layers,
});

describe('withClasses', () => {
  it.each(networks)('gives $name as many outputs as there are classes, and changes nothing else', (config) => {
    const fitted = withClasses(config, 62);
    expect(classCount(fitted)).toBe(62);
    expect({ ...fitted, layers: [], auxiliary: [] }).toEqual({ ...config, layers: [], auxiliary: [] });
    expect(fitted.layers.slice(0, -1)).toEqual(config.layers.slice(0, -1));
    expect(fitted.layers.at(-1)).toEqual({ ...config.layers.at(-1), units: 62 });
    expect(withClasses(config, classCount(config))).toBe(config);
  });

  it('changes auxiliary outputs along with the last', () => {
    const output: LayerConfig[] = [{ type: 'globalAveragePool2d' }, { type: 'dense', units: 10 }];
    const config: NetworkConfig = {
      ...network({ type: 'conv2d', filters: 3, kernel: [3, 3] }, ...output),
      auxiliary: [{ after: 'conv2d_1', weight: 0.3, layers: output }],
    };
    const [auxiliary] = placeAuxiliary(withClasses(config, 5));
    expect(auxiliary!.layers.at(-1)!.outputShape).toEqual([5]);
  });

  it('refuses a network whose last layer has no units to change', () => {
    const config = network({ type: 'conv2d', filters: 10, kernel: [3, 3] }, { type: 'globalAveragePool2d' });
    expect(() => withClasses(config, 62)).toThrow(ShapeError);
    expect(() => withClasses(config, 62)).toThrow('expected a dense layer at its end, received globalAveragePool2d');
    expect(withClasses(config, 10)).toBe(config);
  });

  it("keeps the report's EMNIST network for its 47 classes", () => {
    expect(withClasses(networkNamed('emnist'), 47)).toBe(networkNamed('emnist'));
  });
});
