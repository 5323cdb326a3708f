// Inference throughput: pictures to probabilities at batch 1, 32 and 512, images a second. Ours are two: ONNX Runtime
// on the model file, as the learning wing has it, and the runtime that a page loads.

import { loadNetwork } from 'ductus';
import { networkNamed, tensorBuffer } from 'ductus/engine';
import { onnxRuntimeEngine, openDataset } from 'ductus/node';
import { writeOnnx } from 'ductus/onnx';
import { alternate, callsPerSecond } from '../harness/alternate.ts';
import { type Benchmark, type BenchmarkRow, besideOurs, spread } from '../harness/benchmark.ts';
import { handData, handNetwork, inputOf, mustAgree, untrainedModel, weightSeed } from '../harness/workload.ts';
import type { Peers } from '../peers/peers.ts';

/** How long each works in a round, or one batch where that takes longer. */
const secondsPerRound = 0.5;

/** Largest batch for TensorFlow.js's CPU backend and for jax-js: a batch of 512 would take half a minute and more. */
const largestForSlow = 32;

/** The report's Keras network and the compact one. */
export const inferenceBenchmark: Benchmark = {
  name: 'inference',
  description: 'inference throughput, images a second',
  async run(peers) {
    const rows: BenchmarkRow[] = [];
    for (const name of ['keras', 'compact']) {
      for (const batch of [1, 32, 512]) rows.push(...(await measured(peers, name, batch)));
    }
    return rows;
  },
};

/** Somebody who answers the batch. */
interface Answerer {
  readonly name: string;
  predict(): Promise<ArrayLike<number>> | ArrayLike<number>;
  /** Images a second; by calls of `predict` where left out. */
  readonly speed?: () => Promise<number>;
  close?(): Promise<void> | void;
}

const engineName = 'onnxruntime-node';
const runtimeName = 'ductus runtime';

async function measured(peers: Peers, network: string, batch: number): Promise<BenchmarkRow[]> {
  const answerers = await openAll(peers, network, batch);
  const expected = await answerers[0]!.predict();
  for (const { name, predict } of answerers) mustAgree(`${name}, ${network}`, expected, await predict());
  const speeds = await alternate(
    answerers.map(({ name, predict, speed }) => ({
      name,
      measure: speed ?? (async () => batch * (await callsPerSecond(secondsPerRound, predict))),
    })),
  );
  for (const { close } of answerers) await close?.();
  return [engineName, runtimeName].map((name) => {
    const ours = speeds.get(name)!;
    const others = [...speeds].filter(([other]) => other !== engineName && other !== runtimeName);
    return {
      what: `${name}, ${network}, batch ${batch}`,
      unit: 'images/s',
      ours: spread(ours),
      peers: others.map(([other, theirs]) => besideOurs(other, 'more', ours, theirs)),
    };
  });
}

async function openAll(peers: Peers, name: string, batch: number): Promise<Answerer[]> {
  const network = networkNamed(name);
  const model = untrainedModel(network);
  const digits = await openDataset('mnist:test');
  const input = inputOf(digits, batch);

  const program = await (await onnxRuntimeEngine()).compile(writeOnnx(model), { threads: peers.threads });
  const [feed, probabilities] = [
    tensorBuffer([batch, ...network.input], 'float32'),
    tensorBuffer([batch, 10], 'float32'),
  ];
  feed.data.set(input);
  const runtime = loadNetwork(model);
  const answerers: Answerer[] = [
    {
      name: engineName,
      async predict() {
        await program.run({ input: feed }, { probabilities });
        return probabilities.data;
      },
      close: () => program.dispose(),
    },
    {
      name: runtimeName,
      predict: () => runtime.run(input, batch, ['probabilities']).probabilities!.data,
      close: () => runtime.dispose(),
    },
  ];

  const torch = await peers.pyTorch();
  if (torch) {
    await handData(torch, digits);
    await handNetwork(torch, name, network);
    answerers.push({
      name: 'PyTorch',
      predict: () => torch.ask<number[]>('predict', { id: name, count: batch }),
      speed: () => torch.ask<number>('infer', { id: name, batch, seconds: secondsPerRound }),
      close: () => torch.ask('forget', { id: name }).then(() => {}),
    });
  }
  for (const backend of batch > largestForSlow ? (['wasm'] as const) : (['wasm', 'cpu'] as const)) {
    const tensorFlow = await peers.tensorFlowJs(backend);
    if (!tensorFlow) continue;
    const loaded = await tensorFlow.load(model);
    answerers.push({
      name: tensorFlow.name,
      predict: () => loaded.predict(input, batch),
      close: () => loaded.dispose(),
    });
  }
  const jax = batch > largestForSlow ? undefined : await peers.jaxJs();
  if (jax) {
    const loaded = jax.load(network, weightSeed);
    answerers.push({
      name: jax.name,
      predict: () => loaded.predict(input, batch),
      close: () => loaded.dispose(),
    });
  }
  return answerers;
}
