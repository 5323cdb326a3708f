// `--host` and `--open` of `ductus serve`, in processes, with a page of a model that nobody trained.
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handOnnx, network } from '../../../test/parity/handOnnx.ts';
import { startDuctus } from '../../../test/runDuctus.ts';
import { writeOnnx } from '../../onnx/floor.ts';

let folder: string;
let environment: Readonly<Record<string, string>>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-host-'));
  const model = join(folder, 'hand.onnx');
  writeFileSync(model, writeOnnx(handOnnx(network('hand', [{ type: 'flatten' }, { type: 'dense', units: 10 }]))));
  environment = { DUCTUS_MODEL: model };
});
afterAll(() => rmSync(folder, { recursive: true }));

it('listens on the address that it is given, and on no other', async () => {
  // 192.0.2.0/24 is for documents (RFC 5737): no machine has such an address, so that nobody can listen there.
  const foreign = await startDuctus(['serve', '--port', '0', '--host', '192.0.2.1'], { environment }).ended;
  expect(foreign).toMatchObject({ code: 1, stdout: '' });
  expect(foreign.stderr).toMatch(/\nerror: .*192\.0\.2\.1/);
});

it('opens the page in the browser, by the command that the system has for it', async () => {
  const shown = join(folder, 'shown.txt');
  // Under the names that Linux and macOS know; it notes what it is asked to show.
  for (const name of ['xdg-open', 'open']) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "$1" > "${shown}"\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { child, ended } = startDuctus(['serve', '--port', '0', '--open', '--json'], {
    environment: { ...environment, PATH: `${folder}${delimiter}${process.env.PATH}` },
  });
  const [line] = (await Promise.race([
    once(child.stdout!, 'data'),
    ended.then((end) => Promise.reject(new Error(end.stderr))),
  ])) as [string];
  while (!existsSync(shown) || readFileSync(shown, 'utf8') === '') await pause(20);
  expect(readFileSync(shown, 'utf8').trim()).toBe((JSON.parse(line) as { url: string }).url);
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
});
