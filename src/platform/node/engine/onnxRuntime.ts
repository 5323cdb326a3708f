// The training engine on Node: compiles graphs with onnxruntime-node, an optional peer.
import { availableParallelism } from 'node:os';
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { suggestion, UsageError } from '../../../core/floor.ts';
import type { CompileOptions, Engine, Program, TensorBuffer } from '../../../engine/floor.ts';
import { loadOnnxRuntime, type OnnxRuntime } from './loadOnnxRuntime.ts';
import { probeBlockSize } from './probeBlockSize.ts';

/** Probed once per process: neither the processor nor the package changes meanwhile. */
let blockSizeFound: Promise<number | undefined> | undefined;

/**
 * The engine that runs on ONNX Runtime's CPU provider.
 *
 * @throws {MissingError} when the package onnxruntime-node is not installed.
 *
 * @example
 * ```ts
 * import { onnxRuntimeEngine } from 'ductus/node';
 *
 * const engine = await onnxRuntimeEngine();
 * console.log(engine.description.startsWith('onnxruntime-node')); // true
 * ```
 */
export async function onnxRuntimeEngine(): Promise<Engine> {
  const ort = await loadOnnxRuntime();
  const version = ort.env.versions.node ?? ort.env.versions.common;
  blockSizeFound ??= probeBlockSize(ort);
  const blockSize = await blockSizeFound;
  return {
    blockSize,
    description: `onnxruntime-node ${version}`,
    async compile(model: Uint8Array, options: CompileOptions = {}): Promise<Program> {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: options.threads ?? availableParallelism(),
        interOpNumThreads: 1,
        graphOptimizationLevel: 'all',
        // A plan of all memory in one block takes 55 to 80 MiB more in training, at the same speed (keras and compact,
        // batch 128).
        enableMemPattern: false,
        logSeverityLevel: 3,
        // Activations and optimiser state pass near 0, where denormal numbers would cost a hundred times as much.
        // Pixels are dequantised once; quantised models' rewrites would turn them back into bytes along the way.
        extra: { session: { set_denormal_as_zero: '1', disable_quant_qdq: '1' } },
      });
      return program(ort, session);
    },
  };
}

/** A name that the graph does not have would be passed over, and its buffer left as it was. @throws {UsageError} naming it. */
function checkNames(
  kind: 'input' | 'output',
  buffers: Readonly<Record<string, TensorBuffer>>,
  names: readonly string[],
  all: boolean,
): void {
  for (const name in buffers) {
    if (!names.includes(name)) {
      throw new UsageError(
        `running a graph: expected the ${kind}s ${names.join(', ')}, received "${name}"${suggestion(name, names)}`,
      );
    }
  }
  const missing = all ? names.find((name) => buffers[name] === undefined) : undefined;
  if (missing !== undefined)
    throw new UsageError(`running a graph: expected a buffer for ${kind} "${missing}", received none`);
}

function program(ort: OnnxRuntime, session: InferenceSession): Program {
  // One wrapper per buffer, made once: ONNX Runtime reads and writes the typed array behind it in place.
  const wrappers = new WeakMap<TensorBuffer, OrtTensor>();
  const wrap = (buffer: TensorBuffer): OrtTensor => {
    let wrapper = wrappers.get(buffer);
    if (wrapper === undefined) {
      wrapper = new ort.Tensor(buffer.type, buffer.data, [...buffer.shape]);
      wrappers.set(buffer, wrapper);
    }
    return wrapper;
  };
  const wrapAll = (buffers: Readonly<Record<string, TensorBuffer>>): Record<string, OrtTensor> => {
    const wrapped: Record<string, OrtTensor> = {};
    for (const name in buffers) wrapped[name] = wrap(buffers[name]!);
    return wrapped;
  };
  let disposed = false;
  return {
    async run(feeds, fetches) {
      if (disposed)
        throw new UsageError('running a graph: expected one that is compiled, received one that was disposed of');
      checkNames('input', feeds, session.inputNames, true);
      checkNames('output', fetches, session.outputNames, false);
      await session.run(wrapAll(feeds), wrapAll(fetches));
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await session.release();
    },
  };
}
