// A node in ONNX Runtime's profile, and its arithmetic.
import { sizeOf } from '../../../core/floor.ts';

/** An event of the profile, as ONNX Runtime writes it; times in microseconds, shapes by element type. */
export interface ProfiledNode {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

/** Floating-point operations of a convolution or matrix product, two for every multiply-add; 0 for every other node. */
export function nodeFlops({ args }: ProfiledNode): number {
  const shapes = (list: ProfiledNode['args']['input_type_shape']): (readonly number[])[] =>
    (list ?? []).map((entry) => Object.values(entry)[0] ?? []);
  const [first = [], second = []] = shapes(args.input_type_shape);
  const [output = []] = shapes(args.output_type_shape);
  switch (args.op_name) {
    case 'Conv':
    case 'FusedConv':
      return 2 * sizeOf(output) * (sizeOf(second) / second[0]!);
    case 'ConvTranspose':
      return 2 * sizeOf(first) * (sizeOf(second) / second[0]!);
    case 'Gemm':
    case 'FusedGemm':
      return 2 * sizeOf(output) * (sizeOf(first) / output[0]!);
    case 'MatMul':
    case 'FusedMatMul':
      return 2 * sizeOf(output) * first.at(-1)!;
    default:
      return 0;
  }
}
