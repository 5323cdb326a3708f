import { describe, expect, it } from 'vitest';
import { ShapeError, UnsupportedError, UsageError } from '../../core/floor.ts';
import { writeOnnx } from '../../onnx/floor.ts';
import { gradients } from './gradients.ts';
import type { Tensor } from './operator.ts';
import { add } from './operators/add.ts';
import { countMatches } from './operators/countMatches.ts';
import { dequantize } from './operators/dequantize.ts';
import { equalMask } from './operators/equalMask.ts';
import { multiply } from './operators/multiply.ts';
import { reduceSum } from './operators/reduceSum.ts';
import { relu } from './operators/relu.ts';
import { evaluateReference } from './reference.ts';
import { constant, input, scalar } from './tensor.ts';
import { toOnnx } from './toOnnx.ts';
import { topologicalOrder } from './traverse.ts';

const [x, y] = [input('x', [2]), input('y', [2])];
const at = (values: readonly number[]): Map<Tensor, number[]> => new Map([[x, [...values]]]);

describe('gradients', () => {
  it('adds what reaches a tensor along several paths', () => {
    const square = multiply(x, x);
    const loss = reduceSum(add(multiply(square, x), square)); // x^3 + x^2
    const [slope] = gradients(loss, [x]);
    expect([...evaluateReference([slope!], at([2, -1]))[0]!]).toEqual([16, 1]);
  });

  it('of the loss by itself is 1, and of an inner tensor stops there', () => {
    const inner = multiply(x, x);
    const loss = reduceSum(multiply(inner, scalar(3)));
    const [byLoss, byInner] = gradients(loss, [loss, inner]);
    const [one, three] = evaluateReference([byLoss!, byInner!], at([1, 2]));
    expect([...one!]).toEqual([1]);
    expect([...three!]).toEqual([3, 3]);
  });

  it('is undefined where the loss does not depend on the target', () => {
    const loss = reduceSum(multiply(x, x));
    const pixels = input('pixels', [2], 'uint8');
    expect(gradients(loss, [y, constant([1], [1]), pixels])).toEqual([undefined, undefined, undefined]);
    // It depends on the bytes here, but no gradient flows into bytes.
    expect(gradients(reduceSum(multiply(x, dequantize(pixels, 1))), [pixels, y])).toEqual([undefined, undefined]);
    expect(gradients(loss, [])).toEqual([]);
  });

  it('asks nothing of an operator without gradient that is not on a path', () => {
    const mask = equalMask(y, constant([1, 2], [2]));
    const [slope] = gradients(reduceSum(multiply(x, mask)), [x]);
    const feeds = new Map<Tensor, number[]>([
      [x, [5, 6]],
      [y, [1, 3]],
    ]);
    expect([...evaluateReference([slope!], feeds)[0]!]).toEqual([1, 0]);
  });

  it('names the operator without gradient that is on a path', () => {
    expect(() => gradients(reduceSum(equalMask(x, y)), [x])).toThrow(UnsupportedError);
    expect(() => gradients(reduceSum(equalMask(x, y)), [x])).toThrow('"equalMask"');
    const rows = input('rows', [3, 2]);
    expect(() => gradients(countMatches(rows, rows), [rows])).toThrow('"countMatches"');
  });

  it('refuses a loss that is not one number, and takes any shape of one', () => {
    expect(() => gradients(multiply(x, x), [x])).toThrow(ShapeError);
    expect(() => gradients(multiply(x, x), [x])).toThrow('[2]');
    expect(gradients(reduceSum(x, [0], true), [x])[0]!.shape).toEqual([2]);
  });

  it('builds, orders, differentiates, evaluates and writes a chain of 5,000 nodes without overflow', () => {
    let last: Tensor = x;
    for (let i = 0; i < 2500; i++) last = add(relu(last), x);
    const loss = reduceSum(last);
    const [slope] = gradients(loss, [x]);
    expect(topologicalOrder([loss])).toHaveLength(5001);
    expect([...evaluateReference([slope!], at([1, 2]))[0]!]).toEqual([2501, 2501]);
    expect(writeOnnx(toOnnx({ loss, slope: slope! }, { name: 'chain' })).length).toBeGreaterThan(100_000);
  });

  it('visits a graph in which paths multiply once a node, not once a path', () => {
    let last: Tensor = x;
    for (let i = 0; i < 60; i++) last = add(last, last); // 2^60 paths
    const loss = reduceSum(last);
    expect(topologicalOrder([loss])).toHaveLength(61);
    expect(evaluateReference([gradients(loss, [x])[0]!], at([1, 1]))[0]![0]).toBe(2 ** 60);
  });
});

describe('evaluateReference', () => {
  it('names the input that is not fed', () => {
    expect(() => evaluateReference([add(x, y)], at([1, 2]))).toThrow(UsageError);
    expect(() => evaluateReference([add(x, y)], at([1, 2]))).toThrow('"y"');
  });

  it('gives inputs and constants back', () => {
    const [a, b] = evaluateReference([x, constant([7], [1])], at([1, 2]));
    expect([[...a!], [...b!]]).toEqual([[1, 2], [7]]);
  });
});
