// `ductus serve` as a person starts it, with a model of their own: builds the page, serves it, ends on Ctrl-C.
// @module-tag slow
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handOnnx, network } from '../../../test/parity/handOnnx.ts';
import { startDuctus } from '../../../test/runDuctus.ts';
import { modelCardOf, withModelCard, writeOnnx } from '../../onnx/floor.ts';

/** An untrained model for the served page. */
function untrained(labels: readonly string[]): Uint8Array {
  const model = handOnnx(network('hand', [{ type: 'flatten' }, { type: 'dense', units: labels.length }]));
  return writeOnnx(withModelCard(model, { ...modelCardOf(model)!, labels }));
}

/** What the test requests from the page's server. */
interface Served {
  readonly port: number;
  readonly stderr: () => string;
  readonly get: (path: string) => Promise<Response>;
  /** Text of the page's script. */
  readonly script: () => Promise<string>;
}

/** Runs `ductus serve` until `use` is done with it, then ends it as Ctrl-C does. */
async function serving(
  environment: Readonly<Record<string, string>>,
  port: number,
  use: (served: Served) => Promise<void>,
): Promise<void> {
  const { child, ended, stderr } = startDuctus(['serve', '--port', String(port), '--json'], { environment });
  try {
    const [line] = (await Promise.race([
      once(child.stdout!, 'data'),
      ended.then((end) => Promise.reject(new Error(end.stderr))),
    ])) as [string];
    const { url, port: taken } = JSON.parse(line) as { url: string; port: number };
    const get = (path: string): Promise<Response> => fetch(new URL(path, url));
    const script = async (): Promise<string> => {
      const page = await (await get('')).text();
      return (await get(/<script[^>]+src="\.?\/?([^"]+)"/.exec(page)![1]!)).text();
    };
    await use({ port: taken, stderr, get, script });
  } finally {
    child.kill('SIGINT');
  }
  expect((await ended).code).toBe(0);
}

const digits = [...'0123456789'];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-serve-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('builds the page, takes the next port when one is busy, serves page and model, and ends cleanly', async () => {
  const environment = await handMade();
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port: busy } = blocker.address() as { port: number };
  await serving(environment, busy, async ({ port, stderr, get, script }) => {
    expect(port).toBeGreaterThan(busy);
    expect(stderr()).toContain(`Port ${busy} is busy; using ${port}.`);
    const onnx = /hand-[\w-]+\.onnx/.exec(await script())?.[0];
    const served = await get(`assets/${onnx}`);
    expect(served.headers.get('cache-control')).toContain('immutable');
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(untrained(digits));
  });
  await new Promise((resolve) => blocker.close(resolve));
});

it('serves every kind of model that is in a folder, with what is told of Chinese characters', async () => {
  const labels = { digits, 'characters-slim': [...digits, 'A', 'a'], 'chinese-mnist': [...'石後'] };
  for (const [name, classes] of Object.entries(labels))
    await writeFile(join(folder, `${name}.onnx`), untrained(classes));
  await serving({ DUCTUS_MODELS: folder }, 0, async ({ get, script }) => {
    const code = await script();
    for (const [name, classes] of Object.entries(labels)) {
      const onnx = new RegExp(`${name}-[\\w-]+\\.onnx`).exec(code)?.[0];
      const served = await get(`assets/${onnx}`);
      expect(new Uint8Array(await served.arrayBuffer()), name).toEqual(untrained(classes));
    }
    expect(code).not.toContain('committee-');
    const glosses = await (await get(`assets/${/chinese-glosses-[\w-]+\.js/.exec(code)?.[0]}`)).text();
    expect(glosses).toMatch(/^\/\*!.*CC-CEDICT.*creativecommons\.org\/licenses\/by-sa\/4\.0.*\*\//s);
    expect(glosses).toContain('rock; stone');
    expect(glosses).toContain('hòu');
  });
});

/** The environment for a page with an untrained model. */
async function handMade(): Promise<Record<string, string>> {
  const model = join(folder, 'hand.onnx');
  await writeFile(model, untrained(digits));
  return { DUCTUS_MODEL: model };
}

it('listens on the address that it is given, and on no other', async () => {
  // 192.0.2.0/24 is for documents (RFC 5737): no machine has such an address, so that nobody can listen there.
  const foreign = await startDuctus(['serve', '--port', '0', '--host', '192.0.2.1'], {
    environment: await handMade(),
  }).ended;
  expect(foreign).toMatchObject({ code: 1, stdout: '' });
  expect(foreign.stderr).toMatch(/\nerror: .*192\.0\.2\.1/);
});

it('opens the page in the browser, by the command that the system has for it', async () => {
  const shown = join(folder, 'shown.txt');
  // Under the names that Linux and macOS know; it notes what it is asked to show.
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(folder, name), `#!/bin/sh\necho "$1" > "${shown}"\n`, { mode: 0o755 });
  }
  const { child, ended } = startDuctus(['serve', '--port', '0', '--open', '--json'], {
    environment: { ...(await handMade()), PATH: `${folder}${delimiter}${process.env.PATH}` },
  });
  const [line] = (await Promise.race([
    once(child.stdout!, 'data'),
    ended.then((end) => Promise.reject(new Error(end.stderr))),
  ])) as [string];
  const address = (): Promise<string> => readFile(shown, 'utf8').catch(() => '');
  while ((await address()) === '') await pause(20);
  expect((await address()).trim()).toBe((JSON.parse(line) as { url: string }).url);
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
});
