import { describe, expect, it } from 'vitest';
import { someDigits, testConformance } from '../../../../test/classic/conformance.ts';
import { randomStream } from '../../../core/floor.ts';
import { multiscale } from './multiscale.ts';
import { multiscaleCurves, workToReach } from './multiscaleCurves.ts';
import { coarsened, seedHeight, seedInput, seedWidth } from './seedInput.ts';
import { activationsOf, BackPropagation, boosted, isSure, randomNetwork, runNetwork } from './sigmoidNetwork.ts';

testConformance({ kind: () => multiscale(), accuracy: 0.8, otherSizeAccuracy: 0.9 });

describe('seed input', () => {
  it('holds the whole character, as large as it can be, with its proportions', () => {
    const pixels = new Uint8Array(40 * 30);
    for (let y = 10; y < 24; y++) for (let x = 30; x < 35; x++) pixels[y * 40 + x] = 255; // 5 x 14
    const input = new Float32Array(seedWidth * seedHeight);
    seedInput({ width: 40, height: 30, pixels }, input);
    expect(input.reduce((sum, value) => sum + value, 0)).toBeCloseTo(10 * 28, 5);
    expect([input[4], input[5], input[14], input[15]]).toEqual([0, 1, 1, 0]);
  });

  it('is empty without ink', () => {
    const input = new Float32Array(seedWidth * seedHeight).fill(7);
    seedInput({ width: 3, height: 3, pixels: new Uint8Array(9) }, input);
    expect(input.every((value) => value === 0)).toBe(true);
  });

  it('is averaged in blocks, picture by picture', () => {
    const rows = Float32Array.from([1, 1, 0, 4, 1, 1, 0, 0, 8, 0, 0, 0, 0, 0, 0, 4]); // two pictures of 4 x 2
    expect([...coarsened(rows, 4)]).toEqual([1, 1, 2, 1]);
  });
});

describe('sigmoid network', () => {
  const random = randomStream(4, 'test');
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.uniform());
  const network = randomNetwork(6, 3, 4, random);
  const rows = draw(12);
  const parts = ['inputWeights', 'hiddenBias', 'outputWeights', 'outputBias'] as const;
  const copy = () => ({ ...network, ...Object.fromEntries(parts.map((part) => [part, network[part].slice()])) });

  /** The definition, in plain loops over a list of weights that may be changed. */
  function errorOf(own: typeof network, target: number): number {
    const h = Array.from({ length: 3 }, (_, j) => {
      let sum = own.hiddenBias[j]!;
      for (let i = 0; i < 6; i++) sum += rows[6 + i]! * own.inputWeights[i * 3 + j]!;
      return 1 / (1 + Math.exp(-sum));
    });
    return [0, 1, 2, 3].reduce((error, k) => {
      const sum = h.reduce((all, value, j) => all + value * own.outputWeights[k * 3 + j]!, own.outputBias[k]!);
      return error + (1 / (1 + Math.exp(-sum)) - (k === target ? 1 : 0)) ** 2 / 2;
    }, 0);
  }

  it('goes down the gradient, by finite differences of its definition', () => {
    const rate = 1;
    const stepped = copy();
    new BackPropagation(stepped).step(stepped, rows, 1, 2, rate);
    for (const part of parts) {
      for (let at = 0; at < network[part].length; at++) {
        const moved = (by: number): number => {
          const weights = Float64Array.from(network[part]);
          weights[at]! += by;
          return errorOf({ ...network, [part]: weights }, 2);
        };
        const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
        expect((network[part][at]! - stepped[part][at]!) / rate, `${part} ${at}`).toBeCloseTo(slope, 5);
      }
    }
  });

  it('answers as before when it is boosted', () => {
    const [coarse, fine] = [activationsOf(network), activationsOf(network)];
    const finer = draw(2 * 24); // 2 pictures of 4 x 6, the coarse ones 2 x 3
    for (const row of [0, 1]) {
      runNetwork(network, coarsened(finer, 4), row, coarse);
      runNetwork(boosted(network, 2), finer, row, fine);
      for (const [k, output] of coarse.outputs.entries()) expect(fine.outputs[k]).toBeCloseTo(output, 5);
    }
  });

  it('is sure when one output is above 0.9 and the others are below 0.1', () => {
    expect(isSure(Float64Array.of(0.05, 0.95, 0.09), 1)).toBe(true);
    expect(isSure(Float64Array.of(0.05, 0.95, 0.11), 1)).toBe(false);
    expect(isSure(Float64Array.of(0.05, 0.89, 0.01), 1)).toBe(false);
    expect(isSure(Float64Array.of(0.05, 0.95, 0.01), 0)).toBe(false);
  });
});

describe('multiscale training', () => {
  it('comes to the accuracy of direct training with less work', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(500, 300);
    // Fewer units and sweeps than in the comparison: seconds.
    const settings = { hidden: 32, scales: 3, rate: 0.06, sweeps: [30, 10, 5] };
    const { multiscale: curve, direct } = multiscaleCurves(train, test, {
      ...{ seed: 1, now: () => 0, settings },
      directSweeps: 12,
    });
    expect(curve.map(({ width }) => width)).toEqual(expect.arrayContaining([5, 10, 20]));
    const [scaled, plain] = [workToReach(curve, 0.82)!, workToReach(direct, 0.82)!];
    expect(scaled.multiplyAdds).toBeLessThan(0.7 * plain.multiplyAdds);
    expect(curve.at(-1)!.accuracy).toBeGreaterThan(0.8);
  });

  it('rejects what is no character rather than characters', { tags: ['slow'] }, async () => {
    const { train, test } = await someDigits(300, 200);
    const classifier = await multiscale().fit(train, { seed: 1 });
    const share = ({ rejected }: { readonly rejected?: Uint8Array }): number =>
      rejected!.reduce((sum, flag) => sum + flag, 0) / rejected!.length;
    const prediction = await classifier.predict(test.images);
    expect(share(prediction)).toBeLessThan(0.35);
    const random = randomStream(6, 'noise');
    const noise = Uint8Array.from({ length: 50 * 784 }, () => random.integer(256));
    expect(share(await classifier.predict(noise))).toBeGreaterThan(0.8);
    const right = (kept: (row: number) => boolean): number => {
      const rows = [...test.targets.keys()].filter(kept);
      const hits = rows.filter((row) => {
        const scores = prediction.scores.subarray(row * 10, row * 10 + 10);
        return scores.indexOf(Math.max(...scores)) === test.targets[row];
      });
      return hits.length / rows.length;
    };
    expect(right((row) => prediction.rejected![row] === 0)).toBeGreaterThan(right(() => true) + 0.02);
  });
});
