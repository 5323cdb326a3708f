import { beforeAll, describe, expect, it } from 'vitest';
import { accuracyOf, someDigits, testConformance } from '../../../../test/classic/conformance.ts';
import { FormatError, UsageError } from '../../../core/floor.ts';
import type { OnnxTensor } from '../../../onnx/floor.ts';
import type { SavedClassifier } from '../../savedClassifier.ts';
import { hiddenMarkov } from './hiddenMarkov.ts';

const small = { states: 18, mixtures: 1, globalMixtures: 1, forms: 2 };
testConformance({ kind: () => hiddenMarkov(small), accuracy: 0.84, otherSizeAccuracy: 0.9 });

describe('hidden Markov models of characters', () => {
  it('read better with more states', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(300, 300);
    const accuracies: number[] = [];
    for (const states of [3, 18]) {
      accuracies.push(await accuracyOf(await hiddenMarkov({ ...small, states }).fit(train, { seed: 1 }), test));
    }
    expect(accuracies[1]! - accuracies[0]!).toBeGreaterThan(0.05);
  });

  it('read better with the rules for pairs that they confuse than without', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(1200, 500);
    const kind = hiddenMarkov({ ...small, states: 3, forms: 1 });
    const learnt = await kind.fit(train, { seed: 1 });
    const saved = learnt.save();
    const tensors = saved.tensors.map((tensor): OnnxTensor => {
      const { name, data } = tensor;
      return name === 'rules/margins' ? { ...tensor, data: new Float32Array(data.length) } : tensor;
    });
    const without = await kind.restore({ ...saved, tensors }, 'without rules');
    const [ruled, plain] = [await accuracyOf(learnt, test), await accuracyOf(without, test)];
    expect(ruled - plain).toBeGreaterThan(0.01);
  });

  it('learn from one sample a class', async () => {
    const { train, test } = await someDigits(10, 10);
    const classifier = await hiddenMarkov().fit(train, { seed: 1 });
    expect(await accuracyOf(classifier, train)).toBe(1);
    expect((await classifier.predict(test.images)).scores.every(Number.isFinite)).toBe(true);
  });

  it('refuse settings that make no model', () => {
    for (const wrong of [
      { states: 0 },
      { states: 2.5 },
      { mixtures: 17 },
      { forms: Number.NaN },
      { globalMixtures: 0 },
    ]) {
      expect(() => hiddenMarkov({ ...small, ...wrong })).toThrow(UsageError);
    }
  });
});

describe('a damaged file of hidden Markov models', () => {
  const kind = hiddenMarkov(small);
  let saved: SavedClassifier;
  beforeAll(async () => {
    const { train } = await someDigits(20, 10);
    saved = (await kind.fit(train, { seed: 1 })).save();
  });

  it.each([
    ['forms/classes', (data: number[]) => data.map(() => 0), /expected a form of class 1, found none/],
    ['forms/classes', (data: number[]) => data.map((value) => value + 1), /tensor "forms\/classes": expected 0 to 9/],
    ['forms/shares', (data: number[]) => data.map(() => 0), /expected 0.000001 to 1, found 0/],
    [
      'local/transitions',
      (data: number[]) => data.map(() => 0),
      /local\/transitions": expected at least 0.000001, found 0/,
    ],
    ['local/transitions', (data: number[]) => data.map(() => 0.25), /local\/transitions": expected 0, found 0.25/],
    ['global/variances', (data: number[]) => data.map((value) => -value), /expected 0.001 to/],
    ['local/weights', (data: number[]) => data.map(() => 2), /expected 0.000001 to 1, found 2/],
    ['features/deviation', (data: number[]) => data.map(() => 0), /features\/deviation": expected/],
    ['rules/margins', (data: number[]) => [...data, 1], /rules\/margins": expected float32 \[0\], found float32 \[1\]/],
  ])('is refused: %s', async (name, change, message) => {
    const tensors = saved.tensors.map((tensor): OnnxTensor => {
      if (tensor.name !== name) return tensor;
      const changed = change(Array.from(tensor.data as Float32Array));
      const shape = tensor.shape.length === 1 ? [changed.length] : tensor.shape;
      return {
        ...tensor,
        shape,
        data: tensor.type === 'int32' ? Int32Array.from(changed) : Float32Array.from(changed),
      };
    });
    await expect(kind.restore({ ...saved, tensors }, 'some.file')).rejects.toThrow(message);
    await expect(kind.restore({ ...saved, tensors }, 'some.file')).rejects.toThrow(FormatError);
  });
});
