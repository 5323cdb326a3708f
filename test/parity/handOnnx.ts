// Builds an ONNX model from a network config by hand, node by node and without `src/engine/nn`: a second opinion for
// tests of exporters, so that a mistake in the builder cannot hide the same mistake in the exporter.
import { type Random, randomStream } from '../../src/core/floor.ts';
import type { Activation, LayerConfig, NetworkConfig, Padding } from '../../src/engine/floor.ts';
import {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  withModelCard,
} from '../../src/onnx/floor.ts';

/** Activations that one ONNX node computes; not all that there are. */
const activationNodes: Readonly<Partial<Record<Activation, string>>> = {
  relu: 'Relu',
  leakyRelu: 'LeakyRelu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
};

/** A model of this network with random weights of a size that keeps activations near 1. */
export function handOnnx(network: NetworkConfig, seed = 1): OnnxModel {
  const random = randomStream(seed, 'hand');
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const counts = new Map<string, number>();
  let value = 'input';
  let shape: number[] = [...network.input];

  const node = (
    opType: string,
    inputs: string[],
    attributes: Record<string, OnnxAttribute> = {},
    output?: string,
  ): void => {
    value = output ?? `value_${nodes.length}`;
    nodes.push({ opType, domain: '', name: '', inputs, outputs: [value], attributes });
  };
  const weight = (name: string, extents: number[], draw: (random: Random) => number): string => {
    const data = Float32Array.from({ length: extents.reduce((a, b) => a * b, 1) }, () => draw(random));
    initializers.push({ name, type: 'float32', shape: extents, data });
    return name;
  };
  const activate = (activation: Activation = 'linear'): void => {
    if (activation === 'linear') return;
    const opType = activationNodes[activation];
    if (opType === undefined)
      throw new Error(`handOnnx writes no ${activation}; layers.test.ts checks every activation`);
    node(opType, [value]);
  };

  for (const layer of network.layers) {
    const count = (counts.get(layer.type) ?? 0) + 1;
    counts.set(layer.type, count);
    const name = layer.name ?? `${layer.type}_${count}`;
    switch (layer.type) {
      case 'conv2d': {
        const groups = layer.groups ?? 1;
        const kernel = [layer.filters, shape[0]! / groups, ...layer.kernel];
        const scale = 1 / Math.sqrt((kernel[1]! * kernel[2]! * kernel[3]!) / 2);
        const inputs = [value, weight(`${name}/kernel`, kernel, (r) => scale * r.normal())];
        if (layer.bias ?? true) inputs.push(weight(`${name}/bias`, [layer.filters], (r) => 0.1 * r.normal()));
        const stride = layer.stride ?? [1, 1];
        node('Conv', inputs, { group: int(groups), strides: ints(stride), ...padding(layer.padding) });
        shape = [layer.filters, ...window(shape, layer.kernel, stride, layer.padding)];
        activate(layer.activation);
        break;
      }
      case 'maxPool2d':
      case 'averagePool2d': {
        const stride = layer.stride ?? layer.size;
        const attributes = { kernel_shape: ints(layer.size), strides: ints(stride), ...padding(layer.padding) };
        node(layer.type === 'maxPool2d' ? 'MaxPool' : 'AveragePool', [value], attributes);
        shape = [shape[0]!, ...window(shape, layer.size, stride, layer.padding)];
        break;
      }
      case 'globalMaxPool2d':
      case 'globalAveragePool2d':
        node(layer.type === 'globalMaxPool2d' ? 'GlobalMaxPool' : 'GlobalAveragePool', [value]);
        node('Flatten', [value], { axis: int(1) });
        shape = [shape[0]!];
        break;
      case 'flatten':
        node('Flatten', [value], { axis: int(1) });
        shape = [shape.reduce((a, b) => a * b, 1)];
        break;
      case 'dense': {
        const scale = 1 / Math.sqrt(shape[0]! / 2);
        node('MatMul', [value, weight(`${name}/kernel`, [shape[0]!, layer.units], (r) => scale * r.normal())]);
        if (layer.bias ?? true) node('Add', [value, weight(`${name}/bias`, [layer.units], (r) => 0.1 * r.normal())]);
        shape = [layer.units];
        activate(layer.activation);
        break;
      }
      case 'batchNorm': {
        const extent = [shape[0]!];
        const inputs = [
          value,
          weight(`${name}/gamma`, extent, (r) => 1 + 0.2 * r.normal()),
          weight(`${name}/beta`, extent, (r) => 0.2 * r.normal()),
          weight(`${name}/movingMean`, extent, (r) => 0.2 * r.normal()),
          weight(`${name}/movingVariance`, extent, (r) => 0.5 + r.uniform()),
        ];
        node('BatchNormalization', inputs, { epsilon: { kind: 'float', value: layer.epsilon ?? 1e-3 } });
        activate(layer.activation);
        break;
      }
      case 'activation':
        activate(layer.activation);
        break;
      case 'dropout':
        break;
      default:
        throw new Error(`handOnnx writes no ${(layer as LayerConfig).type}; layers.test.ts checks every layer`);
    }
  }
  const logits = value;
  node('Softmax', [logits], { axis: int(1) }, 'probabilities');
  const model: OnnxModel = {
    irVersion: 10,
    producerName: 'ductus-test',
    producerVersion: '0',
    opsets: { '': 21 },
    metadata: {},
    graph: {
      name: network.name,
      nodes,
      initializers,
      inputs: [{ name: 'input', type: 'float32', shape: ['batch', ...network.input] }],
      outputs: [
        { name: 'probabilities', type: 'float32', shape: ['batch', shape[0]!] },
        { name: logits, type: 'float32', shape: ['batch', shape[0]!] },
      ],
    },
  };
  return withModelCard(model, {
    format: 1,
    name: network.name,
    description: network.description,
    labels: Array.from({ length: shape[0]! }, (_, index) => String(index)),
    framing: { size: 28, box: 20, centre: 'mass' },
    temperature: 1,
    network,
  });
}

/** A network of these layers over MNIST's pictures. */
export function network(name: string, layers: readonly LayerConfig[]): NetworkConfig {
  return { name, description: 'made by a test', input: [1, 28, 28], layers };
}

function int(value: number): OnnxAttribute {
  return { kind: 'int', value };
}

function ints(value: readonly number[]): OnnxAttribute {
  return { kind: 'ints', value };
}

function padding(value: Padding = 'valid'): Record<string, OnnxAttribute> {
  if (value === 'valid') return {};
  if (value === 'same') return { auto_pad: { kind: 'string', value: 'SAME_UPPER' } };
  return { pads: ints(value) };
}

function window(
  shape: readonly number[],
  size: readonly number[],
  stride: readonly number[],
  pad: Padding = 'valid',
): number[] {
  return [0, 1].map((axis) => {
    const extent = shape[axis + 1]!;
    if (pad === 'same') return Math.ceil(extent / stride[axis]!);
    const zeros = pad === 'valid' ? 0 : pad[axis]! + pad[axis + 2]!;
    return Math.floor((extent + zeros - size[axis]!) / stride[axis]!) + 1;
  });
}
