import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FormatError, UsageError } from '../../../core/floor.ts';
import { loadModel } from './modelFile.ts';
import { listModels, resolveModel } from './models.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ductus-models-'));
  for (const name of ['digits.onnx', 'letters.onnx', 'digits.ndjson'])
    await writeFile(join(folder, name), 'not a model');
});

afterAll(() => rm(folder, { recursive: true }));

describe('models', () => {
  it('lists model files by name', async () => {
    expect((await listModels(folder)).map(({ name }) => name)).toEqual(['digits', 'letters']);
    expect(await listModels(join(folder, 'none'))).toEqual([]);
  });
  it('finds a shipped model, the default one, and any file', async () => {
    expect((await resolveModel('letters', folder)).path).toBe(join(folder, 'letters.onnx'));
    expect((await resolveModel(undefined, folder)).name).toBe('digits');
    const path = join(folder, 'digits.ndjson');
    expect(await resolveModel(path, folder)).toEqual({ name: 'digits.ndjson', path });
  });
  it('says what there is and what was probably meant', async () => {
    await expect(resolveModel('digts', folder)).rejects.toThrow(UsageError);
    await expect(resolveModel('digts', folder)).rejects.toThrow(/\(digits, letters\).*did you mean digits\?/);
    await expect(resolveModel(folder, folder)).rejects.toThrow(UsageError);
  });
  it('names the file that is not a model', async () => {
    const path = join(folder, 'letters.onnx');
    await expect(loadModel(path)).rejects.toThrow(FormatError);
    await expect(loadModel(path)).rejects.toThrow(path);
  });
});
