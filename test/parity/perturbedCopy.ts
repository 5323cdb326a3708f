// Members for committees in tests, where no committee ships: a real network with a little seeded noise in its weights.
import { randomStream } from '../../src/core/floor.ts';
import {
  fromFloat16,
  type ModelCard,
  modelCardOf,
  type OnnxModel,
  type OnnxTensor,
  toFloat16,
  withModelCard,
} from '../../src/onnx/floor.ts';

/**
 * A copy with noise of `strength` times each tensor's root mean square in all its weights, and a card (if it has one)
 * of that seed. At 0.1 the shipped digits still read nearly every test digit, and no longer agree on all.
 */
export function perturbedCopy(model: OnnxModel, seed: number, strength: number): OnnxModel {
  const initializers = model.graph.initializers.map((tensor): OnnxTensor => {
    const { name, type, data } = tensor;
    if (type !== 'float32' && type !== 'float16') return tensor;
    const values = type === 'float16' ? fromFloat16(data as Uint16Array) : Float32Array.from(data as Float32Array);
    const size = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    const random = randomStream(seed, 'perturbed copy', name);
    // Variances must stay above 0: those are scaled.
    const variance = /variance/i.test(name);
    const noisy = values.map((value) => {
      const noise = strength * random.normal();
      return variance ? value * Math.exp(noise) : value + size * noise;
    });
    return { ...tensor, data: type === 'float16' ? toFloat16(noisy) : noisy };
  });
  const copy = { ...model, graph: { ...model.graph, initializers } };
  const card = modelCardOf(model);
  return card === undefined ? copy : withModelCard(copy, { ...card, ...seeded(card, seed) });
}

function seeded(card: ModelCard, seed: number): Partial<ModelCard> {
  return card.training === undefined ? { name: `${card.name}-${seed}` } : { training: { ...card.training, seed } };
}
