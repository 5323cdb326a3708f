// The module `#kinds`: what the page can read, with the addresses of the files, which the page fetches when they are asked for.
import { readFileSync, statSync } from 'node:fs';
import type { Plugin } from 'vite';
import { modelCardOf, readOnnx } from '../../../src/onnx/floor.ts';
import { isHan } from '../src/recognition/han.ts';
import { glossesOf } from './glossesOf.ts';
import type { KindFiles } from './kindFiles.ts';

const kindsId = '\0ductus/kinds';
/** Of the module that holds a kind's glosses; the chunk gets its name from the last part. */
const glossesId = /^\0ductus\/(\w+)-glosses$/;

/** Stands at the head of what is told of Chinese characters, which is under another licence than the page. */
const notice = `/*!
 * Readings and meanings of Chinese characters, shortened by Ductus to one reading and the first meanings of each, from CC-CEDICT,
 * published by MDBG: https://www.mdbg.net/chinese/dictionary?page=cc-cedict
 * Referenced works: CEDICT - Copyright (C) 1997, 1998 Paul Andrew Denisowski
 * Licence of this file, as of CC-CEDICT: Creative Commons Attribution-ShareAlike 4.0 International License, without warranties,
 * https://creativecommons.org/licenses/by-sa/4.0/
 */`;

/** @param kinds the kinds of writing with their files, the default first. */
export function kindsModule(kinds: readonly KindFiles[]): Plugin {
  return {
    name: 'ductus:kinds',
    // Before Vite's own resolution, which takes a name with # for one of the package's imports.
    enforce: 'pre',
    resolveId(source) {
      if (source === '#kinds') return kindsId;
      return /^#\w+-glosses$/.test(source) ? source.replace('#', '\0ductus/') : undefined;
    },
    async load(id) {
      const glossed = kinds.find(({ name }) => name === glossesId.exec(id)?.[1]);
      if (glossed !== undefined) {
        const glosses = await glossesOf(labelsOf(glossed.model));
        return `${notice}\nexport const glosses = new Map(${JSON.stringify([...glosses])});`;
      }
      if (id !== kindsId) return undefined;
      const imports: string[] = [];
      const fileOf = (file: string): string => {
        this.addWatchFile(file);
        const name = `url${imports.length}`;
        imports.push(`import ${name} from ${JSON.stringify(`${file}?url`)};\n`);
        return `{ url: ${name}, bytes: ${statSync(file).size} }`;
      };
      const list = kinds.map(({ name, model, committee }) => {
        const labels = labelsOf(model);
        return [
          `{ name: ${JSON.stringify(name)}, labels: ${listOf(labels)}, model: ${fileOf(model)}`,
          ...(committee === undefined ? [] : [`committee: ${fileOf(committee)}`]),
          ...(labels.some(isHan) ? [`glosses: () => import('#${name}-glosses')`] : []),
        ].join(', ');
      });
      return `${imports.join('')}export const kinds = [${list.map((kind) => `${kind} }`).join(',\n')}];`;
    },
  };
}

/** The classes that a model's card names. */
function labelsOf(file: string): readonly string[] {
  const card = modelCardOf(readOnnx(readFileSync(file)));
  if (card === undefined) throw new Error(`building the page: expected a model with a card, received ${file}`);
  return card.labels;
}

/** Source text of a list of labels: single characters as one text, since 3,755 pairs of quotation marks weigh something. */
function listOf(labels: readonly string[]): string {
  const single = labels.every((label) => [...label].length === 1);
  return single ? `[...${JSON.stringify(labels.join(''))}]` : JSON.stringify(labels);
}
