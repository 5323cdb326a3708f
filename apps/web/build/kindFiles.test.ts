import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kindFiles } from './kindFiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ductus-kinds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The kinds of a folder with these files, as `name: model + committee`. */
function kindsOf(files: readonly string[], environment: Readonly<Record<string, string>> = {}): string[] {
  for (const file of files) writeFileSync(join(folder, file), '');
  return kindFiles({ DUCTUS_MODELS: folder, ...environment }).map(
    ({ name, model, committee }) =>
      `${name}: ${[model, committee].flatMap((file) => (file === undefined ? [] : basename(file))).join(' + ')}`,
  );
}

describe('kindFiles', () => {
  it('finds what is there, digits first', () => {
    expect(
      kindsOf(['chinese-mnist.onnx', 'tiny.onnx', 'digits.onnx', 'committee.onnx', 'characters-slim.onnx']),
    ).toEqual(['digits: digits.onnx + committee.onnx', 'letters: characters-slim.onnx', 'chinese: chinese-mnist.onnx']);
  });

  it('is complete with one', () => {
    expect(kindsOf(['chinese-mnist.onnx', 'committee.onnx'])).toEqual(['chinese: chinese-mnist.onnx']);
  });

  it('takes the models that ship where nothing is said', () => {
    const [first] = kindFiles({});
    expect(first!.name).toBe('digits');
    expect(basename(first!.committee!)).toBe('committee.onnx');
    expect(kindFiles({ DUCTUS_MODEL: '', DUCTUS_MODELS: '', DUCTUS_COMMITTEE: '' })).toEqual(kindFiles({}));
  });

  it('puts another committee beside the default kind, or none', () => {
    const files = ['digits.onnx', 'committee.onnx', 'characters-slim.onnx', 'other.onnx'];
    const other = join(folder, 'other.onnx');
    expect(kindsOf(files, { DUCTUS_COMMITTEE: other })).toEqual([
      'digits: digits.onnx + other.onnx',
      'letters: characters-slim.onnx',
    ]);
    expect(kindsOf(files, { DUCTUS_COMMITTEE: 'none' })).toEqual([
      'digits: digits.onnx',
      'letters: characters-slim.onnx',
    ]);
  });

  it("takes one's own model alone, without a committee unless one is named", () => {
    const [mine, other] = [join(folder, 'mine.onnx'), join(folder, 'other.onnx')];
    const files = ['digits.onnx', 'committee.onnx', 'mine.onnx', 'other.onnx'];
    expect(kindsOf(files, { DUCTUS_MODEL: mine })).toEqual(['own: mine.onnx']);
    expect(kindsOf(files, { DUCTUS_MODEL: mine, DUCTUS_COMMITTEE: other })).toEqual(['own: mine.onnx + other.onnx']);
  });

  it('names what is missing', () => {
    expect(() => kindsOf(['tiny.onnx'])).toThrow(
      /expected one of digits\.onnx, characters-slim\.onnx, chinese-mnist\.onnx in .*, found none/,
    );
    const gone = join(folder, 'gone.onnx');
    expect(() => kindsOf([], { DUCTUS_MODEL: gone })).toThrow(`expected a model file, found none at ${gone}`);
    expect(() => kindsOf(['digits.onnx'], { DUCTUS_COMMITTEE: gone })).toThrow(
      `expected a committee's model file, found none at ${gone}`,
    );
  });
});
