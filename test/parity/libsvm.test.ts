// The support vector machine against LIBSVM itself, compiled to WebAssembly (libsvm-js), on real digits.
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { indicesByClass } from '../../src/classic/parts/pictureRows.ts';
import { supportVectors } from '../../src/classic/systems/supportVectors/supportVectors.ts';
import { subset } from '../../src/samples/floor.ts';
import { someDigits, testHost } from '../classic/conformance.ts';

/** What is used of libsvm-js, which has no types. */
interface LibSvm {
  readonly SVM_TYPES: { readonly C_SVC: number };
  readonly KERNEL_TYPES: { readonly RBF: number };
  new (options: Record<string, unknown>): LibSvmMachine;
}
interface LibSvmMachine {
  train(samples: readonly number[][], labels: readonly number[]): void;
  predict(samples: readonly number[][]): number[];
  /** LIBSVM's model file. */
  serializeModel(): string;
  free(): void;
}

const cost = 5;

/** Pictures as LIBSVM takes them: shares of full ink. */
function rowsOf(images: Uint8Array): number[][] {
  return Array.from({ length: images.length / 784 }, (_, row) =>
    Array.from(images.subarray(row * 784, (row + 1) * 784), (byte) => byte / 255),
  );
}

async function libSvm(gamma: number): Promise<LibSvmMachine> {
  const load = createRequire(import.meta.url)('libsvm-js/asm.js') as LibSvm;
  return new load({
    type: load.SVM_TYPES.C_SVC,
    kernel: load.KERNEL_TYPES.RBF,
    gamma,
    cost,
    epsilon: 0.001,
    quiet: true,
  });
}

describe('support vectors and LIBSVM', () => {
  it('answer alike after learning from the same digits, and lean on the same', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(400, 200);
    // LIBSVM numbers classes as they first occur: the other order would turn every margin round.
    const ordered = subset(train, indicesByClass(train).flat());
    const classifier = await supportVectors(testHost, { cost, width: 2 }).fit(ordered, { seed: 1 });
    const saved = classifier.save();
    const { gamma } = saved.settings as { gamma: number };
    const tensor = (name: string): Float32Array =>
      saved.tensors.find((candidate) => candidate.name === name)!.data as Float32Array;

    const machine = await libSvm(gamma);
    const indices = [...ordered.indices];
    const images = new Uint8Array(indices.flatMap((at) => [...train.images.subarray(at * 784, (at + 1) * 784)]));
    machine.train(
      rowsOf(images),
      indices.map((at) => train.targets[at]!),
    );
    const theirs = machine.predict(rowsOf(test.images));
    const lines = machine.serializeModel().split('\n');
    machine.free();
    const numbersAfter = (key: string): number[] =>
      lines
        .find((line) => line.startsWith(`${key} `))!
        .split(' ')
        .slice(1)
        .map(Number);

    expect(numbersAfter('label')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const offsets = tensor('offsets');
    numbersAfter('rho').forEach((rho, pair) => {
      expect(offsets[pair]).toBeCloseTo(rho, 2);
    });
    const [vectors] = numbersAfter('total_sv');
    const ours = saved.tensors.find(({ name }) => name === 'vectors')!.shape[0]!;
    expect(Math.abs(ours - vectors!)).toBeLessThan(0.02 * vectors!);

    const { scores } = await classifier.predict(test.images);
    const answers = theirs.map((_, row) => {
      const own = scores.subarray(row * 10, (row + 1) * 10);
      return own.indexOf(Math.max(...own));
    });
    const different = answers.filter((answer, row) => answer !== theirs[row]).length;
    // Where classes win equally many pairs LIBSVM takes the first, we the one with the widest margins: 1 in 100 at
    // most.
    expect(different).toBeLessThanOrEqual(2);
    await classifier.dispose?.();
  });
});
