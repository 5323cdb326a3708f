// ductus/classic: the older systems of recognition, behind one interface.
export type { Classifier, ClassifierHost, ClassifierKind } from './classifier.ts';
export { classifierKindNamed, classifierKinds, loadClassifier } from './classifierKinds.ts';
export { CancelledError } from './parts/progress.ts';
export { classifierReader } from './parts/segmentation/classifierReader.ts';
export { pieceSamples } from './parts/segmentation/pieceSamples.ts';
export { touchingRow } from './parts/segmentation/touchingRow.ts';
export { readClassifier, writeClassifier } from './savedClassifier.ts';
