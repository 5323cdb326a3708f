// @jax-js/jax in this process, on its WASM backend: the one of its fast backends that runs in Node.
import { readFileSync } from 'node:fs';
import { initializeNetwork, type NetworkConfig } from 'ductus/engine';
import { networkParameters } from '#engine';
import { type Arrays, adamCorrections, adamStep, forward, lossOf, type State } from './jaxJsNetwork.ts';

type Jax = typeof import('@jax-js/jax');
type JaxArray = InstanceType<Jax['Array']>;

/** A network in jax-js. */
export interface JaxJsNetwork {
  /** Probabilities `[batch, classes]` of pictures `[batch, row, column]` of one channel, ink 0..1. */
  predict(pictures: Float32Array, batch: number): Promise<Float32Array>;
  /**
   * One step of Adam on pictures as above and targets `[batch, classes]`, compiled whole by `jit`; gives the loss
   * before it.
   */
  train(pictures: Float32Array, targets: Float32Array, batch: number): Promise<number>;
  dispose(): void;
}

/** jax-js with its WASM backend. */
export interface JaxJs {
  readonly name: string;
  readonly versions: Readonly<Record<string, string | number>>;
  /** Builds a network with our starting weights of that seed. */
  load(network: NetworkConfig, seed: number): JaxJsNetwork;
}

/** Loads the library and the backend. @throws {Error} when the package is not there, or the backend does not start. */
export async function openJaxJs(): Promise<JaxJs> {
  const jax = await import('@jax-js/jax');
  // Its exports hide the manifest, so it is read as the file that it is, beside `dist`.
  const manifest = new URL('../package.json', import.meta.resolve('@jax-js/jax'));
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  // By name: looking for a GPU, as init() without one does, fails on Node 20 with "navigator is not defined".
  const started = await jax.init('wasm');
  if (!started.includes('wasm')) throw new Error('@jax-js/jax: its WASM backend does not start');
  jax.defaultDevice('wasm');
  return {
    name: 'jax-js WASM',
    // Its threads are browsers' Workers, a global that Node does not have: the library then runs on one thread.
    versions: { jaxJs: version, threads: typeof Worker === 'undefined' ? 1 : 'browser workers' },
    load: (network, seed) => openNetwork(jax, network, seed),
  };
}

function openNetwork(jax: Jax, network: NetworkConfig, seed: number): JaxJsNetwork {
  const { numpy: np, tree } = jax;
  const weights = initializeNetwork(network, seed);
  const tensors = (trainable: boolean, start: (values: Float32Array) => Float32Array): Arrays =>
    Object.fromEntries(
      networkParameters(network)
        .filter((spec) => spec.trainable === trainable)
        .map(({ name, shape }) => [name, tensor(start(weights.get(name)!), shape)]),
    );
  const tensor = (values: Float32Array, shape: readonly number[]): JaxArray =>
    np.array(new Float32Array(values)).reshape([...shape]);
  const zeros = (values: Float32Array): Float32Array => new Float32Array(values.length);
  let state: State = {
    parameters: tensors(true, (values) => values),
    running: tensors(false, (values) => values),
    first: tensors(true, zeros),
    second: tensors(true, zeros),
  };
  let steps = 0;

  const answer = jax.jit((parameters: Arrays, running: Arrays, images: JaxArray) =>
    jax.nn.softmax(forward(jax, network, { parameters, running }, images).logits),
  );
  const learn = jax.jit(
    (state: State, images: JaxArray, wanted: JaxArray, key: JaxArray, corrections: JaxArray): Learned => {
      const loss = (parameters: Arrays): [JaxArray, Arrays] =>
        lossOf(jax, network, { parameters, running: state.running }, images, wanted, key);
      const { parameters } = tree.ref({ parameters: state.parameters });
      const [[value, running], slopes] = jax.valueAndGrad(loss, { hasAux: true })(parameters) as unknown as [
        [JaxArray, Arrays],
        Arrays,
      ];
      return { loss: value, state: { ...adamStep(jax, state, slopes, corrections), running } };
    },
  );

  return {
    async predict(pictures, batch) {
      const { parameters, running } = tree.ref({ parameters: state.parameters, running: state.running });
      const probabilities = answer(parameters, running, tensor(pictures, [batch, ...network.input]));
      return (await probabilities.data()) as Float32Array;
    },
    async train(pictures, targets, batch) {
      const learned = learn(
        state,
        tensor(pictures, [batch, ...network.input]),
        tensor(targets, [batch, targets.length / batch]),
        jax.random.key(++steps),
        np.array(adamCorrections(steps)),
      ) as unknown as Learned;
      state = learned.state;
      await jax.blockUntilReady(state);
      return (await learned.loss.data())[0]!;
    },
    dispose() {
      tree.dispose(state);
      answer.dispose();
      learn.dispose();
    },
  };
}

/** What a step gives. */
type Learned = { loss: JaxArray; state: State };
