// ductus/engine: tensors, operators and their gradients, networks, and writing them to a model file.

export { exportTensorFlowJs } from './export/tfjs.ts';
export { type Engine, type Program, type TensorBuffer, tensorBuffer } from './graph/engine.ts';
export { gradients } from './graph/gradients.ts';
export type { Tensor } from './graph/operator.ts';
export * as ops from './graph/ops.ts';
export { evaluateReference } from './graph/reference.ts';
export { constant, input, scalar } from './graph/tensor.ts';
export { toOnnx } from './graph/toOnnx.ts';
export type { Activation, LayerConfig, NetworkConfig } from './nn/config.ts';
export { initializeNetwork } from './nn/initializers.ts';
export { modelToNetwork, networkToModel } from './nn/modelFile.ts';
export { type PlacedLayer, placeLayers } from './nn/network.ts';
export { networkNamed, networks } from './nn/networks/networks.ts';
export { parseNetwork } from './nn/parseNetwork.ts';
export { withClasses } from './nn/withClasses.ts';
