// A model's export to TensorFlow.js, loaded in the real @tensorflow/tfjs-layers.
import '@tensorflow/tfjs-backend-wasm';
import { io, ready } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { exportTensorFlowJs } from '../../src/engine/floor.ts';
import type { OnnxModel } from '../../src/onnx/floor.ts';

/** The exported model, from memory. */
export async function loadExport(model: OnnxModel): Promise<LayersModel> {
  await ready();
  const { modelJson, weights } = exportTensorFlowJs(model);
  const json = JSON.parse(modelJson) as io.ModelJSON;
  return loadLayersModel({
    load: () =>
      io.getModelArtifactsForJSON(json, async (manifest) => [
        io.getWeightSpecs(manifest),
        weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength) as ArrayBuffer,
      ]),
  });
}
