// `ductus export`: writes a model file in another program's format.
import { Command, Option } from 'commander';
import type { ExportFormat } from '../platform/node/floor.ts';
import { examples } from './options.ts';
import { printJson, printLine } from './output.ts';

interface ExportOptions {
  readonly to: ExportFormat;
  readonly out: string;
  readonly json?: boolean;
}

/** Formats that can be written. */
const formats = ['tfjs', 'onnx-float16'] as const satisfies readonly ExportFormat[];

/** Builds the command. */
export function exportCommand(): Command {
  return new Command('export')
    .summary('write a model in another format')
    .description(
      'Writes a model in another format. tfjs: TensorFlow.js layers, for tf.loadLayersModel: model.json and its weights;\n' +
        'input [batch, row, column, channel] with ink 0..1, output probabilities.\n' +
        'onnx-float16: the same ONNX model with its weights at half the size, for a web page.',
    )
    .argument('<model>', 'name of a shipped model or path of a model file')
    .addOption(new Option('--to <format>', 'format to write').choices(formats).makeOptionMandatory())
    .requiredOption('--out <path>', 'tfjs: folder, created when missing; onnx-float16: file')
    .option('--json', 'print the written files as JSON')
    .addHelpText(
      'after',
      examples(
        ['ductus export digits --to tfjs --out web/digits', 'for a page that uses TensorFlow.js'],
        ['ductus export runs/digits-1/model.onnx --to onnx-float16 --out digits.onnx', 'half the size'],
      ),
    )
    .action(runExport);
}

async function runExport(nameOrFile: string, { to, out, json }: ExportOptions): Promise<void> {
  const { exportModel } = await import('../platform/node/floor.ts');
  const { model, files } = await exportModel(nameOrFile, to, out);
  if (json) printJson({ model, to, files: files.map(({ file }) => file) });
  else for (const { file, bytes } of files) printLine(`${file} (${bytes} bytes)`);
}
