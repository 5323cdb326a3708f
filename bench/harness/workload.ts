// What all contestants work on: networks with the same starting weights, the same pictures, and files that hand both to
// a process in another language.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initializeNetwork, type NetworkConfig, networkToModel } from 'ductus/engine';
import type { Recipe } from 'ductus/learn';
import type { OnnxModel } from 'ductus/onnx';
import { type Framing, mnistFraming } from 'ductus/picture';
import type { Dataset } from 'ductus/samples';
import { networkParameters } from '#engine';
import type { PyTorch } from '../peers/pyTorch.ts';

/** Seed of every contestant's starting weights. */
export const weightSeed = 1;

/**
 * A network with its starting weights as a model file.
 *
 * @param labels the digits where none are given.
 */
export function untrainedModel(
  network: NetworkConfig,
  labels: readonly string[] = Array.from({ length: 10 }, (_, digit) => String(digit)),
  framing: Framing = mnistFraming,
): OnnxModel {
  return networkToModel(network, initializeNetwork(network, weightSeed), {
    format: 1,
    name: network.name,
    description: 'untrained, for timing',
    labels: [...labels],
    framing,
    temperature: 1,
  });
}

/** The starting weights one after the other, in the order of the layers. */
function weightBytes(network: NetworkConfig): Uint8Array {
  const weights = initializeNetwork(network, weightSeed);
  return Buffer.concat(networkParameters(network).map(({ name }) => new Uint8Array(weights.get(name)!.buffer)));
}

/** The first pictures of a data set as network input, `[count, 1, row, column]`, ink 0..1. */
export function inputOf({ images, width, height }: Dataset, count: number): Float32Array {
  return Float32Array.from(images.subarray(0, count * width * height), (ink) => ink / 255);
}

/** Does something with a folder that is removed afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ductus-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives PyTorch a data set. */
export function handData(torch: PyTorch, { images, targets, height, width }: Dataset): Promise<void> {
  return withFolder(async (folder) => {
    const files = { images: join(folder, 'images'), targets: join(folder, 'targets') };
    await writeFile(files.images, images);
    await writeFile(files.targets, targets);
    await torch.ask('data', { ...files, height, width });
  });
}

/** Builds a network in PyTorch, with our starting weights, under the name `id`. */
export function handNetwork(torch: PyTorch, id: string, network: NetworkConfig): Promise<void> {
  return withFolder(async (folder) => {
    const weights = join(folder, 'weights');
    await writeFile(weights, weightBytes(network));
    await torch.ask('model', { id, config: network, weights });
  });
}

/**
 * Makes sure that a contestant computes what ours does: a figure for something else would be worth nothing.
 *
 * @param tolerance largest difference allowed; float32 sums in another order differ by about 1e-6.
 * @throws {Error} naming the contestant and the difference.
 */
export function mustAgree(
  name: string,
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
  tolerance: number = 1e-3,
): void {
  let worst = ours.length === theirs.length ? 0 : Number.POSITIVE_INFINITY;
  for (let index = 0; index < theirs.length; index++) {
    const difference = Math.abs(ours[index]! - theirs[index]!);
    if (!(difference <= worst)) worst = difference;
  }
  if (!(worst <= tolerance)) {
    throw new Error(`${name}: expected our answers within ${tolerance}, received some that differ by ${worst}`);
  }
}

/** A training of ours with Adam at its usual rate: what is timed, not what is learned, decides the rest. */
export function timingRecipe(network: NetworkConfig, batch: number): Recipe {
  return {
    name: 'benchmark',
    description: 'for timing',
    network,
    data: { train: 'mnist:train', validation: 0 },
    epochs: 1,
    batch,
    optimizer: { type: 'adam' },
    schedule: { type: 'constant', rate: 0.001 },
  };
}
