// Readings of real digits for the tests of reviews: by a weak recogniser that is taught here, whose errors are many and
// honest, and by one that ships of digits captured as a foreign hand, whose errors are of few kinds and too sure of
// themselves.
import { refitTemperature, temper } from '../src/learn/evaluate/calibration/temper.ts';
import { type ReviewItem, reviewReadings } from '../src/learn/floor.ts';
import { addProduct, softmaxInPlace, softmaxRegression } from '../src/learn/review/softmaxRegression.ts';
import { loadModel, openCalibrationPictures, openDataset, openRecognizer } from '../src/platform/node/floor.ts';
import {
  type CaptureConfig,
  captureDataset,
  type Dataset,
  limitSamples,
  materialize,
  picturesOf,
} from '../src/samples/floor.ts';

/** Readings with the truth. */
export interface KnownReadings {
  readonly labels: readonly string[];
  readonly items: readonly ReviewItem[];
  readonly truth: readonly string[];
}

/** Side of the square of pixels that the weak recogniser sees. */
const cell = 4;
const side = 28 / cell;

/**
 * Digits of MNIST's training set as logistic regression on 7 x 7 grey levels reads them, its temperature fitted on
 * others.
 */
export async function weakReadings(count: number, seed = 1): Promise<KnownReadings> {
  const taught = 600;
  const chosen = limitSamples(await openDataset('mnist:train'), 2 * taught + count, seed);
  const { images, targets, labels } = materialize(chosen);
  const width = side * side + 1;
  const inputs = new Float64Array(targets.length * width);
  targets.forEach((_, sample) => {
    for (let at = 0; at < 784; at++) {
      const [row, column] = [Math.floor(Math.floor(at / 28) / cell), Math.floor((at % 28) / cell)];
      inputs[sample * width + row * side + column]! += images[sample * 784 + at]! / 255 / cell;
    }
    inputs[(sample + 1) * width - 1] = 1;
  });
  // Mixed, whatever order the samples come in, so that each of the three parts has all classes.
  const order = Array.from(targets.keys()).sort((a, b) => (a % 7) - (b % 7) || a - b);
  const [teaching, fitting, reading] = [
    order.slice(0, taught),
    order.slice(taught, 2 * taught),
    order.slice(2 * taught),
  ];
  const rowsOf = (samples: readonly number[]): Float64Array => {
    const rows = new Float64Array(samples.length * width);
    samples.forEach((sample, at) => {
      rows.set(inputs.subarray(sample * width, (sample + 1) * width), at * width);
    });
    return rows;
  };
  const weights = softmaxRegression(
    {
      inputs: rowsOf(teaching),
      offsets: new Float64Array(taught * 10),
      targets: teaching.map((sample) => targets[sample]!),
      classes: 10,
    },
    0.5,
  );
  const predictionsOf = (samples: readonly number[]) => {
    const probabilities = new Float64Array(samples.length * 10);
    samples.forEach((sample, at) => {
      const row = probabilities.subarray(at * 10, (at + 1) * 10);
      addProduct(row, inputs, sample * width, weights, 10);
      softmaxInPlace(row);
    });
    return { labels, probabilities, targets: samples.map((sample) => targets[sample]!) };
  };
  const { temperature } = refitTemperature(predictionsOf(fitting));
  const probabilities = Float64Array.from(temper(predictionsOf(reading), temperature).probabilities);
  return {
    labels,
    items: reading.map((sample, at) => ({
      id: `digit ${sample}`,
      probabilities: probabilities.slice(at * 10, (at + 1) * 10),
    })),
    truth: reading.map((sample) => labels[targets[sample]!]!),
  };
}

/** Digits that the shipped network was not trained on, as it reads them when they are captured. */
export async function capturedReadings(count: number, config: CaptureConfig): Promise<KnownReadings> {
  const model = await loadModel('slim');
  const measured = { name: '', labels: [], pictures: [], targets: new Uint16Array(), sources: [] };
  const { pictures, ...held } = await openCalibrationPictures({
    source: 'validation',
    model,
    measured,
    framing: 'framed',
  });
  const images = new Uint8Array(count * 784);
  for (let sample = 0; sample < count; sample++) images.set(pictures[sample]!.pixels, sample * 784);
  const targets = held.targets.slice(0, count);
  const digits: Dataset = { name: held.name, labels: held.labels, width: 28, height: 28, count, images, targets };
  const captured = captureDataset(digits, { captures: [config], variants: 1, seed: 1 });
  const recognizer = await openRecognizer(model);
  const items = await reviewReadings(recognizer, picturesOf(captured), { framing: 'framed' });
  recognizer.dispose();
  return {
    labels: recognizer.labels,
    items,
    truth: Array.from(captured.targets, (target) => captured.labels[target]!),
  };
}

/** A blunt pen and a picture out of focus: holes close, and much looks like a one. */
export const bluntHand: CaptureConfig = {
  size: [24, 24],
  margin: [0.3, 0.3],
  pen: { width: [0.25, 0.25], contrast: [0.9, 0.9] },
  camera: { blur: [1, 1] },
};
