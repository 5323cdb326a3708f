// Writes a model file in another program's format.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UnsupportedError } from '../../../core/floor.ts';
import { exportTensorFlowJs, tensorFlowJsWeightsFile } from '../../../engine/floor.ts';
import { halveWeights, writeOnnx } from '../../../onnx/floor.ts';
import { writeFileAtomic } from '../files/files.ts';
import { type LoadedModel, loadModel, naming } from './modelFile.ts';

/** Formats that can be written. */
export type ExportFormat = 'tfjs' | 'onnx-float16';

/** What was written. */
export interface ExportedModel {
  /** Name of the model. */
  readonly model: string;
  readonly to: ExportFormat;
  /** In the order in which they were written, each with its length. */
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
}

/**
 * Writes a model in another format.
 *
 * @param to `'tfjs'`: TensorFlow.js layers, `model.json` and its weights; `'onnx-float16'`: the same ONNX model at half
 * the size.
 * @param out for `'tfjs'` a folder, created when missing; for `'onnx-float16'` a file.
 * @throws {UsageError} when there is no such model.
 * @throws {UnsupportedError} naming the file, when the format has no place for what is in the model.
 */
export async function exportModel(nameOrFile: string, to: ExportFormat, out: string): Promise<ExportedModel> {
  const loaded = await loadModel(nameOrFile);
  const files = naming(loaded.path, () =>
    to === 'tfjs' ? tensorFlowJs(loaded, out) : [{ file: out, content: writeOnnx(halveWeights(loaded.model)) }],
  );
  if (to === 'tfjs') await mkdir(out, { recursive: true });
  for (const { file, content } of files) await writeFileAtomic(file, content);
  return { model: loaded.name, to, files: files.map(({ file, content }) => ({ file, bytes: content.length })) };
}

function tensorFlowJs({ model, card }: LoadedModel, folder: string): { file: string; content: string | Uint8Array }[] {
  if (card?.committee !== undefined) {
    throw new UnsupportedError(
      `export to TensorFlow.js: expected a single network, received a committee of ${card.committee.members.length}; "ductus committee split" takes it apart`,
    );
  }
  const { modelJson, weights } = exportTensorFlowJs(model);
  return [
    { file: join(folder, tensorFlowJsWeightsFile), content: weights },
    { file: join(folder, 'model.json'), content: modelJson },
  ];
}
