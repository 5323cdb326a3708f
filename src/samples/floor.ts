// What the floors above may import of this one. What the world may import stands in index.ts.
export { captureSample } from './capture/capture.ts';
export { type CaptureDatasetOptions, captureDataset } from './capture/captureDataset.ts';
export { captureSheet } from './capture/captureSheet.ts';
export type { CaptureConfig } from './capture/config.ts';
export { captureNamed, capturePresets } from './capture/presets.ts';
export { checkCapture } from './capture/schema.ts';
export { BatchLoader, shardStart } from './data/batchLoader.ts';
export { concatSamples, matchLabels, relabel } from './data/concatSamples.ts';
export type { Dataset, LabelledPictures } from './data/dataset.ts';
export { datasetSheet, sheetSamples } from './data/datasetSheet.ts';
export {
  classCounts,
  countOf,
  type DatasetView,
  materialize,
  type Samples,
  subset,
  targetsOf,
  viewOf,
  writersOf,
} from './data/datasetView.ts';
export {
  type DatasetDescription,
  isFramed,
  isSetName,
  parseDescription,
  type SplitFiles,
  splitFiles,
} from './data/formats/description.ts';
export {
  type EmnistPart,
  type EmnistSplit,
  emnistAddress,
  emnistArchiveMd5,
  emnistFileNames,
  emnistNamed,
  emnistSide,
  emnistSplits,
  emnistTerms,
  isEmnistSplit,
  readEmnistTargets,
  transposePictures,
} from './data/formats/emnist.ts';
export { checkEmnistMapping } from './data/formats/emnistMapping.ts';
export { isHidden, isPictureName, maxFolderPictures, pictureEndings, planFolders } from './data/formats/folders.ts';
export { type GntHeader, gntHeaderBytes, gntPicture, parseGntHeader } from './data/formats/gnt.ts';
export { formatIdx, type IdxArray, parseIdx, parseIdxHeader } from './data/formats/idx.ts';
export { type IdxPictures, idxPictures, labelPictures, readNumbers, readTargets } from './data/formats/idxDataset.ts';
export { maxInkLine, parseInkLine } from './data/formats/inkLine.ts';
export { type MnistPart, mnistDataset, mnistFiles, mnistLabels, mnistTerms } from './data/formats/mnist.ts';
export {
  drawDataset,
  type FramedPictures,
  frameDataset,
  type LabelledInk,
  maxFramedPixels,
} from './data/frameDataset.ts';
export { abbreviateLabels, compareLabels } from './data/labels.ts';
export { choosePictures, pictureAt, picturesOf } from './data/pictures.ts';
export { limitSamples, splitSamples } from './data/split.ts';
export type { DistortionConfig } from './distort/config.ts';
export { createDistorter, type Distorter } from './distort/distort.ts';
export { distortionSheet } from './distort/distortionSheet.ts';
export { identityMap, mapRow } from './distort/global/globalMap.ts';
export { distortionNamed } from './distort/presets.ts';
export { type InkRedrawing, redrawInk } from './distort/redrawInk.ts';
export { sampleRow } from './distort/sampleRow.ts';
export { type TrainingDistortion, trainingDistortionSchema } from './distort/schema.ts';
