import { describe, expect, it } from 'vitest';
import { networkParameters, placeLayers, withoutAuxiliary } from './network.ts';
import { networkExits } from './networkExits.ts';
import { chen15 } from './networks/chen15.ts';
import { keras } from './networks/keras.ts';

describe('networkExits', () => {
  it('ends the network at each of its outputs, at the cost that it has there', () => {
    const exits = networkExits(chen15);
    expect(exits.map(({ after }) => after)).toEqual(['conv2d_3', 'conv2d_7', 'dense_3']);
    const [first, , last] = exits;
    // 28x28: 9*16, 9*16*16; 14x14: 9*16*32; then 32 filters of 3x3 means to 10 classes.
    expect(first!.multiplyAdds).toBe(784 * (144 + 2304) + 196 * 4608 + 288 * 10);
    expect(last!.multiplyAdds).toBe(placeLayers(chen15).reduce((sum, layer) => sum + layer.multiplyAdds, 0));
    expect(placeLayers(first!.network).at(-1)!.outputShape).toEqual([10]);
  });

  it('has parameters of the whole network, by their names and shapes', () => {
    const whole = new Map(networkParameters(chen15).map(({ name, shape }) => [name, shape]));
    const exits = networkExits(chen15);
    for (const { network } of exits) {
      for (const { name, shape } of networkParameters(network)) expect(whole.get(name)).toEqual(shape);
    }
    const used = new Set(exits.flatMap(({ network }) => networkParameters(network).map(({ name }) => name)));
    expect(used.size).toBe(whole.size);
    expect(networkParameters(exits.at(-1)!.network)).toEqual(networkParameters(withoutAuxiliary(chen15)));
  });

  it('is the network alone where it has one output', () => {
    expect(networkExits(keras)).toHaveLength(1);
  });
});
