// A committee in one file, on real test digits: ONNX Runtime, our runtime and the members by themselves agree on it,
// and so do the votes. The members are the shipped network with seeded noise in its weights, as no committee ships yet.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { judge, metrics } from '../../src/learn/floor.ts';
import {
  committeeCard,
  halveWeights,
  mergeModels,
  modelCardOf,
  type OnnxModel,
  splitModel,
  writeOnnx,
} from '../../src/onnx/floor.ts';
import { loadModel, openDataset } from '../../src/platform/node/floor.ts';
import { createRecognizer, loadNetwork, temperedSoftmax } from '../../src/read/floor.ts';
import { type Dataset, picturesOf } from '../../src/samples/floor.ts';
import { perturbedCopy } from './perturbedCopy.ts';

const count = 200;
const size = 5;
let members: OnnxModel[];
let committee: OnnxModel;
let digits: Dataset;
let input: Float32Array;

beforeAll(async () => {
  const { model } = await loadModel('digits');
  members = Array.from({ length: size }, (_, index) => perturbedCopy(model, index + 1, 0.15));
  committee = mergeModels(members, committeeCard(members, { name: 'five', description: 'Votes.', temperature: 0.8 }));
  digits = await openDataset('mnist:test');
  input = Float32Array.from(digits.images.subarray(0, count * 784), (ink) => ink / 255);
});

/** All outputs by ONNX Runtime, on one thread. */
async function byOnnxRuntime(model: OnnxModel): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(writeOnnx(model), { intraOpNumThreads: 1 });
  const results = await session.run({ input: new Tensor('float32', input, [count, 1, 28, 28]) });
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}

function worstDifference(left: Float32Array, right: Float32Array): number {
  expect(left.length).toBe(right.length);
  return left.reduce((worst, value, index) => Math.max(worst, Math.abs(value - right[index]!)), 0);
}

describe('a committee in one file', () => {
  it('gives the logits of its members and the mean of their softmax, in ONNX Runtime', { tags: ['slow'] }, async () => {
    const together = await byOnnxRuntime(committee);
    const mean = new Float64Array(count * 10);
    for (const [index, member] of members.entries()) {
      const alone = await byOnnxRuntime(member);
      // The same operators on the same weights: the same bits.
      expect(together[`member_${index + 1}/logits`]).toEqual(alone.logits);
      alone.probabilities!.forEach((value, at) => {
        mean[at]! += value / size;
      });
    }
    expect(worstDifference(together.probabilities!, Float32Array.from(mean))).toBeLessThan(1e-6);
    // Members that differ, or the test would say little.
    expect(worstDifference(together['member_1/logits']!, together['member_2/logits']!)).toBeGreaterThan(1);
  });

  it('gives the same numbers in our runtime, to 1e-4', { tags: ['slow'] }, async () => {
    const theirs = await byOnnxRuntime(committee);
    const network = loadNetwork(committee);
    const ours = network.run(input, count);
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const [name, expected] of Object.entries(theirs)) {
      const scale = name === 'probabilities' ? 1 : Math.max(...expected.map(Math.abs));
      expect(worstDifference(ours[name]!.data, expected) / scale).toBeLessThan(1e-4);
    }
    network.dispose();
  });

  it('of float32 members with float16 after merging opens too', async () => {
    const halved = await byOnnxRuntime(halveWeights(committee));
    const whole = await byOnnxRuntime(committee);
    expect(worstDifference(halved.probabilities!, whole.probabilities!)).toBeLessThan(0.01);
  });

  it('comes apart into its members, to the bit', { tags: ['slow'] }, async () => {
    for (const [index, member] of splitModel(committee).entries()) {
      expect(await byOnnxRuntime(member)).toEqual(await byOnnxRuntime(members[index]!));
    }
  });

  it('is measured by its votes, and reads better than its members do in the mean', { tags: ['slow'] }, async () => {
    const some = picturesOf(digits);
    const data = { ...some, pictures: some.pictures.slice(0, count), targets: some.targets.slice(0, count) };
    const accuracyOf = async (model: OnnxModel): Promise<number> => {
      const recognizer = createRecognizer(model);
      const { predictions } = await judge(recognizer, data, { framing: 'framed' });
      recognizer.dispose();
      return metrics(predictions).accuracy;
    };
    const alone = await Promise.all(members.map(accuracyOf));
    const together = await accuracyOf(committee);
    expect(together).toBeGreaterThanOrEqual(0.97);
    expect(together).toBeGreaterThanOrEqual(alone.reduce((sum, accuracy) => sum + accuracy, 0) / size);

    // The votes by hand, from ONNX Runtime's logits.
    const logits = await byOnnxRuntime(committee);
    const recognizer = createRecognizer(committee);
    const answers = await recognizer.recognizeFramed(data.pictures);
    const { temperature } = modelCardOf(members[0]!)!;
    for (const [sample, answer] of answers.entries()) {
      const votes = new Array<number>(10).fill(0);
      for (let index = 0; index < size; index++) {
        const own = logits[`member_${index + 1}/logits`]!.subarray(sample * 10, (sample + 1) * 10);
        const opinion = temperedSoftmax(own, temperature);
        const best = opinion.indexOf(Math.max(...opinion));
        votes[best]!++;
        expect(answer.members![index]!.label).toBe(String(best));
        expect(answer.members![index]!.confidence).toBeCloseTo(opinion[best]!, 4);
      }
      expect(answer.votes).toEqual(votes);
      expect(answer.votes![Number(answer.label)]).toBe(Math.max(...votes));
    }
    recognizer.dispose();
  });
});
