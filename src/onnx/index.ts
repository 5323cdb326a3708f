// ductus/onnx: the model file and its card.
export type { CardCommittee, CardData, CardFigure, CardTraining, ModelCard, VotingRule } from './card.ts';
export { modelCardOf, parseCard, withModelCard } from './cardText.ts';
export { checkModel } from './check.ts';
export { committeeCard } from './committeeCard.ts';
export { halveWeights } from './halveWeights.ts';
export { mergeModels } from './mergeModels.ts';
export type { OnnxModel, OnnxNode, OnnxTensor } from './model.ts';
export { readOnnx } from './read.ts';
export { splitModel } from './splitModel.ts';
export { termsNotice } from './termsNotice.ts';
export { writeOnnx } from './write.ts';
