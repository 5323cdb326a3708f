// An inspection of labelled data before training: opened at any size, counted, drawn as a contact sheet.
import { UsageError } from '../../../core/floor.ts';
import { namedFramings, type Picture } from '../../../picture/floor.ts';
import {
  captureNamed,
  captureSheet,
  classCounts,
  type Dataset,
  datasetSheet,
  distortionNamed,
  distortionSheet,
  pictureAt,
  sheetSamples,
} from '../../../samples/floor.ts';
import { openDataset } from '../data/data.ts';
import type { DataProgress } from '../data/dataSource.ts';
import { findData } from '../data/sources/sources.ts';
import { writeFileAtomic } from '../files/files.ts';
import { encodePng } from '../picture/image.ts';

/** Options of an inspection. */
export interface InspectDataOptions {
  /** `'raw'`: frame stored pictures too, as a recogniser would; default: stored pictures unchanged. */
  readonly framing?: 'framed' | 'raw';
  /** How raw pictures are framed; default `'mnist'`, for `.gnt` files `'hanzi'`. */
  readonly frame?: 'mnist' | 'hanzi';
  /** Path of a PNG file for the contact sheet, one row per class. */
  readonly out?: string;
  /** Samples of each class on the sheet, or variants of one. */
  readonly perClass: number;
  /** Seed of their choice, and of distortions. */
  readonly seed: number;
  /** Name of a distortion: the sheet has one sample of each class, and variants. */
  readonly distort?: string;
  /** Name of a capture: the same, and each variant framed below it. */
  readonly capture?: string;
  readonly onProgress?: DataProgress;
}

/** The result of an inspection. */
export interface DataInspection {
  readonly dataset: Dataset;
  readonly classes: readonly { readonly label: string; readonly count: number }[];
  /** Number of known writers; 0: none is known. */
  readonly writers: number;
  /** Sources of raw pictures without ink; they are not in the data set. */
  readonly empty: readonly string[];
  /** The distortion or capture of the sheet. */
  readonly variants:
    | { readonly kind: 'distortion' | 'capture'; readonly name: string; readonly description: string }
    | undefined;
}

/**
 * Opens data, counts its classes, and writes a contact sheet where `out` says so.
 *
 * @param where as `openDataset` takes it.
 * @throws {UsageError} for an unknown distortion or capture, both of them, or one without `out`.
 * @throws as `openDataset` does.
 */
export async function inspectData(where: string, options: InspectDataOptions): Promise<DataInspection> {
  const { out, perClass, seed } = options;
  for (const option of ['distort', 'capture'] as const) {
    if (options[option] !== undefined && out === undefined) {
      throw new UsageError(`--${option}: expected --out with the file to draw to, received none`);
    }
  }
  if (options.distort !== undefined && options.capture !== undefined) {
    throw new UsageError('--capture: expected it without --distort, received both');
  }
  const capture = options.capture === undefined ? undefined : captureNamed(options.capture);
  const distortion = options.distort === undefined ? undefined : distortionNamed(options.distort);
  const { dataset, empty } = await open(where, options);
  const counts = classCounts(dataset);
  if (out !== undefined) {
    const sheet =
      capture !== undefined
        ? captureSheet(dataset, capture.config, { variants: perClass, seed })
        : distortion !== undefined
          ? distortionSheet(dataset, distortion.config, { variants: perClass, seed })
          : datasetSheet(dataset, { perClass, seed });
    await writeFileAtomic(out, await encodePng(sheet));
  }
  return {
    dataset,
    classes: dataset.labels.map((label, target) => ({ label, count: counts[target]! })),
    writers: new Set(dataset.writers?.filter((writer) => writer !== 0)).size,
    empty,
    variants: variantsOf('distortion', distortion) ?? variantsOf('capture', capture),
  };
}

/** The first sample of each class that has any, as on the contact sheet with the same seed. */
export function firstSamples(dataset: Dataset, seed: number): { label: string; picture: Picture }[] {
  return sheetSamples(dataset, { perClass: 1, seed }).flatMap((chosen, target) =>
    chosen.map((sample) => ({ label: dataset.labels[target]!, picture: pictureAt(dataset, sample) })),
  );
}

function variantsOf(
  kind: 'distortion' | 'capture',
  preset: { readonly name: string; readonly description: string } | undefined,
): DataInspection['variants'] {
  return preset && { kind, name: preset.name, description: preset.description };
}

async function open(
  where: string,
  { framing, frame, onProgress }: InspectDataOptions,
): Promise<{ dataset: Dataset; empty: string[] }> {
  const empty: string[] = [];
  const data = await findData(where);
  if (data.form === 'array' && framing !== 'raw') return { dataset: await data.stored(), empty };
  const dataset = await openDataset(where, {
    framing: 'raw',
    frame: frame === undefined ? (data.shown ?? namedFramings.mnist) : namedFramings[frame],
    onEmpty: (sources) => empty.push(...sources),
    ...(onProgress && { onProgress }),
  });
  return { dataset, empty };
}
