// What asking and learning from the answers are worth on hands that a model was not made for: digits that its training
// held back, as they are and captured in several ways (`learn/capture`), and other data by name. The settings of
// `learn/review/belief.ts` were chosen by it. No test set is read. Run: npx tsx scripts/quality/reviewQuality.ts
// [--count 1200] [--seed 1] [--preset oldBook]... [--data usps:train]... [--model digits] [--json]
import { parseArgs } from 'node:util';
import { reviewReadings, simulateReview } from '../../src/learn/floor.ts';
import { loadModel, openCalibrationPictures, openPictures, openRecognizer } from '../../src/platform/node/floor.ts';
import {
  type CaptureConfig,
  captureDataset,
  captureNamed,
  capturePresets,
  type LabelledPictures,
  picturesOf,
} from '../../src/samples/floor.ts';

/** Shares asked about that are printed. */
const shares = [0, 0.01, 0.02, 0.05, 0.1, 0.2];

/** Hands that always write the same way, unlike the presets, of which every capture is another. */
const hands: Readonly<Record<string, CaptureConfig>> = {
  blunt: {
    size: [24, 24],
    margin: [0.3, 0.3],
    pen: { width: [0.25, 0.25], contrast: [0.9, 0.9] },
    camera: { blur: [1, 1] },
  },
  failing: {
    size: [40, 40],
    margin: [0.3, 0.3],
    pen: { width: [0.06, 0.06], contrast: [0.6, 0.6], fading: [0.6, 0.6], grain: [0.4, 0.4] },
  },
};

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1200' },
    seed: { type: 'string', default: '1' },
    preset: { type: 'string', multiple: true },
    data: { type: 'string', multiple: true, default: [] },
    model: { type: 'string', default: 'digits' },
    json: { type: 'boolean', default: false },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const model = await loadModel(values.model);
const recognizer = await openRecognizer(model);
const measured: LabelledPictures = { name: '', labels: [], pictures: [], targets: new Uint16Array(), sources: [] };
const heldBack = await openCalibrationPictures({ source: 'validation', model, measured, framing: 'framed' });
const images = new Uint8Array(count * 784);
for (let sample = 0; sample < count; sample++) images.set(heldBack.pictures[sample]!.pixels, sample * 784);
const digits = {
  ...{ name: heldBack.name, labels: heldBack.labels, width: 28, height: 28 },
  ...{ count, images, targets: heldBack.targets.slice(0, count) },
};

/** Prints what is left of the errors of one set of pictures. */
async function measure(name: string, pictures: LabelledPictures, framing: 'framed' | 'raw'): Promise<void> {
  const readings = await reviewReadings(recognizer, pictures, { framing });
  const truth = Array.from(pictures.targets, (target) => pictures.labels[target]!);
  for (const adapt of [false, true]) {
    const options = { labels: recognizer.labels, targetError: 0.001, upTo: 0.2, seed, adapt };
    const { points, end } = simulateReview(readings, truth, options);
    const shown = shares.map((share) => points.findLast((point) => point.share <= share + 1e-4)!);
    if (values.json) {
      console.log(JSON.stringify({ name, count: truth.length, seed, adapt, end, points: shown }));
      continue;
    }
    const cells = shown.map(({ errors, expectedError }) => `${errors} (${(expectedError * truth.length).toFixed(1)})`);
    const ends = end === null ? 'not yet' : `${(100 * end.share).toFixed(1)} %, ${(100 * end.error).toFixed(2)} % left`;
    const head = adapt ? '' : `${name}, ${truth.length}`;
    console.log(
      [head.padEnd(26), adapt ? 'adapted' : '       ', ...cells.map((cell) => cell.padStart(12)), ` ${ends}`].join(' '),
    );
  }
}

if (!values.json) {
  console.log(
    `Errors left (expected) after asking about ${shares.map((share) => `${100 * share} %`).join(', ')}; where 0.1 % is expected`,
  );
}
await measure('held back', picturesOf(digits), 'framed');
const presets = values.preset === undefined ? capturePresets : values.preset.map(captureNamed);
const configs = [...Object.entries(hands), ...presets.map(({ name, config }) => [name, config] as const)];
for (const [name, config] of configs) {
  await measure(name, picturesOf(captureDataset(digits, { captures: [config], variants: 1, seed })), 'framed');
}
for (const where of values.data) await measure(where, await openPictures(where), 'raw');
recognizer.dispose();
