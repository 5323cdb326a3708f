// Compiles the runtime's WebAssembly kernels into a TypeScript file that holds them in base64, so that a page loads them with
// the script. The result is committed; a test compiles it again and compares. Run: npx tsx scripts/buildKernels.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';
import { kernelText } from './kernelText.ts';

/** The file that this script writes. */
export const kernelFile = fileURLToPath(new URL('../src/read/runtime/kernels/wasmCode.ts', import.meta.url));

/** The text of the file; the same on every machine. */
export async function kernelSource(): Promise<string> {
  const tools = await wabt();
  const module = tools.parseWat('kernels.wat', kernelText(), { simd: true });
  module.validate();
  const { buffer } = module.toBinary({ write_debug_names: false });
  module.destroy();
  const base64 = Buffer.from(buffer).toString('base64');
  const rows = base64.match(/.{1,110}/g)!;
  return `// Written by scripts/buildKernels.ts from scripts/kernelText.ts: do not edit. The WebAssembly kernels, ${buffer.length} bytes.

/** A WebAssembly module in base64. */
export const wasmCode =
${rows.map((row) => `  '${row}'`).join(' +\n')};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(kernelFile, await kernelSource());
