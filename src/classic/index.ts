// ductus/classic: the older recognition systems behind one interface: fit, predict, save and load. `runComparison` of
// ductus/node compares them.
export type {
  Classifier,
  ClassifierHost,
  ClassifierKind,
  FitOptions,
  Prediction,
  PublishedFigure,
  ScoreMeaning,
} from './classifier.ts';
export { classifierKindNamed, classifierKinds, loadClassifier } from './classifierKinds.ts';
export type { SystemResult } from './compare/systemResult.ts';
export { classifierReader } from './parts/segmentation/classifierReader.ts';
export { pieceSamples } from './parts/segmentation/pieceSamples.ts';
export { type SavedClassifier, writeClassifier } from './savedClassifier.ts';
