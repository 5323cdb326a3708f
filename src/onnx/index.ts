export {
  type CardCommittee,
  type CardData,
  type CardFigure,
  type CardTraining,
  type CommitteeMember,
  cardKey,
  type Framing,
  type ModelCard,
  maximumMembers,
  type VotingRule,
  votingRules,
} from './card.ts';
export { modelCardOf, parseCard, withModelCard } from './cardText.ts';
export { checkModel } from './check.ts';
export { type CommitteeCardOptions, committeeCard, distinctNames, memberName } from './committeeCard.ts';
export { float16Bits, float16Value, fromFloat16, toFloat16 } from './float16.ts';
export { halveWeights, smallestHalved } from './halveWeights.ts';
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
export { maximumEntries } from './protobuf.ts';
export { maximumModelBytes, readOnnx } from './read.ts';
export { allocateTensorData, elementBytes, maximumElements, maximumRank } from './readTensor.ts';
export { splitModel } from './splitModel.ts';
export { hasClearTerms, termsNotice } from './termsNotice.ts';
export { writeOnnx } from './write.ts';
