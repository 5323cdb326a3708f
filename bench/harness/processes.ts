// Whole processes as things to measure: how long they take, what they print, how much memory they held.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a finished process left. */
export interface FinishedProcess {
  readonly seconds: number;
  readonly output: string;
}

/**
 * Runs a process to its end. @throws {Error} with what it wrote to standard error, when it fails or cannot be started.
 */
export function runProcess(
  executable: string,
  parameters: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Promise<FinishedProcess> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(executable, parameters, { env: options.env ?? process.env });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, output });
      else reject(new Error(`${executable} ${parameters[0]} ended with code ${code}: ${errors.trim()}`));
    });
  });
}

/** Runs a script of ours in a process of its own. @returns the JSON that it prints. */
export async function runScript<T>(
  script: URL,
  parameters: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<T> {
  const { output } = await runProcess(process.execPath, [
    ...nodeOptions,
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(script),
    ...parameters,
  ]);
  return JSON.parse(output) as T;
}

/** MiB that this process has in memory now (`VmRSS`) or had at its highest (`VmHWM`); Linux only. */
export function memoryMiB(figure: 'VmRSS' | 'VmHWM'): number {
  const line = new RegExp(`^${figure}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  if (line === null) throw new Error(`/proc/self/status: expected a line ${figure}, found none`);
  return Number(line[1]) / 1024;
}
