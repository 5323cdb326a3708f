// A data set as single pictures, for consumers of one picture at a time: galleries, recognisers, preprocessing.
import type { Picture } from '../../picture/floor.ts';
import type { Dataset, LabelledPictures } from './dataset.ts';
import { originsAt } from './datasetView.ts';

/** One picture of a data set; its pixels are a view, not a copy. */
export function pictureAt(dataset: Dataset, index: number): Picture {
  const { width, height, images } = dataset;
  const pixels = width * height;
  return { width, height, pixels: images.subarray(index * pixels, (index + 1) * pixels) };
}

/** A data set's pictures one by one, as input of `frameDataset` and recognisers; the pixels are views, not copies. */
export function picturesOf(dataset: Dataset): LabelledPictures {
  const { writers, writerSet, inks } = dataset;
  return {
    ...(writers && { writers }),
    ...(writerSet !== undefined && { writerSet }),
    ...(inks && { inks }),
    name: dataset.name,
    labels: dataset.labels,
    targets: dataset.targets,
    pictures: Array.from({ length: dataset.count }, (_, index) => pictureAt(dataset, index)),
    sources: Array.from({ length: dataset.count }, (_, index) => `${dataset.name}#${index}`),
  };
}

/** Some of the pictures, in the order of `positions`; their classes keep their numbers. */
export function choosePictures(pictures: LabelledPictures, positions: readonly number[]): LabelledPictures {
  return {
    ...originsAt(pictures, positions),
    name: pictures.name,
    labels: pictures.labels,
    pictures: positions.map((position) => pictures.pictures[position]!),
    targets: Uint16Array.from(positions, (position) => pictures.targets[position]!),
    sources: positions.map((position) => pictures.sources[position]!),
  };
}
