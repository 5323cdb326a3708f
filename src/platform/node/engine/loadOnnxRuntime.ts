// Loads onnxruntime-node, an optional peer. Separate from its users: their declarations must not name a package that
// may be missing.
import { loadOptional } from '../files/loadOptional.ts';

/** The module onnxruntime-node. */
export type OnnxRuntime = typeof import('onnxruntime-node');

/** The module onnxruntime-node. @throws {MissingError} with the command that installs it. */
export function loadOnnxRuntime(): Promise<OnnxRuntime> {
  const name = 'onnxruntime-node';
  return loadOptional(() => import('onnxruntime-node'), name, 'training or evaluating', `--ignore-scripts ${name}`);
}
