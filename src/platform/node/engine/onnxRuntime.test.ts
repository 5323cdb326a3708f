// What the engine on ONNX Runtime refuses: names that a graph does not have, which ONNX Runtime would pass over without a word.
import { expect, it } from 'vitest';
import { UsageError } from '../../../core/floor.ts';
import { input } from '../../../engine/graph/tensor.ts';
import { ops, tensorBuffer, toOnnx } from '../../../engine/index.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import { onnxRuntimeEngine } from './onnxRuntime.ts';

it('refuses a misspelt output, a missing input and a graph that was disposed of', async () => {
  const x = input('x', [2]);
  const program = await (await onnxRuntimeEngine()).compile(
    writeOnnx(toOnnx({ doubled: ops.add(x, x) }, { name: 'test' })),
  );
  const feeds = { x: tensorBuffer([2], 'float32') };
  (feeds.x.data as Float32Array).set([1, 2]);
  const doubled = tensorBuffer([2], 'float32');
  await program.run(feeds, { doubled });
  expect([...(doubled.data as Float32Array)]).toEqual([2, 4]);
  await expect(program.run(feeds, { dubled: doubled })).rejects.toThrow(
    'running a graph: expected the outputs doubled, received "dubled" (did you mean doubled?)',
  );
  await expect(program.run({}, { doubled })).rejects.toThrow('expected a buffer for input "x", received none');
  await program.dispose();
  await expect(program.run(feeds, { doubled })).rejects.toThrow(UsageError);
});
