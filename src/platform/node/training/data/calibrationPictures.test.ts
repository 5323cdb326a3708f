import { beforeAll, describe, expect, it } from 'vitest';
import { calibration, judge, metrics } from '../../../../learn/floor.ts';
import { type LabelledPictures, pictureAt, picturesOf } from '../../../../samples/floor.ts';
import { openDataset } from '../../data/data.ts';
import { type LoadedModel, loadModel } from '../../model/modelFile.ts';
import { openRecognizer } from '../../model/recognizer.ts';
import { checkHeldBack, openCalibrationPictures } from './calibrationPictures.ts';

let model: LoadedModel;
let measured: LabelledPictures;

beforeAll(async () => {
  model = await loadModel('slim');
  const test = picturesOf(await openDataset('mnist:test'));
  measured = { ...test, pictures: test.pictures.slice(0, 200), targets: test.targets.slice(0, 200) };
});

const open = (source: string, more: object = {}) =>
  openCalibrationPictures({ source, model, measured, framing: 'framed', ...more });

describe('the held back part', () => {
  it('is the one that training had: the shipped model reads it as well as its card says, and no better', {
    tags: ['slow'],
  }, async () => {
    const pictures = await open('validation');
    expect(pictures.pictures).toHaveLength(5000);
    const recognizer = await openRecognizer(model);
    const { predictions } = await judge(recognizer, pictures, { framing: 'framed' });
    recognizer.dispose();
    const { correct } = metrics(predictions);
    expect(correct / 5000).toBeCloseTo(model.card!.validation!.accuracy, 3);
    expect(calibration(predictions).bins.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
    checkHeldBack(model, correct);
    // Nine tenths of another seed's part were trained on, and nearly all of them are read right.
    expect(() => checkHeldBack(model, 4995)).toThrow(/--split-seed/);
  });
  it('follows the seed of the split', { tags: ['slow'] }, async () => {
    const [own, named, other] = await Promise.all([
      open('validation'),
      open('validation', { splitSeed: 1 }),
      open('validation', { splitSeed: 2 }),
    ]);
    expect(named.targets).toEqual(own.targets);
    expect(other.targets).not.toEqual(own.targets);
  });
});

describe('pictures that nothing may be chosen on', () => {
  it('are those of training, by name or by content', async () => {
    await expect(open('mnist:train')).rejects.toThrow(/not trained on.*"validation"/);
  });
  it('are those of any member', async () => {
    const committee = { ...model, card: undefined };
    await expect(open('mnist:train', { model: committee, sources: [committee, model] })).rejects.toThrow(
      /not trained on/,
    );
  });
  it('are those that are measured', { tags: ['slow'] }, async () => {
    await expect(open('mnist:test')).rejects.toThrow(/received 200 of the 200 again/);
    const train = await openDataset('mnist:train');
    const some = { ...measured, pictures: Array.from({ length: 100 }, (_, index) => pictureAt(train, index)) };
    // About 8 of 100 pictures of the training set are among the 5,000 held back.
    await expect(open('validation', { measured: some })).rejects.toThrow(/expected other pictures/);
  });
  it('are unknown where the model does not tell', async () => {
    await expect(open('validation', { model: { ...model, card: undefined } })).rejects.toThrow(/whose card names none/);
    const training = { ...model.card!.training!, data: [{ name: 'mnist:train', count: 55_000, sha256: 'other' }] };
    const foreign = { ...model, card: { ...model.card!, training } };
    await expect(open('validation', { model: foreign })).rejects.toThrow(/SHA-256 other/);
  });
});
