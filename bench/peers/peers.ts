// The peers that benchmarks stand beside: each optional, opened when first asked for, remembered with its version, and
// named with the command that installs it when it is not there.
import { type JaxJs, openJaxJs } from './jaxJs.ts';
import { PyTorch } from './pyTorch.ts';
import { openTensorFlowJs, type TensorFlowJs } from './tensorFlowJs.ts';

/** A peer that could not be measured. */
export interface AbsentPeer {
  readonly name: string;
  readonly install: string;
  /** What opening it said. */
  readonly reason: string;
}

const pyTorchInstall = 'apt-get install --no-install-recommends python3-torch libopenblas0-openmp python3-numpy';
/** Peers that are packages: those of bench/package.json. */
const packagesInstall = 'npm ci --prefix bench';

/** The peers of one run of the benchmarks. */
export class Peers {
  /** Name to version and thread count of those that were opened. */
  readonly opened: Record<string, Readonly<Record<string, string | number>>> = {};
  readonly absent: AbsentPeer[] = [];
  /** Threads that every contestant with a choice gets. */
  readonly threads: number;
  readonly #opening = new Map<string, Promise<unknown>>();
  #pyTorch: PyTorch | undefined;

  constructor(threads: number) {
    this.threads = threads;
  }

  /** PyTorch and numpy in one long-lived process; undefined when they are not there. */
  pyTorch(): Promise<PyTorch | undefined> {
    return this.#open('PyTorch', pyTorchInstall, async () => {
      this.#pyTorch = await PyTorch.start(this.threads);
      return { peer: this.#pyTorch, versions: this.#pyTorch.versions };
    });
  }

  /** TensorFlow.js in this process; undefined when it is not there. */
  tensorFlowJs(backend: 'cpu' | 'wasm'): Promise<TensorFlowJs | undefined> {
    const name = backend === 'cpu' ? 'TensorFlow.js CPU' : 'TensorFlow.js WASM';
    return this.#open(name, packagesInstall, async () => {
      const peer = await openTensorFlowJs(backend, this.threads);
      return { peer, versions: peer.versions };
    });
  }

  /** jax-js in this process; undefined when it is not there. */
  jaxJs(): Promise<JaxJs | undefined> {
    return this.#open('jax-js WASM', packagesInstall, async () => {
      const peer = await openJaxJs();
      return { peer, versions: peer.versions };
    });
  }

  /**
   * Ends the processes of the peers. Who is asked for afterwards is opened anew: so a failed benchmark leaves nothing
   * behind.
   */
  async close(): Promise<void> {
    this.#opening.clear();
    const pyTorch = this.#pyTorch;
    this.#pyTorch = undefined;
    await pyTorch?.close();
  }

  #open<T>(
    name: string,
    install: string,
    open: () => Promise<{ peer: T; versions: Readonly<Record<string, string | number>> }>,
  ): Promise<T | undefined> {
    let opening = this.#opening.get(name) as Promise<T | undefined> | undefined;
    if (opening === undefined) {
      opening = open().then(
        ({ peer, versions }) => {
          this.opened[name] = versions;
          return peer;
        },
        (error: Error) => {
          // Once, however often it is tried again after a failure.
          if (!this.absent.some((peer) => peer.name === name)) {
            this.absent.push({ name, install, reason: error.message.split('\n')[0]! });
          }
          process.stdout.write(`  ${name} is not measured (${error.message.split('\n')[0]}); install: ${install}\n`);
          return undefined;
        },
      );
      this.#opening.set(name, opening);
    }
    return opening;
  }
}
