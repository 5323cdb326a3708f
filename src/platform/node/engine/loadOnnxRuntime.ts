// Loads onnxruntime-node, an optional peer. Apart from its users, whose declarations must not name a package that may be missing.
import { MissingError } from '../../../core/floor.ts';

/** The module onnxruntime-node. */
export type OnnxRuntime = typeof import('onnxruntime-node');

/** The module onnxruntime-node. @throws {MissingError} with the command that installs it. */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    throw new MissingError(
      'training and evaluation need onnxruntime-node; install it with: npm install --ignore-scripts onnxruntime-node',
      {
        cause,
      },
    );
  }
}
