// `ductus export`: a model file in another program's format.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { UnsupportedError } from '../core/floor.ts';
import type { OnnxModel } from '../onnx/floor.ts';
import { examples } from './options.ts';
import { printJson, printLine } from './output.ts';

interface ExportOptions {
  readonly to: (typeof formats)[number];
  readonly out: string;
  readonly json?: boolean;
}

/** Formats that can be written. */
const formats = ['tfjs', 'onnx-float16'] as const;

/** Builds the command. */
export function exportCommand(): Command {
  return new Command('export')
    .summary('write a model in another format')
    .description(
      'Writes a model in another format. tfjs: TensorFlow.js layers, for tf.loadLayersModel: model.json and its weights;\n' +
        'input [batch, row, column, channel] with ink 0..1, output probabilities.\n' +
        'onnx-float16: the same ONNX model with its weights at half the size, for a page.',
    )
    .argument('<model>', 'name of a shipped model or path of a model file')
    .addOption(new Option('--to <format>', 'format to write').choices(formats).makeOptionMandatory())
    .requiredOption('--out <path>', 'tfjs: folder, made when it is not there; onnx-float16: file')
    .option('--json', 'print the written files as JSON')
    .addHelpText(
      'after',
      examples(
        ['ductus export digits --to tfjs --out web/digits', 'for a page that uses TensorFlow.js'],
        ['ductus export runs/digits-1/model.onnx --to onnx-float16 --out digits.onnx', 'half the size'],
      ),
    )
    .action(exportModel);
}

interface ExportedFile {
  readonly file: string;
  readonly content: string | Uint8Array;
}

async function exportModel(nameOrFile: string, options: ExportOptions): Promise<void> {
  const { loadModel, naming, writeFileAtomic } = await import('../platform/node/floor.ts');
  const { exportTensorFlowJs, tensorFlowJsWeightsFile } = await import('../engine/floor.ts');
  const { halveWeights, writeOnnx } = await import('../onnx/floor.ts');
  const { name, path, model, card } = await loadModel(nameOrFile);
  const files = naming(path, () => (options.to === 'tfjs' ? tensorFlowJs(model) : halved(model)));
  if (options.to === 'tfjs') await mkdir(options.out, { recursive: true });
  for (const { file, content } of files) await writeFileAtomic(file, content);
  if (options.json) printJson({ model: name, to: options.to, files: files.map(({ file }) => file) });
  else for (const { file, content } of files) printLine(`${file} (${content.length} bytes)`);

  function tensorFlowJs(model: OnnxModel): ExportedFile[] {
    if (card?.committee !== undefined) {
      throw new UnsupportedError(
        `export to TensorFlow.js: expected a single network, received a committee of ${card.committee.members.length}; "ductus committee split" takes it apart`,
      );
    }
    const { modelJson, weights } = exportTensorFlowJs(model);
    return [
      { file: join(options.out, tensorFlowJsWeightsFile), content: weights },
      { file: join(options.out, 'model.json'), content: modelJson },
    ];
  }
  function halved(model: OnnxModel): ExportedFile[] {
    return [{ file: options.out, content: writeOnnx(halveWeights(model)) }];
  }
}
