export { type OpenDatasetOptions, openDataset } from './data.ts';
export { datasetHash } from './datasetHash.ts';
export { readFileBounded, readMaybeGzip, writeFileAtomic } from './files.ts';
