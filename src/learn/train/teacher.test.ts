import { beforeAll, describe, expect, it } from 'vitest';
import { FormatError } from '../../core/floor.ts';
import type { Engine } from '../../engine/graph/engine.ts';
import { initializeNetwork } from '../../engine/nn/initializers.ts';
import { networkToModel } from '../../engine/nn/modelFile.ts';
import { networkNamed } from '../../engine/nn/networks/networks.ts';
import { committeeCard, type ModelCard, mergeModels, type OnnxModel, writeOnnx } from '../../onnx/floor.ts';
import { mnistFraming } from '../../picture/floor.ts';
import { onnxRuntimeEngine, openDataset } from '../../platform/node/floor.ts';
import { createRecognizer } from '../../read/floor.ts';
import { pictureAt } from '../../samples/data/pictures.ts';
import { Teacher } from './teacher.ts';

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const card: ModelCard = {
  format: 1,
  name: 'untrained',
  description: '',
  labels,
  framing: mnistFraming,
  temperature: 1,
};
const model = (seed: number): OnnxModel =>
  networkToModel(networkNamed('small'), initializeNetwork(networkNamed('small'), seed), card);

let engine: Engine;
beforeAll(async () => {
  engine = await onnxRuntimeEngine();
});

describe('Teacher', () => {
  it('says the mean of what its models say at its temperature, alone or in one file', { tags: ['slow'] }, async () => {
    const digits = await openDataset('mnist:train');
    const models = [model(1), model(2), model(3)];
    const temperature = 3;
    const merged = mergeModels(models, committeeCard(models, { name: 'three', description: '' }));
    const pictures = Array.from({ length: 7 }, (_, index) => pictureAt(digits, index));
    // The recogniser applies the same temperature on its own runtime.
    const opinions = await Promise.all(
      models.map((each) => createRecognizer(each, { temperature }).recognizeFramed(pictures)),
    );
    for (const bytes of [models.map(writeOnnx), [writeOnnx(merged)]]) {
      const teacher = await Teacher.compile(engine, bytes, 10, temperature, 1);
      const target = new Float32Array(70).fill(9);
      await teacher.probabilities(digits.images.subarray(0, 7 * 784), [7, 1, 28, 28], target);
      for (const [index, value] of target.entries()) {
        const [row, c] = [Math.floor(index / 10), index % 10];
        const mean = opinions.reduce((sum, own) => sum + own[row]!.probabilities[c]!, 0) / 3;
        expect(value).toBeCloseTo(mean, 5);
      }
      // One at a time, cyclically: its own answer.
      for (const turn of [0, 1, 2, 3]) {
        await teacher.probabilities(digits.images.subarray(0, 7 * 784), [7, 1, 28, 28], target, turn);
        const own = opinions[turn % 3]!.flatMap(({ probabilities }) => [...probabilities]);
        expect(Math.max(...own.map((value, index) => Math.abs(value - target[index]!)))).toBeLessThan(1e-5);
      }
      await teacher.dispose();
    }
  });

  it('refuses a model of other classes, naming it and what it has', async () => {
    const compile = Teacher.compile(engine, [writeOnnx(model(1)), writeOnnx(model(2))], 47, 1, 1);
    await expect(compile).rejects.toThrow(FormatError);
    await expect(compile).rejects.toThrow(/teacher 1: .*47 classes.*"logits" \[batch, 10\]/);
  });
});
