import * as ort from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { writeOnnx } from '../../../onnx/floor.ts';
import { probeBlockSize } from './probeBlockSize.ts';

it('finds the block size that ONNX Runtime fills channels up to', async () => {
  const found = await probeBlockSize(ort);
  const domain = 'com.microsoft.nchwc';
  const nodes = [{ opType: 'ReorderInput', domain, name: 'reorder', inputs: ['x'], outputs: ['y'], attributes: {} }];
  const value = (name: string, shape: string[]) => ({ name, type: 'float32' as const, shape });
  const graph = {
    name: 'g',
    nodes,
    initializers: [],
    inputs: [value('x', ['a', 'b', 'c', 'd'])],
    outputs: [value('y', ['e', 'f', 'g', 'h'])],
  };
  const opsets = { '': 21, [domain]: 1 };
  const model = { irVersion: 10, producerName: 'test', producerVersion: '', opsets, metadata: {}, graph };
  const filled = await ort.InferenceSession.create(writeOnnx(model), { logSeverityLevel: 4 })
    .then((session) => session.run({ x: new ort.Tensor('float32', new Float32Array(8), [1, 4, 1, 2]) }))
    .then(({ y }) => y!.dims[1])
    .catch(() => undefined);
  expect(found).toBe(filled === 4 ? undefined : filled);
  // Every x86-64 processor has kernels for it; elsewhere it may be missing.
  if (process.arch === 'x64') expect([8, 16]).toContain(found);
});
