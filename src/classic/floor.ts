// What the floors above may import of this one. What the world may import stands in index.ts.
export type { ClassifierKind } from './classifier.ts';
export { classifierKindNamed, classifierKinds } from './classifierKinds.ts';
export {
  aboutSystem,
  type Column,
  comparisonColumns,
  rejectionColumns,
  trialColumns,
  turnedColumns,
} from './compare/comparisonColumns.ts';
export { type ComparisonCharts, comparisonPage } from './compare/comparisonPage.ts';
export { type MeasuringHost, measureSystem, measuringModule } from './compare/measureSystem.ts';
export { parseSystemResult, type SystemResult } from './compare/systemResult.ts';
export { multiscaleCurves, workToReach } from './systems/multiscale/multiscaleCurves.ts';
