// The two faces of a floor: `floor.ts`, what the rest of the project may import, and `index.ts`, what the world may.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesOf, usesOfFaces } from './faceUses.ts';
import { entryPoints, privateFaces, root } from './project.ts';

const uses = usesOfFaces();

describe('the private face', () => {
  it.each(Object.values(privateFaces()))('%s exports nothing that nobody imports', (face) => {
    const names = namesOf(face);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !uses.get(face)!.has(name))).toEqual([]);
  });
});

describe('the public face', () => {
  it.each(Object.values(entryPoints()))('%s names what it exports, from files of its own floor', (face) => {
    const text = readFileSync(join(root, face), 'utf8');
    for (const [, file] of text.matchAll(/from '([^']+)'/g)) {
      // Errors and random streams are of the core, which has no entry of its own.
      if (['src/read/index.ts', 'src/samples/index.ts'].includes(face) && file === '../core/floor.ts') continue;
      expect(file).toMatch(/^\.\/(?!floor\.ts)/);
    }
    expect(text).not.toMatch(/export \*(?! as ops )/);
    expect(new Set(namesOf(face)).size).toBe(namesOf(face).length);
  });
});
