// PyTorch and numpy behind a Python process that answers requests one by one; what it can be asked stands in
// pytorch.py.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('pytorch.py', import.meta.url));

/**
 * Debian's OpenBLAS built on OpenMP. PyTorch runs on OpenMP too; with the build on threads of its own two pools wait
 * for each other while holding the cores, and the Keras network trains and answers at a third of the speed and less.
 */
const openMpBlas = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/openblas-openmp`;

/** The interpreter that Debian's packages are for; another one by the environment variable DUCTUS_BENCH_PYTHON. */
export function pythonExecutable(): string {
  const debian = '/usr/bin/python3';
  return process.env.DUCTUS_BENCH_PYTHON ?? (existsSync(debian) ? debian : 'python3');
}

/**
 * This process's environment for the peer: threads as ours, and OpenBLAS free to choose its kernel by the processor.
 */
export function pythonEnvironment(threads: number): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  // A kernel that somebody pinned for other reasons may run at half the speed (Haswell's on a processor with AVX-512).
  delete environment.OPENBLAS_CORETYPE;
  delete environment.OPENBLAS_L2_SIZE;
  if (process.env.DUCTUS_BENCH_PYTHON === undefined && existsSync(openMpBlas)) {
    environment.LD_LIBRARY_PATH = [openMpBlas, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  for (const name of ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS']) environment[name] = String(threads);
  return environment;
}

/** A running Python process. Ask one thing at a time. */
export class PyTorch {
  readonly versions: Readonly<Record<string, string | number>>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #stderr: { text: string };

  private constructor(
    versions: Readonly<Record<string, string | number>>,
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    stderr: { text: string },
  ) {
    this.versions = versions;
    this.#child = child;
    this.#lines = lines;
    this.#stderr = stderr;
  }

  /** Starts the process. @throws {Error} when Python, PyTorch or numpy is not there. */
  static async start(threads: number): Promise<PyTorch> {
    const child = spawn(pythonExecutable(), [script, String(threads)], { env: pythonEnvironment(threads) });
    const stderr = { text: '' };
    child.stderr.on('data', (chunk: Buffer) => {
      stderr.text += chunk.toString();
    });
    // Errors of writing to a process that has ended: the next answer, which does not come, reports them.
    child.stdin.on('error', () => {});
    const failed = once(child, 'error').then(([error]) => {
      throw error as Error;
    });
    const lines = (createInterface({ input: child.stdout }) as Interface)[Symbol.asyncIterator]();
    const starting = new PyTorch({}, child, lines, stderr);
    const versions = await Promise.race([starting.ask<Record<string, string | number>>('info', {}), failed]);
    failed.catch(() => {});
    return new PyTorch(versions, child, lines, stderr);
  }

  /** Calls a method of the script's Session. @throws {Error} with what Python said. */
  async ask<T = null>(ask: string, parameters: Readonly<Record<string, unknown>>): Promise<T> {
    this.#child.stdin.write(`${JSON.stringify({ ask, with: parameters })}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`PyTorch's process ended: ${this.#stderr.text.trim().split('\n').at(-1)}`);
    const { answer, error } = JSON.parse(value) as { answer: T; error?: string };
    if (error !== undefined) throw new Error(`PyTorch, ${ask}: ${error}`);
    return answer;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'close');
    this.#child.stdin.end();
    await ended;
  }
}
