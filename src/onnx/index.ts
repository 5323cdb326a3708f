// ductus/onnx: the model file and its card.
export type { CardCommittee, CardData, CardFigure, CardTraining, ModelCard, VotingRule } from './card/card.ts';
export { modelCardOf, parseCard, withModelCard } from './card/cardText.ts';
export { committeeCard } from './card/committeeCard.ts';
export { termsNotice } from './card/termsNotice.ts';
export { halveWeights } from './change/halveWeights.ts';
export { mergeModels } from './change/mergeModels.ts';
export { splitModel } from './change/splitModel.ts';
export { checkModel } from './file/check.ts';
export type { OnnxModel, OnnxNode, OnnxTensor } from './file/model.ts';
export { readOnnx } from './file/read.ts';
export { writeOnnx } from './file/write.ts';
