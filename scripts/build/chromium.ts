// Finds a Chromium for the end-to-end tests and the page benchmarks, installs one where there is none, and starts it.
// Run by itself (`tsx scripts/build/chromium.ts`) it prints the path.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { MissingError } from '../../src/core/floor.ts';

/**
 * Switches for a Chromium that tests drive: no sandbox, because containers often allow none, no graphics card, and
 * none of the requests that a browser makes on its own account.
 */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** Names under which systems put a Chromium on the PATH, the free one first. */
const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/** How long to wait for another process that is installing, in milliseconds: a slow mirror takes minutes. */
const installPatienceMs = 600_000;

/**
 * Path of a Chromium, Chrome or Edge on this machine: the environment variable `CHROMIUM_PATH`, the PATH, the usual
 * places of Linux, macOS and Windows, Playwright's cache, in this order; undefined when there is none.
 *
 * @throws {MissingError} when `CHROMIUM_PATH` is set to something that is not a file.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const asked = environment.CHROMIUM_PATH;
  if (asked !== undefined && asked !== '') {
    if (isFile(asked)) return asked;
    throw new MissingError(`looking for Chromium: expected CHROMIUM_PATH to name a file, received ${asked}`);
  }
  return candidates(environment).find(isFile);
}

/**
 * Path of a Chromium, installed first if need be: with apt-get for root on Debian and Ubuntu, otherwise with
 * Playwright. Prints what it does. Several processes may call it at once; one installs and the others wait.
 *
 * @throws {MissingError} saying what was tried and how to help, when none can be had.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  const lock = join(tmpdir(), 'ductus-chromium-install.lock');
  if (!(await takeLock(lock))) return ensureChromium();
  const tried: string[] = [];
  try {
    for (const [command, ...rest] of installers()) {
      const line = [command, ...rest].join(' ');
      console.log(`No Chromium found; installing one: ${line}`);
      const { status, error } = spawnSync(command!, rest, { stdio: 'inherit' });
      tried.push(`${line} (${error === undefined ? `exit code ${status}` : error.message})`);
      const installed = findChromium();
      if (installed !== undefined) return installed;
    }
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  throw new MissingError(
    'looking for Chromium: expected one on this machine or one that can be installed, received neither.\n' +
      tried.map((line) => `  tried: ${line}\n`).join('') +
      "  Install Chromium, Chrome or Edge by your system's means, or set CHROMIUM_PATH to its executable.",
  );
}

function candidates(environment: NodeJS.ProcessEnv): string[] {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = commandNames.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...onPath, ...usualPlaces(environment), chromium.executablePath()];
}

function usualPlaces(environment: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') {
    const applications = [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      applications.map((application) => join(folder, application)),
    );
  }
  if (process.platform === 'win32') {
    const folders = [environment.LOCALAPPDATA, environment.PROGRAMFILES, environment['PROGRAMFILES(X86)']];
    const programs = [
      'Chromium/Application/chrome.exe',
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return folders
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  return [
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
    '/var/lib/flatpak/exports/bin/org.chromium.Chromium',
  ];
}

/** Commands to try, in order. */
function installers(): string[][] {
  const commands: string[][] = [];
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    commands.push(['sh', '-c', 'apt-get update && apt-get install -y --no-install-recommends chromium']);
  }
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  commands.push([process.execPath, playwright, 'install', 'chromium']);
  return commands;
}

/** Whether this process holds the lock now; false after another process has let it go. */
async function takeLock(lock: string): Promise<boolean> {
  const deadline = Date.now() + installPatienceMs;
  try {
    mkdirSync(lock);
    return true;
  } catch {
    console.log('No Chromium found; another process is installing one, waiting for it.');
  }
  while (existsSync(lock)) {
    if (Date.now() > deadline) {
      throw new MissingError(
        `installing Chromium: waited ${installPatienceMs / 1000} s for another process; if none is at work, remove ${lock}`,
      );
    }
    await sleep(500);
  }
  return false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Starts a Chromium without a window. @param executablePath default: the one that is found, or installed. */
export async function launchChromium(executablePath?: string): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? (await ensureChromium()), args: [...chromiumArguments] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await ensureChromium());
