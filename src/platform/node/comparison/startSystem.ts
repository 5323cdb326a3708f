// Starts the process of one compared system and listens to it until its end.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SystemReply, SystemRequest } from './systemMessages.ts';

/** Characters of a failed process's standard error that are kept. */
const keptCharacters = 2_000;

/** A running process. */
export interface RunningSystem {
  /** Ends always with a last reply: `measured` or `failed`. */
  readonly ended: Promise<Extract<SystemReply, { type: 'measured' | 'failed' }>>;
  stop(): void;
}

/** Starts it. @param onProgress called with its progress. */
export function startSystem(
  request: SystemRequest,
  onProgress: (reply: Extract<SystemReply, { type: 'progress' }>) => void,
): RunningSystem {
  const child = forkModule('./systemProcess', import.meta.url);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-keptCharacters);
  });
  const ended = new Promise<Extract<SystemReply, { type: 'measured' | 'failed' }>>((resolve) => {
    let last: Extract<SystemReply, { type: 'measured' | 'failed' }> | undefined;
    child.on('message', (reply: SystemReply) => {
      if (reply.type === 'progress') onProgress(reply);
      else last = reply;
    });
    child.on('error', (error) => resolve({ type: 'failed', message: error.message }));
    child.on('close', (code, signal) => {
      const how = signal === null ? `with code ${code}` : `by ${signal}`;
      resolve(
        last ?? { type: 'failed', message: `its process ended ${how}${errors === '' ? '' : `: ${errors.trim()}`}` },
      );
    });
  });
  child.send(request);
  // A process in one long training loop notices neither a message nor a closed channel: a signal ends it.
  const stop = (): void => void child.kill();
  process.once('exit', stop);
  void ended.then(() => process.off('exit', stop));
  return { ended, stop };
}

/** Starts a module in its own process; from source, that process needs tsx too. */
function forkModule(name: string, base: string): ChildProcess {
  const fromSource = base.endsWith('.ts');
  const file = fileURLToPath(new URL(`${name}${fromSource ? '.ts' : '.js'}`, base));
  return fork(file, [], {
    execArgv: fromSource ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
