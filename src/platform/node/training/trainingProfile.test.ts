// The profile on the real engine: it must account for every kind of work and count arithmetic rightly. No times are
// asserted.
import { describe, expect, it } from 'vitest';
import { networkNamed, placeLayers } from '../../../engine/floor.ts';
import { nodeFlops } from './profiledNode.ts';
import { profileTraining } from './trainingProfile.ts';

describe('profileTraining', () => {
  it('accounts for forward pass and gradients of a shard, by our operators', { tags: ['slow'] }, async () => {
    const network = networkNamed('compact');
    const profile = await profileTraining(network, { batch: 8, threads: 1, steps: 3 });
    const names = profile.operators.map(({ operator }) => operator);
    expect(names).toEqual(
      expect.arrayContaining([
        'conv2d',
        'conv2dInputGradient',
        'conv2dWeightGradient',
        'batchNormGradient',
        'maxPool2dGradient',
      ]),
    );
    expect(profile.operators.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(profile).toMatchObject({ shards: 2, workers: 1, threadsEach: 1 });
    expect(profile.roofline).toBeGreaterThan(0);
    expect(profile.stepMilliseconds).toBeGreaterThan(0);
    // Channels of the compact network fill whole blocks, so no padding is computed: two operations for every
    // multiply-add of the layer table, for each of the 4 pictures of a shard.
    const forward = profile.operators.find(({ operator }) => operator === 'conv2d')!;
    const multiplyAdds = placeLayers(network)
      .filter(({ config }) => config.type === 'conv2d')
      .reduce((sum, layer) => sum + layer.multiplyAdds, 0);
    expect((forward.gigaflops! * forward.milliseconds * 1e6) / (2 * 4 * multiplyAdds)).toBeCloseTo(1, 6);
  });
});

describe('nodeFlops', () => {
  const node = (op_name: string, inputs: number[][], output: number[]): number =>
    nodeFlops({
      cat: 'Node',
      name: 'x',
      dur: 1,
      args: { op_name, input_type_shape: inputs.map((float) => ({ float })), output_type_shape: [{ float: output }] },
    });
  it('counts two operations for every multiply-add', () => {
    expect(
      node(
        'Conv',
        [
          [1, 3, 5, 5],
          [4, 3, 2, 2],
        ],
        [1, 4, 4, 4],
      ),
    ).toBe(2 * 64 * 12);
    expect(
      node(
        'ConvTranspose',
        [
          [1, 4, 4, 4],
          [4, 3, 2, 2],
        ],
        [1, 3, 5, 5],
      ),
    ).toBe(2 * 64 * 12);
    expect(
      node(
        'Gemm',
        [
          [7, 5],
          [3, 5],
        ],
        [7, 3],
      ),
    ).toBe(2 * 7 * 5 * 3);
    expect(
      node(
        'Gemm',
        [
          [5, 7],
          [5, 3],
        ],
        [7, 3],
      ),
    ).toBe(2 * 7 * 5 * 3);
    expect(
      node(
        'MatMul',
        [
          [2, 7, 5],
          [5, 3],
        ],
        [2, 7, 3],
      ),
    ).toBe(2 * 2 * 7 * 5 * 3);
    expect(node('Add', [[9], [9]], [9])).toBe(0);
  });
});
