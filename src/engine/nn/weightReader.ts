// Weights of a model file by name, as float32. They may be stored plainly, as float16 before a Cast, or as int8 before
// DequantizeLinear. Evaluates no other operator.
import { FormatError, formatShape, type Shape, sameShape, UnsupportedError } from '../../core/floor.ts';
import { fromFloat16, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../onnx/floor.ts';

/** Reads a weight of a given shape. */
export type WeightReader = (name: string, shape: Shape) => Float32Array;

/**
 * A reader of a model's weights by name.
 *
 * @returns a function that throws FormatError when the weight is missing or its shape differs from the network's, and
 * UnsupportedError when its storage is unknown here.
 */
export function weightReader(model: OnnxModel): WeightReader {
  const initializers = new Map(model.graph.initializers.map((tensor) => [tensor.name, tensor]));
  const producers = new Map(model.graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const dequantizers = new Map(
    model.graph.nodes.filter((node) => node.opType === 'DequantizeLinear').map((node) => [node.inputs[0]!, node]),
  );

  function initializer(name: string | undefined, wanted: string): OnnxTensor {
    const tensor = name === undefined ? undefined : initializers.get(name);
    if (tensor === undefined) throw new FormatError(`weight "${wanted}": expected it among the model's initializers`);
    return tensor;
  }

  return (name, shape) => {
    const node = producers.get(name) ?? dequantizers.get(name);
    const source = initializer(node === undefined ? name : node.inputs[0], name);
    if (!sameShape(source.shape, shape)) {
      throw new FormatError(
        `weight "${name}": the network asks for shape ${formatShape(shape)}, the file holds ${formatShape(source.shape)}`,
      );
    }
    if (node?.opType === 'DequantizeLinear') {
      const scale = initializer(node.inputs[1], name);
      const zero = node.inputs[2] ? initializer(node.inputs[2], name) : undefined;
      return dequantize(name, source, scale, zero, node);
    }
    if (node !== undefined && node.opType !== 'Cast' && node.opType !== 'Identity') {
      throw new UnsupportedError(
        `weight "${name}": expected it stored plain or behind Cast, Identity or DequantizeLinear, received ${node.opType}`,
      );
    }
    return floats(name, source);
  };
}

function floats(name: string, tensor: OnnxTensor): Float32Array {
  if (tensor.type === 'float16' && tensor.data instanceof Uint16Array) return fromFloat16(tensor.data);
  if (tensor.data instanceof Float32Array) return tensor.data;
  if (tensor.data instanceof Float64Array) return Float32Array.from(tensor.data);
  throw new UnsupportedError(`weight "${name}": expected float16, float32 or float64 numbers, received ${tensor.type}`);
}

/**
 * `(x - zero) * scale`, scale and zero being one number or one for each index along the node's axis (ONNX, opset 10
 * on).
 */
function dequantize(
  name: string,
  source: OnnxTensor,
  scale: OnnxTensor,
  zero: OnnxTensor | undefined,
  node: OnnxNode,
): Float32Array {
  if (!(source.data instanceof Int8Array || source.data instanceof Uint8Array)) {
    throw new UnsupportedError(
      `weight "${name}": expected int8 or uint8 behind DequantizeLinear, received ${source.type}`,
    );
  }
  const scales = floats(scale.name, scale);
  const attribute = node.attributes.axis;
  const given = attribute?.kind === 'int' ? attribute.value : 1;
  const axis = given < 0 ? given + source.shape.length : given;
  const perAxis = scales.length !== 1;
  if (perAxis && source.shape[axis] !== scales.length) {
    throw new FormatError(
      `weight "${name}": expected 1 scale or one for each index of axis ${axis} of ${formatShape(source.shape)}, received ${scales.length}`,
    );
  }
  if (zero !== undefined && zero.data.length !== scales.length) {
    throw new FormatError(`weight "${name}": expected ${scales.length} zero points, received ${zero.data.length}`);
  }
  const inner = perAxis ? source.shape.slice(axis + 1).reduce((product, extent) => product * extent, 1) : 1;
  const values = new Float32Array(source.data.length);
  for (let index = 0; index < values.length; index++) {
    const part = perAxis ? Math.floor(index / inner) % scales.length : 0;
    values[index] = (source.data[index]! - Number(zero?.data[part] ?? 0)) * scales[part]!;
  }
  return values;
}
