// `ductus serve`: serves the page on this machine; fetches nothing from elsewhere.
import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { examples, wholeNumber } from '../options.ts';
import { printJson, printLine, printNote } from '../output.ts';

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** Builds the command. */
export function serveCommand(): Command {
  return new Command('serve')
    .summary('serve the page on which characters are drawn and read')
    .description(
      'Serves the page on which characters are drawn and read, until Ctrl-C. It fetches nothing from elsewhere.\n' +
        'In a source checkout the page is built first when it is missing or older than its sources; there DUCTUS_MODEL=FILE\n' +
        'in the environment puts a model of your own into it in place of those that ship, DUCTUS_MODELS=FOLDER those of a\n' +
        'folder: digits.onnx, characters-slim.onnx and chinese-mnist.onnx, as many as are there; DUCTUS_COMMITTEE=FILE puts the file of a\n' +
        'committee beside the first of them.',
    )
    .option(
      '--port <number>',
      'port to listen on; the next ones are tried when it is busy, 0 takes any',
      wholeNumber(0, 65_535),
      8000,
    )
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets other machines in', '127.0.0.1')
    .option('--open', 'open the page in the browser')
    .option('--json', 'print {"url","port"} as one line of JSON')
    .addHelpText(
      'after',
      examples(
        ['ductus serve --open', 'open the page in the browser'],
        ['ductus serve --host 0.0.0.0 --port 8080', 'let a phone in the same network draw'],
      ),
    )
    .action(serve);
}

async function serve(options: ServeOptions): Promise<void> {
  const { startPageServer } = await import('../../platform/node/floor.ts');
  const { webPageFolder } = await import('./webPage.ts');
  const folder = await webPageFolder(printNote);
  const server = await startPageServer({ folder, host: options.host, port: options.port });
  if (options.port !== 0 && server.port !== options.port) {
    printNote(`Port ${options.port} is busy; using ${server.port}.`);
  }
  if (options.json) printJson({ url: server.url, port: server.port });
  else printLine(`Ductus is at ${server.url} (Ctrl-C ends it)`);
  if (options.open) openBrowser(server.url);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.close();
}

/** Asks the system to show a page; without a browser, only the printed address remains. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command!, args, { stdio: 'ignore', detached: true });
  child.on('error', () => printNote(`No browser could be opened; the page is at ${url}`));
  child.unref();
}
