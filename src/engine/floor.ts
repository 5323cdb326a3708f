// What the floors above may import of this one. What the world may import stands in index.ts.
export { exportTensorFlowJs, tensorFlowJsWeightsFile } from './export/tfjs.ts';
export { drawBernoulliMask, drawExactMask } from './graph/dropoutMask.ts';
export { type CompileOptions, type Engine, type Program, type TensorBuffer, tensorBuffer } from './graph/engine.ts';
export { gradients } from './graph/gradients.ts';
export type { ElementType, Tensor } from './graph/operator.ts';
export { add } from './graph/operators/add.ts';
export { countMatches } from './graph/operators/countMatches.ts';
export { dequantize } from './graph/operators/dequantize.ts';
export { logSoftmax } from './graph/operators/logSoftmax.ts';
export { crossEntropy } from './graph/operators/losses.ts';
export { multiply } from './graph/operators/multiply.ts';
export { input, scalar } from './graph/tensor.ts';
export { toOnnx } from './graph/toOnnx.ts';
export { activationSchema } from './nn/activation.ts';
export type { Activation, LayerConfig, NetworkConfig, Padding } from './nn/config.ts';
export { initializeNetwork } from './nn/initializers.ts';
export type { ParameterSpec } from './nn/layer.ts';
export { layerModels } from './nn/layerModels.ts';
export { layerSchema } from './nn/layers/layers.ts';
export { inferenceModel, modelToNetwork, networkToModel } from './nn/modelFile.ts';
export {
  buildNetwork,
  classCount,
  type MaskInput,
  networkParameters,
  placeAuxiliary,
  placeLayers,
  withoutAuxiliary,
} from './nn/network.ts';
export { networkExits } from './nn/networkExits.ts';
export { networkNamed } from './nn/networks/networks.ts';
export { networkSchema, parseNetwork } from './nn/parseNetwork.ts';
export { withClasses } from './nn/withClasses.ts';
export { withSide } from './nn/withSide.ts';
