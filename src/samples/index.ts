// ductus/samples: labelled data, distorted and captured: the sample generator.
export { type Random, randomStream } from '../core/floor.ts';
export { captureSample } from './capture/capture.ts';
export { captureDataset } from './capture/captureDataset.ts';
export type { CaptureConfig } from './capture/config.ts';
export { captureNamed, capturePresets } from './capture/presets.ts';
export { concatSamples } from './data/concatSamples.ts';
export type { Dataset, LabelledPictures } from './data/dataset.ts';
export { datasetSheet } from './data/datasetSheet.ts';
export { countOf, type DatasetView, type Samples, subset } from './data/datasetView.ts';
export { formatIdx, parseIdx } from './data/formats/idx.ts';
export { drawDataset, frameDataset } from './data/frameDataset.ts';
export { pictureAt, picturesOf } from './data/pictures.ts';
export { limitSamples, splitSamples } from './data/split.ts';
export type { DistortionConfig } from './distort/config.ts';
export { createDistorter, type Distorter } from './distort/distort.ts';
export { distortInk } from './distort/distortInk.ts';
export { distortionNamed, distortionPresets } from './distort/presets.ts';
