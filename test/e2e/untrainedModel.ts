// A model file of any classes for tests of what does not hang on accuracy: the report's small network, never trained.
import { initializeNetwork, networkNamed, networkToModel, withClasses } from '../../src/engine/floor.ts';
import type { OnnxModel } from '../../src/onnx/floor.ts';
import { type Framing, mnistFraming } from '../../src/picture/floor.ts';

/**
 * The network `small`, for pictures of the framing, with its first weights; its answers at a temperature below 1 so
 * that they are not all alike.
 */
export function untrainedModel(labels: readonly string[], seed = 1, framing: Framing = mnistFraming): OnnxModel {
  const network = withClasses({ ...networkNamed('small'), input: [1, framing.size, framing.size] }, labels.length);
  return networkToModel(network, initializeNetwork(network, seed), {
    format: 1,
    name: 'untrained',
    description: 'Weights as they are before training.',
    labels: [...labels],
    framing,
    temperature: 0.05,
  });
}
