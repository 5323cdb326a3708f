// Which model files the page is built with: those that ship and are there, or one's own by the environment.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KindName } from '../src/model/kind.ts';

/** The files of a kind of writing. */
export interface KindFiles {
  readonly name: KindName;
  readonly model: string;
  readonly committee: string | undefined;
}

/** The kinds in the order in which the page offers them, with the names of their files; the first is the default. */
const offered: readonly { readonly name: KindName; readonly model: string; readonly committee?: string }[] = [
  { name: 'digits', model: 'digits.onnx', committee: 'committee.onnx' },
  { name: 'letters', model: 'characters-slim.onnx' },
  { name: 'chinese', model: 'chinese-mnist.onnx' },
];

const shippedFolder = fileURLToPath(new URL('../../../models', import.meta.url));

/**
 * The kinds of writing whose models are there; the first is the page's default.
 *
 * @param environment `DUCTUS_MODEL=FILE` puts one's own model in place of all that ship. `DUCTUS_MODELS=FOLDER` names
 * another folder than `models`, with files of the same names. `DUCTUS_COMMITTEE=FILE` puts another committee beside the
 * default kind's model, `none` leaves it out; beside a model of one's own the shipped one is left out: it may read
 * something else.
 * @throws {Error} when a file that was named is not there, or no model at all.
 */
export function kindFiles(environment: Readonly<Record<string, string | undefined>>): readonly KindFiles[] {
  const { DUCTUS_MODEL: own, DUCTUS_MODELS: folder, DUCTUS_COMMITTEE: committee } = environment;
  const kinds = own ? [ownKind(own)] : kindsIn(resolve(folder || shippedFolder));
  const [first, ...others] = kinds;
  if (!committee) return kinds;
  return [
    { ...first!, committee: committee === 'none' ? undefined : named(committee, "a committee's model file") },
    ...others,
  ];
}

function ownKind(file: string): KindFiles {
  return { name: 'own', model: named(file, 'a model file'), committee: undefined };
}

function kindsIn(folder: string): readonly KindFiles[] {
  const inside = (name: string | undefined): string | undefined =>
    name !== undefined && existsSync(join(folder, name)) ? join(folder, name) : undefined;
  const kinds = offered.flatMap(({ name, model, committee }): KindFiles[] => {
    const file = inside(model);
    return file === undefined ? [] : [{ name, model: file, committee: inside(committee) }];
  });
  if (kinds.length === 0) {
    const names = offered.map(({ model }) => model).join(', ');
    throw new Error(`building the page: expected one of ${names} in ${folder}, found none`);
  }
  return kinds;
}

/** The path of a file that was asked for by name. */
function named(file: string, what: string): string {
  const path = resolve(file);
  if (!existsSync(path)) throw new Error(`building the page: expected ${what}, found none at ${path}`);
  return path;
}
