import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { describe, expect, it } from 'vitest';
import { digitModel, modelOf, node, tensor, weight } from '../../../test/parity/runtimeModels.ts';
import { DuctusError, FormatError, UnsupportedError } from '../../core/floor.ts';
import type { OnnxAttribute, OnnxModel, OnnxTensor } from './model.ts';
import { maximumEntries } from './protobuf.ts';
import { maximumModelBytes, readOnnx } from './read.ts';
import { writeOnnx } from './write.ts';

/** A model whose one initializer is written by hand, field by field. */
function withTensor(write: (writer: PbfWriter) => void): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, 10);
  writer.writeMessage(8, (_: null, opset) => opset.writeVarintField(2, 21), null);
  writer.writeMessage(7, (_: null, graph) => graph.writeMessage(5, (__: null, out) => write(out), null), null);
  return writer.finish();
}

function onlyTensor(write: (writer: PbfWriter) => void): OnnxTensor {
  return readOnnx(withTensor(write)).graph.initializers[0]!;
}

/** Name, type and shape of a hand-written tensor; its data follows. */
function head(writer: PbfWriter, type: number, shape: number[]): void {
  for (const extent of shape) writer.writeVarintField(1, extent);
  writer.writeVarintField(2, type);
  writer.writeStringField(8, 't');
}

const anyName = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter((name) => !name.includes('\uFEFF') && name !== 'ai.onnx');
const anyFloat = fc.float({ noNaN: true });
const anyAttribute: fc.Arbitrary<OnnxAttribute> = fc.oneof(
  fc.record({ kind: fc.constant('int' as const), value: fc.maxSafeInteger() }),
  fc.record({ kind: fc.constant('float' as const), value: anyFloat }),
  fc.record({ kind: fc.constant('string' as const), value: fc.oneof(anyName, fc.constant('')) }),
  fc.record({ kind: fc.constant('ints' as const), value: fc.array(fc.maxSafeInteger()) }),
  fc.record({ kind: fc.constant('floats' as const), value: fc.array(anyFloat) }),
  fc.record({ kind: fc.constant('strings' as const), value: fc.array(anyName) }),
);
const anyTensorData = fc.oneof(
  fc.float32Array().map((data) => ({ type: 'float32' as const, data })),
  fc.float64Array().map((data) => ({ type: 'float64' as const, data })),
  fc.uint16Array().map((data) => ({ type: 'float16' as const, data })),
  fc.int8Array().map((data) => ({ type: 'int8' as const, data })),
  fc.uint8Array().map((data) => ({ type: 'uint8' as const, data })),
  fc.int32Array().map((data) => ({ type: 'int32' as const, data })),
  fc.bigInt64Array().map((data) => ({ type: 'int64' as const, data })),
);
const anyModel = fc
  .record({
    tensors: fc.array(fc.tuple(anyName, anyTensorData), { maxLength: 6 }),
    attributes: fc.dictionary(anyName, anyAttribute, { maxKeys: 5 }),
    metadata: fc.dictionary(anyName, fc.oneof(anyName, fc.constant('')), { maxKeys: 4 }),
    name: anyName,
  })
  .map(({ tensors, attributes, metadata, name }): OnnxModel => {
    const base = modelOf({ nodes: [], input: ['batch', 3], outputs: { y: ['batch', '?'] }, metadata });
    const constant = weight('', [2, 3]);
    return {
      ...base,
      producerName: name,
      graph: {
        ...base.graph,
        nodes: [
          {
            ...node('Odd', ['x', '', 'x'], ['y', '', 'z']),
            attributes: { ...attributes, tensor: { kind: 'tensor', value: constant } },
          },
        ],
        initializers: tensors.map(([own, { type, data }], index) =>
          tensor(`${own}${index}!`, type, [data.length], data),
        ),
      },
    };
  });

describe('readOnnx', () => {
  it('gives back what writeOnnx wrote', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const expected = { ...model, metadata: { ...model.metadata } };
        expect(readOnnx(writeOnnx(model))).toEqual(expected);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('keeps names that JavaScript objects treat specially', () => {
    const metadata = Object.fromEntries([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const model = readOnnx(writeOnnx({ ...digitModel(), metadata }));
    expect(Object.entries(model.metadata)).toEqual(Object.entries(metadata));
  });

  it('looks at aligned data in place and copies the rest', () => {
    const bytes = writeOnnx(digitModel());
    let views = 0;
    for (let shift = 0; shift < 4; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      for (const { data } of readOnnx(moved).graph.initializers) if (data.buffer === moved.buffer) views++;
      expect(readOnnx(moved)).toEqual(readOnnx(bytes));
    }
    // Each of the tensors lies on a boundary of four bytes at exactly one of the four shifts.
    expect(views).toBe(digitModel().graph.initializers.length);
  });

  it("reads from a Buffer of Node's, which lies anywhere in a larger one", () => {
    const bytes = writeOnnx(digitModel());
    for (let shift = 0; shift < 4; shift++) {
      const pool = Buffer.alloc(bytes.length + shift);
      pool.set(bytes, shift);
      expect(readOnnx(pool.subarray(shift))).toEqual(readOnnx(bytes));
    }
  });

  it('reads typed data fields, packed and one by one', () => {
    const floats = onlyTensor((writer) => {
      head(writer, 1, [3]);
      writer.writePackedFloat(4, [1.5, -2]);
      writer.writeFloatField(4, 7);
    });
    expect(floats.data).toEqual(Float32Array.of(1.5, -2, 7));
    const bytes = onlyTensor((writer) => {
      head(writer, 3, [2, 2]);
      writer.writeVarintField(5, -128);
      writer.writePackedVarint(5, [127, -1, 0]);
    });
    expect(bytes.data).toEqual(Int8Array.of(-128, 127, -1, 0));
    const halves = onlyTensor((writer) => {
      head(writer, 10, [2]);
      writer.writePackedVarint(5, [0x3c00, 0xffff]);
    });
    expect(halves.data).toEqual(Uint16Array.of(0x3c00, 0xffff));
    const longs = onlyTensor((writer) => {
      head(writer, 7, [2]);
      writer.writePackedVarint(7, [-1, 2 ** 52 + 1]);
    });
    expect(longs.data).toEqual(BigInt64Array.of(-1n, 2n ** 52n + 1n));
    const doubles = onlyTensor((writer) => {
      head(writer, 11, [1]);
      writer.writePackedDouble(10, [Math.PI]);
    });
    expect(doubles.data).toEqual(Float64Array.of(Math.PI));
  });

  it('refuses tensors that lie about their size', () => {
    const raw = (length: number) => (writer: PbfWriter) => writer.writeBytesField(9, new Uint8Array(length));
    const packed = (field: number, values: number[]) => (writer: PbfWriter) => writer.writePackedVarint(field, values);
    const none = (): void => {};
    const lies: [RegExp, number, number[], (writer: PbfWriter) => void][] = [
      [/"t" of shape \[3\].*expected 3 elements, received 8 bytes/, 1, [3], raw(8)],
      [/expected 3 elements, received 1$/, 1, [3], (writer) => writer.writePackedFloat(4, [1])],
      [/expected 4 elements, received 0/, 1, [4], none],
      [/at most \d+ elements/, 1, [2 ** 20, 2 ** 20], none],
      [/at most \d+ elements/, 1, [2 ** 40], none],
      [/extents of 0 or more, received -1/, 1, [-1], none],
      [/at most 16 axes/, 1, new Array<number>(40).fill(1), none],
      [/received 1 in int32_data/, 1, [1], packed(5, [1])],
      [
        /received 1 in float_data beside raw_data/,
        1,
        [1],
        (writer) => {
          writer.writePackedFloat(4, [1]);
          raw(4)(writer);
        },
      ],
      [/multiple of 4 bytes/, 1, [1], (writer) => writer.writeBytesField(4, new Uint8Array(3))],
      [/int8 values in -128..127, received 300/, 3, [1], packed(5, [300])],
      [/data type, received 0/, 0, [], none],
      [/data type, received 99/, 99, [1], none],
    ];
    for (const [text, type, shape, fill] of lies) {
      const write = (writer: PbfWriter): void => {
        head(writer, type, shape);
        fill(writer);
      };
      expect(() => readOnnx(withTensor(write))).toThrow(FormatError);
      expect(() => readOnnx(withTensor(write))).toThrow(text);
    }
  });

  it('refuses by name what the project does not support', () => {
    const unsupported: [RegExp, number, (writer: PbfWriter) => void][] = [
      [/"t".*external_data/, 1, (writer) => writer.writeVarintField(14, 1)],
      [/"t".*strings/, 8, (writer) => writer.writeStringField(6, 'a')],
      [/received ONNX data type 16/, 16, (writer) => writer.writeBytesField(9, new Uint8Array(2))],
    ];
    for (const [text, type, fill] of unsupported) {
      const write = (writer: PbfWriter): void => {
        head(writer, type, [1]);
        fill(writer);
      };
      expect(() => readOnnx(withTensor(write))).toThrow(UnsupportedError);
      expect(() => readOnnx(withTensor(write))).toThrow(text);
    }
    const attribute = (write: (writer: PbfWriter) => void): Uint8Array => {
      const model = new PbfWriter();
      const writeAttribute = (_: null, writer: PbfWriter): void => {
        writer.writeStringField(1, 'then_branch');
        write(writer);
      };
      const writeNode = (_: null, writer: PbfWriter): void => {
        writer.writeStringField(4, 'If');
        writer.writeMessage(5, writeAttribute, null);
      };
      model.writeMessage(7, (_: null, graph) => graph.writeMessage(1, writeNode, null), null);
      return model.finish();
    };
    const subgraph = attribute((writer) => {
      writer.writeMessage(6, () => {}, null);
      writer.writeVarintField(20, 5);
    });
    expect(() => readOnnx(subgraph)).toThrow(/"then_branch" of node 0 \(If\).*a subgraph/);
    expect(() => readOnnx(attribute((writer) => writer.writeMessage(22, () => {}, null)))).toThrow(/a sparse tensor/);
    const sparse = new PbfWriter();
    sparse.writeMessage(7, (_: null, graph) => graph.writeMessage(15, () => {}, null), null);
    expect(() => readOnnx(sparse.finish())).toThrow(/sparse initializers/);
    const functions = new PbfWriter();
    functions.writeMessage(25, () => {}, null);
    expect(() => readOnnx(functions.finish())).toThrow(/functions/);
  });

  it('refuses names that are used twice, missing graphs and versions', () => {
    const base = digitModel();
    const graph = (changes: Partial<OnnxModel['graph']>): Uint8Array =>
      writeOnnx({ ...base, graph: { ...base.graph, ...changes } });
    const [first] = base.graph.initializers;
    expect(() => readOnnx(graph({ initializers: [first!, first!] }))).toThrow(/initializer "w1".*twice/);
    expect(() => readOnnx(graph({ inputs: [base.graph.inputs[0]!, base.graph.inputs[0]!] }))).toThrow(
      /input "x".*twice/,
    );
    expect(() => readOnnx(graph({ nodes: [...base.graph.nodes, node('Relu', ['x'], ['c1'])] }))).toThrow(
      /"c1" is taken/,
    );
    expect(() => readOnnx(graph({ nodes: [] }))).toThrow(/graph output "probabilities"/);
    expect(() => readOnnx(new Uint8Array())).toThrow(/expected a graph, received 0 bytes/);
    expect(() => readOnnx(writeOnnx({ ...base, opsets: {} }))).toThrow(/operator set/);
    expect(() => readOnnx(writeOnnx({ ...base, irVersion: 0 }))).toThrow(/IR version/);
  });

  it('refuses what is too large before reading it', { tags: ['slow'] }, () => {
    const huge = { length: maximumModelBytes + 1 } as Uint8Array;
    expect(() => readOnnx(huge)).toThrow(/at most 536870912 bytes/);
    const writer = new PbfWriter();
    writer.writeMessage(
      7,
      (_: null, graph) => {
        for (let count = 0; count <= maximumEntries; count++) graph.writeBytesField(1, new Uint8Array(0));
      },
      null,
    );
    expect(() => readOnnx(writer.finish())).toThrow(/at most 1000000 nodes/);
  });

  it('throws only its own errors on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => readOnnx(bytes)).toThrow(DuctusError);
      }),
      { numRuns: 3000, seed: 2 },
    );
  });

  it('throws only its own errors on a file that is cut off, wherever', () => {
    const bytes = writeOnnx(digitModel({}, 8));
    for (let length = 0; length < bytes.length; length += length < 2000 ? 1 : 97) {
      expect(() => readOnnx(bytes.subarray(0, length))).toThrow(FormatError);
    }
  });
});
