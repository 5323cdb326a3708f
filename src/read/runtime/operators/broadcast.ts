// Elementwise operators on two tensors that broadcast, as NumPy and ONNX agree: what Add, Sub, Mul and Div share.
import { broadcastShapes, sizeOf, stridesOf } from '../../../core/floor.ts';
import type { Operator } from '../operator.ts';

/**
 * Distance between neighbours along each axis of `shape` in a tensor of shape `own` that broadcasts to it: 0 where it
 * repeats.
 */
export function broadcastStrides(own: readonly number[], shape: readonly number[]): number[] {
  const strides = stridesOf(own);
  return shape.map((_, axis) => {
    const ownAxis = axis - shape.length + own.length;
    return ownAxis < 0 || own[ownAxis] === 1 ? 0 : strides[ownAxis]!;
  });
}

/**
 * `run(left, right, output, leftStart, rightStart, outputStart, length, leftStride, rightStride)` computes one line.
 */
export type LineKernel = (
  left: Float32Array,
  right: Float32Array,
  output: Float32Array,
  leftStart: number,
  rightStart: number,
  outputStart: number,
  length: number,
  leftStride: number,
  rightStride: number,
) => void;

/** An operator that computes lines of the output; a line is as long as both operands stay regular. */
export function broadcastOperator(line: LineKernel): Operator {
  return {
    attributes: [],
    prepare: (node) => ({
      plan(inputs) {
        const left = node.floatShape(inputs, 0);
        const right = node.floatShape(inputs, 1);
        const shape = broadcastShapes(left, right, node.what);
        const lines = regularLines(shape, broadcastStrides(left, shape), broadcastStrides(right, shape));
        return {
          outputs: [{ shape, type: 'float32' }],
          work: sizeOf(shape),
          bind() {
            const place = new Int32Array(lines.outer.length);
            return (values, results) => {
              const { length, leftStride, rightStride, outer, leftOuter, rightOuter } = lines;
              place.fill(0);
              let l = 0;
              let r = 0;
              const a = values[0] as Float32Array;
              const b = values[1] as Float32Array;
              const output = results[0] as Float32Array;
              for (let at = 0; at < output.length; at += length) {
                line(a, b, output, l, r, at, length, leftStride, rightStride);
                for (let axis = outer.length - 1; axis >= 0; axis--) {
                  l += leftOuter[axis]!;
                  r += rightOuter[axis]!;
                  place[axis] = place[axis]! + 1;
                  if (place[axis]! < outer[axis]!) break;
                  l -= leftOuter[axis]! * outer[axis]!;
                  r -= rightOuter[axis]! * outer[axis]!;
                  place[axis] = 0;
                }
              }
            };
          },
        };
      },
    }),
  };
}

interface Lines {
  readonly length: number;
  readonly leftStride: number;
  readonly rightStride: number;
  readonly outer: readonly number[];
  readonly leftOuter: readonly number[];
  readonly rightOuter: readonly number[];
}

/** Merges trailing axes into one line for as long as both operands step through them evenly. */
function regularLines(shape: readonly number[], left: readonly number[], right: readonly number[]): Lines {
  const axes = shape.map((extent, axis) => ({ extent, left: left[axis]!, right: right[axis]! }));
  const kept = axes.filter(({ extent }) => extent !== 1);
  let line = kept.pop() ?? { extent: 1, left: 0, right: 0 };
  while (kept.length > 0) {
    const next = kept[kept.length - 1]!;
    if (next.left !== line.left * line.extent || next.right !== line.right * line.extent) break;
    line = { extent: line.extent * next.extent, left: line.left, right: line.right };
    kept.pop();
  }
  return {
    length: Math.max(1, line.extent),
    leftStride: line.left,
    rightStride: line.right,
    outer: kept.map(({ extent }) => extent),
    leftOuter: kept.map((axis) => axis.left),
    rightOuter: kept.map((axis) => axis.right),
  };
}
