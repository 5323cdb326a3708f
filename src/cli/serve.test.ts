// `ductus serve` as a person starts it, with a model of their own: builds the page, serves it, ends on Ctrl-C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { handOnnx, network } from '../../test/parity/handOnnx.ts';
import { writeOnnx } from '../onnx/index.ts';

const launcher = fileURLToPath(new URL('../../bin/ductus.js', import.meta.url));

it('builds the page, takes the next port when one is busy, serves page and model, and ends cleanly', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ductus-serve-'));
  const model = join(folder, 'hand.onnx');
  const bytes = writeOnnx(handOnnx(network('hand', [{ type: 'flatten' }, { type: 'dense', units: 10 }])));
  await writeFile(model, bytes);
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port: busy } = blocker.address() as { port: number };

  const environment = { ...process.env, DUCTUS_MODEL: model };
  const child = spawn(process.execPath, [launcher, 'serve', '--port', String(busy), '--json'], { env: environment });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  try {
    const [line] = (await Promise.race([
      once(child.stdout.setEncoding('utf8'), 'data'),
      ended.then(() => Promise.reject(new Error(stderr))),
    ])) as [string];
    const { url, port } = JSON.parse(line) as { url: string; port: number };
    expect(port).toBeGreaterThan(busy);
    expect(stderr).toContain(`Port ${busy} is busy; using ${port}.`);

    const page = await (await fetch(url)).text();
    const script = /<script[^>]+src="\.?\/?([^"]+)"/.exec(page)?.[1];
    const code = await (await fetch(new URL(script!, url))).text();
    const onnx = /hand-[\w-]+\.onnx/.exec(code)?.[0];
    const served = await fetch(new URL(`assets/${onnx}`, url));
    expect(served.headers.get('cache-control')).toContain('immutable');
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(bytes);
  } finally {
    child.kill('SIGINT');
  }
  expect((await ended)[0]).toBe(0);
  await new Promise((resolve) => blocker.close(resolve));
  await rm(folder, { recursive: true });
});
