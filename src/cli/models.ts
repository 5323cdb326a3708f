// `ductus models`: the shipped models and their accuracy.
import { Command } from 'commander';
import type { ModelCard } from '../onnx/floor.ts';
import { examples } from './options.ts';
import { formatPercent, formatTable, printJson, printLine } from './output.ts';

/** Builds the command. */
export function modelsCommand(): Command {
  return new Command('models')
    .summary('list the shipped models')
    .description('Lists the shipped models with their model cards.')
    .option('--json', 'print one JSON array')
    .addHelpText('after', examples(['ductus models', 'a table'], ['ductus models --json', 'the cards']))
    .action(listAll);
}

async function listAll(options: { json?: boolean }): Promise<void> {
  const { shippedModels } = await import('../platform/node/floor.ts');
  const rows = await shippedModels();
  if (options.json) {
    printJson(rows);
    return;
  }
  if (rows.length === 0) {
    printLine('No models are shipped with this copy; train one with "ductus train".');
    return;
  }
  const table = rows.map(({ name, bytes, card }) => [
    name,
    card === null ? '' : String(card.labels.length),
    `${Math.ceil(bytes / 1024)} KB`,
    card === null ? '' : tested(card),
    card?.description ?? 'no card: made by others',
  ]);
  printLine(formatTable([['name', 'classes', 'size', 'tested', 'description'], ...table], [1, 2]));
}

function tested(card: ModelCard): string {
  const [figure] = card.test ?? [];
  return figure === undefined ? '' : `${formatPercent(figure.accuracy)} of ${figure.data}`;
}
