// What the floors above may import of this one. What the world may import stands in index.ts.
export { exportTensorFlowJs, tensorFlowJsWeightsFile } from './export/tfjs.ts';
export { drawBernoulliMask, drawExactMask } from './graph/dropoutMask.ts';
export { type CompileOptions, type Engine, type Program, type TensorBuffer, tensorBuffer } from './graph/engine.ts';
export { gradients } from './graph/gradients.ts';
export type { ElementType, Tensor } from './graph/operator.ts';
export { add } from './graph/operators/add.ts';
export { concat } from './graph/operators/concat.ts';
export { countMatches } from './graph/operators/countMatches.ts';
export { dequantize } from './graph/operators/dequantize.ts';
export { exponential } from './graph/operators/exponential.ts';
export { lessMask } from './graph/operators/lessMask.ts';
export { logSoftmax } from './graph/operators/logSoftmax.ts';
export { crossEntropy } from './graph/operators/losses.ts';
export { matMul } from './graph/operators/matMul.ts';
export { multiply } from './graph/operators/multiply.ts';
export { reduceMean } from './graph/operators/reduceMean.ts';
export { broadcastTo } from './graph/operators/reduceSum.ts';
export { reshape } from './graph/operators/reshape.ts';
export { sigmoid } from './graph/operators/sigmoid.ts';
export { slice } from './graph/operators/slice.ts';
export { smallest } from './graph/operators/smallest.ts';
export { longestByteRow, squaredDistances } from './graph/operators/squaredDistances.ts';
export { subtract } from './graph/operators/subtract.ts';
export { toFloat } from './graph/operators/toFloat.ts';
export { transpose } from './graph/operators/transpose.ts';
export { constant, input, scalar } from './graph/tensor.ts';
export { toOnnx } from './graph/toOnnx.ts';
export { type Activation, activationSchema } from './nn/activation.ts';
export type { NetworkConfig } from './nn/config.ts';
export { describeNetwork, type NetworkDescription } from './nn/describeNetwork.ts';
export { initializeNetwork } from './nn/initializers.ts';
export type { ParameterSpec } from './nn/layer.ts';
export type { Padding } from './nn/layerFields.ts';
export { layerModels } from './nn/layerModels.ts';
export { type LayerConfig, layerSchema } from './nn/layers/layers.ts';
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
