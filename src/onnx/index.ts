export { type CardData, type CardFigure, cardKey, type Framing, type ModelCard } from './card.ts';
export {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  type TensorData,
  type TensorType,
  tensorTypeCode,
} from './model.ts';
export { writeOnnx } from './write.ts';
