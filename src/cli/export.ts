// `ductus export`: a model file in another program's format.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { examples } from './options.ts';
import { printJson, printLine } from './output.ts';

interface ExportOptions {
  readonly to: 'tfjs';
  readonly out: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function exportCommand(): Command {
  return new Command('export')
    .summary('write a model in another format')
    .description(
      'Writes a model in another format. tfjs: TensorFlow.js layers, for tf.loadLayersModel: model.json and its weights;\n' +
        'input [batch, row, column, channel] with ink 0..1, output probabilities.',
    )
    .argument('<model>', 'name of a shipped model or path of a model file')
    .addOption(new Option('--to <format>', 'format to write').choices(['tfjs']).makeOptionMandatory())
    .requiredOption('--out <folder>', 'folder to write to; it is made when it is not there')
    .option('--json', 'print the written files as JSON')
    .addHelpText(
      'after',
      examples(['ductus export digits --to tfjs --out web/digits', 'for a page that uses TensorFlow.js']),
    )
    .action(exportModel);
}

async function exportModel(nameOrFile: string, options: ExportOptions): Promise<void> {
  const { loadModel, naming, writeFileAtomic } = await import('../platform/node/index.ts');
  const { exportTensorFlowJs, tensorFlowJsWeightsFile } = await import('../learn/index.ts');
  const { name, path, model } = await loadModel(nameOrFile);
  const { modelJson, weights } = naming(path, () => exportTensorFlowJs(model));
  await mkdir(options.out, { recursive: true });
  const files = [
    { file: join(options.out, tensorFlowJsWeightsFile), content: weights },
    { file: join(options.out, 'model.json'), content: modelJson },
  ];
  for (const { file, content } of files) await writeFileAtomic(file, content);
  if (options.json) printJson({ model: name, to: options.to, files: files.map(({ file }) => file) });
  else for (const { file, content } of files) printLine(`${file} (${content.length} bytes)`);
}
