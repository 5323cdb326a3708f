// Runs the command line for tests: in this process, which saves a start of Node, or in one of its own, where start-up,
// standard streams or signals are what is tested.
import { type ChildProcess, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../bin/ductus.js', import.meta.url));

/** What a finished command left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs, and what it reads. */
export interface RunOptions {
  /** Working folder; default: this process's. */
  readonly folder?: string;
  /** What comes on its standard input; default: nothing. */
  readonly input?: Uint8Array | string;
}

/** Runs follow one another: they share the process's streams and folder. */
let last: Promise<unknown> = Promise.resolve();

/** Runs `ductus` with some arguments to its end, in this process. */
export function runDuctus(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const run = last.then(() => runHere(args, options));
  last = run.catch(() => undefined);
  return run;
}

/** A command that did not end with 0; the message is what it said. */
export class CommandFailed extends Error {
  readonly code: number | null;

  constructor({ code, stderr }: Ended) {
    super(stderr.trimEnd());
    this.code = code;
  }
}

/**
 * As {@link runDuctus}, for a command that should do its work. @returns its output. @throws {CommandFailed} when it did
 * not.
 */
export async function printedBy(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const ended = await runDuctus(args, options);
  if (ended.code !== 0) throw new CommandFailed(ended);
  return ended.stdout;
}

/** How {@link startDuctus} starts a process. */
export interface StartOptions extends RunOptions {
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Presses Ctrl-C, once, when this has come on standard error. */
  readonly interruptAt?: RegExp;
}

/** A process that was started. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What came on standard error so far. */
  stderr(): string;
}

/** Starts `ductus` in a process of its own, as a user does. */
export function startDuctus(
  args: readonly string[],
  { folder, input, environment, interruptAt }: StartOptions = {},
): Started {
  const child = spawn(process.execPath, [launcher, ...args], {
    ...(folder !== undefined && { cwd: folder }),
    env: { ...process.env, DEBUG: '', ...environment },
  });
  let [stdout, stderr] = ['', ''];
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (interrupted || !interruptAt?.test(stderr)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
  child.stdin.end(input);
  return { child, ended, stderr: () => stderr };
}

async function runHere(args: readonly string[], { folder, input = '' }: RunOptions): Promise<Ended> {
  const { main } = await import('../src/cli/main.ts');
  const { exitCode, argv } = process;
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')!;
  const cwd = process.cwd();
  const streams = [capture(process.stdout), capture(process.stderr)] as const;
  process.exitCode = undefined;
  process.argv = [argv[0]!, launcher, ...args];
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  if (folder !== undefined) process.chdir(folder);
  try {
    await main(args);
    const [stdout, stderr] = streams.map(({ text }) => text());
    return { code: Number(process.exitCode ?? 0), stdout: stdout!, stderr: stderr! };
  } finally {
    for (const { restore } of streams) restore();
    process.exitCode = exitCode;
    process.argv = argv;
    Object.defineProperty(process, 'stdin', stdin);
    process.chdir(cwd);
  }
}

/** Keeps what is written to a stream, until it is restored, listeners included. */
function capture(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  const { write } = stream;
  const before = stream.listeners('error');
  let text = '';
  stream.write = (chunk: Uint8Array | string): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    return true;
  };
  return {
    text: () => text,
    restore() {
      stream.write = write;
      for (const listener of stream.listeners('error')) {
        if (!before.includes(listener)) stream.off('error', listener as () => void);
      }
    },
  };
}
