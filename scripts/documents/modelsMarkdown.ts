// The README's table of the models that ship, made from their files and cards. It stands between two marks; what stands
// outside of them is written by hand and stays as it is.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from '../../src/onnx/floor.ts';
import { listModels, loadModel, writeFileAtomic } from '../../src/platform/node/floor.ts';
import { withBetween } from './betweenMarks.ts';

const begin = '<!-- models: written by npx tsx scripts/documents/resultsTable.ts from models, not by hand -->';
const end = '<!-- end of models -->';
const readme = fileURLToPath(new URL('../../README.md', import.meta.url));

/** What each is for, in the order of the table. Cards say how a model was made, which is another question. */
const purposes: Readonly<Record<string, string>> = {
  digits: "digits of many hands and papers; the default, and the page's",
  strangers: 'the same, larger; `digits` learned from it',
  committee: 'digits as in MNIST; five networks that vote',
  slim: 'digits as in MNIST, from one small network',
  tiny: 'digits as in MNIST, where every byte counts',
  'characters-slim': "digits and letters, 62 classes; the page's",
  'characters-open': 'the same, trained only on data with clear terms',
  'chinese-mnist': 'fifteen Chinese number characters',
};

/** A model that ships. */
export interface ShippedModel {
  readonly name: string;
  readonly bytes: number;
  readonly card: ModelCard | undefined;
}

/** The models that ship, with their cards. */
export async function shippedModels(): Promise<ShippedModel[]> {
  const models = await listModels();
  return Promise.all(
    models.map(async ({ name, path }) => {
      const { bytes, card } = await loadModel(path);
      return { name, bytes: bytes.length, card };
    }),
  );
}

/** Writes the README's table of models. */
export async function writeModels(): Promise<void> {
  const text = await readFile(readme, 'utf8');
  const written = withModels(text, await shippedModels());
  if (written !== text) await writeFileAtomic(readme, new TextEncoder().encode(written));
}

/** A page with its table of models written anew. */
export function withModels(page: string, models: readonly ShippedModel[]): string {
  return withBetween(page, 'README.md', begin, end, modelsTable(models));
}

/**
 * A row a model: name, what it is for, size of its file, accuracy on the first test set of its card, terms of its data.
 *
 * @throws {Error} when a model has no test figure, or nobody wrote down here what it is for.
 */
export function modelsTable(models: readonly ShippedModel[]): string {
  const order = Object.keys(purposes);
  const rows = [...models].sort((left, right) => order.indexOf(left.name) - order.indexOf(right.name));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [
    line(['model', 'for', 'size', 'accuracy', 'terms']),
    line(['---', '---', '---:', '---', '---']),
    ...rows.map(({ name, bytes, card }) => {
      const [purpose, figure] = [purposes[name], card?.test?.[0]];
      if (purpose === undefined)
        throw new Error(`models/${name}.onnx: expected a line on what it is for in modelsMarkdown.ts`);
      if (figure === undefined) throw new Error(`models/${name}.onnx: expected a card with a test figure`);
      const accuracy = `${(100 * figure.accuracy).toFixed(2)} % of \`${figure.data}\``;
      return line([`\`${name}\``, purpose, `${Math.ceil(bytes / 1024)} KiB`, accuracy, termsOf(card!)]);
    }),
  ].join('');
}

/** Clear where the card has no notice of data whose terms are not stated, or not for every use. */
function termsOf({ training }: ModelCard): string {
  return training !== undefined && training.notice === undefined ? 'clear' : 'not all stated';
}
