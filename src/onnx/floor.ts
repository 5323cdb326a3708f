// What the floors above may import of this one. What the world may import stands in index.ts.
export {
  type CardCommittee,
  type CardData,
  type CardFigure,
  type CardTraining,
  cardKey,
  type ModelCard,
  maximumMembers,
  type VotingRule,
  votingRules,
} from './card.ts';
export { modelCardOf, withModelCard } from './cardText.ts';
export { checkModel } from './check.ts';
export { committeeCard, distinctNames, memberName } from './committeeCard.ts';
export { fromFloat16, toFloat16 } from './float16.ts';
export { halveWeights } from './halveWeights.ts';
export { memberPrefix, mergeModels } from './mergeModels.ts';
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
export { maximumModelBytes, readOnnx } from './read.ts';
export { allocateTensorData, elementBytes } from './readTensor.ts';
export { splitModel } from './splitModel.ts';
export { termsNotice } from './termsNotice.ts';
export { writeOnnx } from './write.ts';
