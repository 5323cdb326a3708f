// TensorFlow.js in this process, with one of its backends; networks come to it by our own export to its layers format.
import type { io } from '@tensorflow/tfjs-core';
import { exportTensorFlowJs } from 'ductus/engine';
import type { OnnxModel } from 'ductus/onnx';

/** A network in TensorFlow.js. */
export interface TensorFlowJsNetwork {
  /** Probabilities `[batch, classes]` of pictures `[batch, row, column]` of one channel, ink 0..1. */
  predict(pictures: Float32Array, batch: number): Promise<Float32Array>;
  /** One step of Adam on pictures as above and targets `[batch, classes]`; gives the loss. */
  train(pictures: Float32Array, targets: Float32Array, batch: number): Promise<number>;
  dispose(): void;
}

/** TensorFlow.js with one backend. */
export interface TensorFlowJs {
  readonly name: string;
  readonly versions: Readonly<Record<string, string | number>>;
  load(model: OnnxModel): Promise<TensorFlowJsNetwork>;
}

/** Loads the library and the backend. @throws {Error} when a package is not there, or the backend does not start. */
export async function openTensorFlowJs(backend: 'cpu' | 'wasm', threads: number): Promise<TensorFlowJs> {
  const tf = await import('@tensorflow/tfjs-core');
  const { loadLayersModel } = await import('@tensorflow/tfjs-layers');
  const versions: Record<string, string | number> = { tfjs: tf.version_core, threads: 1 };
  await import('@tensorflow/tfjs-backend-cpu');
  if (backend === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setThreadsCount(threads);
    await use();
    // Threads only where the library finds that it can have them, which in Node it does not.
    versions.threads = (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? wasm.getThreadsCount() : 1;
    versions.simd = String(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'));
  }
  await use();

  /** Both backends live in one process: whoever computes says which. */
  async function use(): Promise<void> {
    if (tf.getBackend() === backend) return;
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js backend ${backend} does not start`);
    await tf.ready();
  }

  return {
    name: backend === 'cpu' ? 'TensorFlow.js CPU' : 'TensorFlow.js WASM',
    versions,
    async load(model) {
      await use();
      const { modelJson, weights } = exportTensorFlowJs(model);
      const json = JSON.parse(modelJson) as io.ModelJSON;
      const network = await loadLayersModel({
        load: () =>
          tf.io.getModelArtifactsForJSON(json, async (manifest) => [
            tf.io.getWeightSpecs(manifest),
            new Uint8Array(weights).buffer,
          ]),
      });
      network.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
      const [, rows, columns] = network.inputs[0]!.shape as number[];
      return {
        async predict(pictures, batch) {
          await use();
          const images = tf.tensor4d(pictures, [batch, rows!, columns!, 1]);
          const output = network.predict(images, { batchSize: batch }) as ReturnType<typeof tf.tensor>;
          const answer = await output.data();
          tf.dispose([images, output]);
          return answer as Float32Array;
        },
        async train(pictures, targets, batch) {
          await use();
          const images = tf.tensor4d(pictures, [batch, rows!, columns!, 1]);
          const wanted = tf.tensor2d(targets, [batch, targets.length / batch]);
          const loss = await network.trainOnBatch(images, wanted);
          tf.dispose([images, wanted]);
          return Array.isArray(loss) ? loss[0]! : loss;
        },
        dispose: () => {
          network.dispose();
        },
      };
    },
  };
}
