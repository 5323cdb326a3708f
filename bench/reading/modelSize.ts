// Bytes of model files: the same network and weights as Ductus ships them, for TensorFlow.js, and as PyTorch saves
// them.
import { join } from 'node:path';
import { exportTensorFlowJs, networkNamed } from 'ductus/engine';
import { loadModel } from 'ductus/node';
import { halveWeights, type OnnxModel, writeOnnx } from 'ductus/onnx';
import { type Benchmark, type BenchmarkRow, besideOurs, type PeerFigure, spread } from '../harness/benchmark.ts';
import { handNetwork, untrainedModel, withFolder } from '../harness/workload.ts';

/** Sizes do not vary: each is taken once. */
export const modelSizeBenchmark: Benchmark = {
  name: 'model-size',
  description: 'size of model files, KiB',
  async run(peers) {
    const torch = await peers.pyTorch();
    const rows: BenchmarkRow[] = [];
    const shipped = await loadModel();
    rows.push(row(`shipped model "${shipped.name}"`, shipped.bytes.length, shipped.model, undefined));
    for (const network of ['keras', 'compact'].map(networkNamed)) {
      let saved: number | undefined;
      if (torch) {
        await handNetwork(torch, network.name, network);
        saved = await withFolder((folder) =>
          torch.ask<number>('save', { id: network.name, path: join(folder, 'state.pt') }),
        );
        await torch.ask('forget', { id: network.name });
      }
      const model = untrainedModel(network);
      rows.push(row(`${network.name}, float32`, writeOnnx(model).length, model, saved));
      rows.push(row(`${network.name}, float16`, writeOnnx(halveWeights(model)).length, model, saved));
    }
    return rows;
  },
};

function row(what: string, bytes: number, model: OnnxModel, pyTorchBytes: number | undefined): BenchmarkRow {
  const { modelJson, weights } = exportTensorFlowJs(model);
  const ours = [bytes / 1024];
  const beside = (name: string, theirs: number): PeerFigure => besideOurs(name, 'less', ours, [theirs / 1024]);
  const peers = [beside('TensorFlow.js layers, float32', Buffer.byteLength(modelJson) + weights.length)];
  if (pyTorchBytes !== undefined) peers.push(beside('PyTorch state_dict, float32', pyTorchBytes));
  return { what: `size of ${what}`, unit: 'KiB', ours: spread(ours), peers };
}
