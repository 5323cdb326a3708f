// The roofline: how fast the machine multiplies large square matrices of float32, by ONNX Runtime (what our training
// stands on) and by OpenBLAS through numpy. No training can be faster.
import { tensorBuffer } from 'ductus/engine';
import { onnxRuntimeEngine } from 'ductus/node';
import { type OnnxModel, writeOnnx } from 'ductus/onnx';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';

/** Rows, columns and depth of the product. */
const sizes = [1024, 1536, 2048];

/** How long each works in a round. */
const secondsPerRound = 0.5;

/** GFLOP/s of a product of two square matrices. */
export const rooflineBenchmark: Benchmark = {
  name: 'roofline',
  description: 'product of square float32 matrices, GFLOP/s',
  async run(peers) {
    const engine = await onnxRuntimeEngine();
    const torch = await peers.pyTorch();
    const rows: BenchmarkRow[] = [];
    for (const size of sizes) {
      const program = await engine.compile(writeOnnx(productModel(size)), { threads: peers.threads });
      const [a, b, c] = [0, 1, 2].map(() => tensorBuffer([size, size], 'float32'));
      for (const { data } of [a!, b!]) for (let i = 0; i < data.length; i++) data[i] = ((i * 7919) % 1000) / 1000;
      const product = (): Promise<void> => program.run({ a: a!, b: b! }, { c: c! });
      const contestants = [
        {
          name: 'ours',
          measure: async () => ((await callsPerSecond(secondsPerRound, product)) * 2 * size ** 3) / 1e9,
        },
      ];
      if (torch) {
        contestants.push({
          name: 'OpenBLAS',
          measure: () => torch.ask<number>('sgemm', { size, seconds: secondsPerRound }),
        });
      }
      const speeds = await alternate(contestants);
      await program.dispose();
      const our = speeds.get('ours')!;
      rows.push({
        what: `ONNX Runtime MatMul ${size} x ${size} x ${size}`,
        unit: 'GFLOP/s',
        ours: spread(our),
        peers: torch
          ? [besideOurs(`OpenBLAS (${torch.versions.openblas}) by numpy`, 'more', our, speeds.get('OpenBLAS')!)]
          : [],
      });
    }
    return rows;
  },
};

function productModel(size: number): OnnxModel {
  const matrix = (name: string) => ({ name, type: 'float32', shape: [size, size] }) as const;
  return {
    irVersion: 10,
    producerName: 'ductus',
    producerVersion: '',
    opsets: { '': 21 },
    metadata: {},
    graph: {
      name: 'product',
      nodes: [{ opType: 'MatMul', domain: '', name: 'product', inputs: ['a', 'b'], outputs: ['c'], attributes: {} }],
      initializers: [],
      inputs: [matrix('a'), matrix('b')],
      outputs: [matrix('c')],
    },
  };
}
