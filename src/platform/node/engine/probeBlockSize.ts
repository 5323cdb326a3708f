// Finds out whether ONNX Runtime has its blocked layout on this processor, and how many channels a block holds.
import type { OnnxModel } from '../../../onnx/floor.ts';
import { writeOnnx } from '../../../onnx/floor.ts';
import type { OnnxRuntime } from './loadOnnxRuntime.ts';

const channels = 16;
const pixels = 3;
const taps = 2;
/** Block sizes that ONNX Runtime knows: AVX-512 has 16; AVX2, SSE and NEON have 8. */
const candidates = [16, 8] as const;

/**
 * Block size of the layout, or undefined where there is none.
 *
 * It runs one convolution of whole numbers, 16 channels and 3 pixels with a kernel of 2, and compares the result with
 * that of each block size. The result depends on the order of the image, of the weights and of the output. A processor,
 * build or version with another layout shows in the same way: nothing fits.
 */
export async function probeBlockSize(ort: OnnxRuntime): Promise<number | undefined> {
  const x = Float32Array.from({ length: channels * pixels }, (_, i) => (i * 7) % 11);
  const w = Float32Array.from({ length: channels * channels * taps }, (_, i) => (i * 5) % 13);
  let found: Float32Array;
  try {
    const session = await ort.InferenceSession.create(writeOnnx(probe), { intraOpNumThreads: 1, logSeverityLevel: 4 });
    const { y } = await session.run({
      x: new ort.Tensor('float32', x, [1, channels, 1, pixels]),
      w: new ort.Tensor('float32', w, [channels, channels, 1, taps]),
    });
    found = y!.data as Float32Array;
    await session.release();
  } catch {
    return undefined; // the build has no such operators, or the processor no kernels for them
  }
  return candidates.find((block) => convolve(x, w, block).every((value, i) => value === found[i]));
}

/** The convolution in the layout with this block size; exact, because every number is a small integer. */
function convolve(x: Float32Array, w: Float32Array, block: number): Float32Array {
  const outputs = pixels - taps + 1;
  const blocks = channels / block;
  const y = new Float32Array(channels * outputs);
  for (let filter = 0; filter < channels; filter++) {
    for (let channel = 0; channel < channels; channel++) {
      const block2d = Math.floor(filter / block) * blocks + Math.floor(channel / block);
      for (let tap = 0; tap < taps; tap++) {
        const weight = w[((block2d * taps + tap) * block + (channel % block)) * block + (filter % block)]!;
        for (let output = 0; output < outputs; output++) {
          const at = (Math.floor(filter / block) * outputs + output) * block + (filter % block);
          y[at] = y[at]! + x[channel * pixels + output + tap]! * weight;
        }
      }
    }
  }
  return y;
}

const domain = 'com.microsoft.nchwc';
const value = (name: string, shape: number[]) => ({ name, type: 'float32' as const, shape });

const probe: OnnxModel = {
  irVersion: 10,
  producerName: 'ductus',
  producerVersion: '',
  opsets: { '': 21, [domain]: 1 },
  metadata: {},
  graph: {
    name: 'probe',
    nodes: [
      { opType: 'ReorderInput', domain, name: 'reorder', inputs: ['x'], outputs: ['blocked'], attributes: {} },
      { opType: 'Conv', domain, name: 'convolve', inputs: ['blocked', 'w'], outputs: ['y'], attributes: {} },
    ],
    initializers: [],
    inputs: [value('x', [1, channels, 1, pixels]), value('w', [channels, channels, 1, taps])],
    outputs: [value('y', [1, channels, 1, pixels - taps + 1])],
  },
};
