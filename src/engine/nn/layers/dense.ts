// Fully connected layer.
import { formatShape, ShapeError } from '../../../core/floor.ts';
import { add } from '../../graph/operators/add.ts';
import { matMul } from '../../graph/operators/matMul.ts';
import { activate } from '../activation.ts';
import type { DenseConfig } from '../config.ts';
import type { Layer } from '../layer.ts';

/** Kernel `[inputs, units]`, bias `[units]`. */
export const denseLayer: Layer<DenseConfig> = {
  outputShape({ units }, input) {
    if (input.length !== 1) {
      throw new ShapeError(`dense needs a flat input, received ${formatShape(input)}; put a flatten layer before it`);
    }
    return [units];
  },
  parameters({ units, bias = true, initializer = 'glorotUniform' }, input) {
    const fans = { in: input[0]!, out: units };
    const shape = [input[0]!, units];
    const weights = { name: 'kernel', shape, initializer, fans, trainable: true, decays: true } as const;
    const offsets = {
      name: 'bias',
      shape: [units],
      initializer: 'zeros',
      fans,
      trainable: true,
      decays: false,
    } as const;
    return bias ? [weights, offsets] : [weights];
  },
  multiplyAdds: ({ units }, input) => input[0]! * units,
  build({ bias = true, activation }, x, context) {
    const y = matMul(x, context.parameter('kernel'));
    return activate(bias ? add(y, context.parameter('bias')) : y, activation);
  },
};
