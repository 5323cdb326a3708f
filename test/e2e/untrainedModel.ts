// A model file of any classes for tests of what does not hang on accuracy: the report's small network, never trained.
import { initializeNetwork, networkNamed, networkToModel, withClasses } from '../../src/learn/index.ts';
import type { OnnxModel } from '../../src/onnx/index.ts';
import { mnistFraming } from '../../src/picture/index.ts';

/** The network `small` with its first weights, its answers at a temperature below 1 so that they are not all alike. */
export function untrainedModel(labels: readonly string[], seed = 1): OnnxModel {
  const network = withClasses(networkNamed('small'), labels.length);
  return networkToModel(network, initializeNetwork(network, seed), {
    format: 1,
    name: 'untrained',
    description: 'Weights as they are before training.',
    labels: [...labels],
    framing: mnistFraming,
    temperature: 0.05,
  });
}
