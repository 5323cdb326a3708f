#!/usr/bin/env node
// Starts the command line. In a source checkout it runs src/cli through tsx, so that nothing has to be built first;
// in the installed package, which holds no src, it runs the built files.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = new URL('../src/cli/main.ts', import.meta.url);
const built = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(source) && hasTsx()) {
  const { register } = await import('tsx/esm/api');
  register();
  await start(source);
} else if (existsSync(built)) {
  await start(built);
} else {
  process.stderr.write('ductus: neither built files nor tsx are here; run "npm ci" first.\n');
  process.exitCode = 1;
}

async function start(url) {
  const { main } = await import(url.href);
  await main(process.argv.slice(2));
}

function hasTsx() {
  try {
    createRequire(import.meta.url).resolve('tsx/esm/api');
    return true;
  } catch {
    return false;
  }
}
