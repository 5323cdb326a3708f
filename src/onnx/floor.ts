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
} from './card/card.ts';
export { modelCardOf, withModelCard } from './card/cardText.ts';
export { committeeCard, distinctNames, memberName } from './card/committeeCard.ts';
export { termsNotice } from './card/termsNotice.ts';
export { halveWeights } from './change/halveWeights.ts';
export { memberPrefix, mergeModels } from './change/mergeModels.ts';
export { splitModel } from './change/splitModel.ts';
export { checkModel } from './file/check.ts';
export { fromFloat16, toFloat16 } from './file/float16.ts';
export {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
  type TensorData,
  type TensorType,
  tensorTypeCode,
} from './file/model.ts';
export { maximumModelBytes, readOnnx } from './file/read.ts';
export { allocateTensorData, elementBytes } from './file/tensorStorage.ts';
export { writeOnnx } from './file/write.ts';
