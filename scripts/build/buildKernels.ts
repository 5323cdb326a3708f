// Compiles WebAssembly kernels into TypeScript files that hold them in base64, so that they are loaded with the script.
// The results are committed; a test compiles them again and compares. Run: npx tsx scripts/build/buildKernels.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import wabt from 'wabt';
import { kernelText } from './kernelText.ts';
import { updateKernelText } from './updateKernelText.ts';

/** A module: the file that this script writes, and the text that it is compiled from. */
export interface KernelModule {
  readonly file: string;
  readonly text: () => string;
  /** Script that holds the text, and what the module is, for the file's first line. */
  readonly from: string;
  readonly what: string;
}

const pathOf = (name: string): string => fileURLToPath(new URL(`../../src/${name}`, import.meta.url));

/** Every module: the runtime's, which pages load, and the optimisers'. */
export const kernelModules: readonly KernelModule[] = [
  {
    file: pathOf('read/runtime/kernels/wasmCode.ts'),
    text: kernelText,
    from: 'kernelText',
    what: 'The WebAssembly kernels',
  },
  {
    file: pathOf('learn/train/update/wasmCode.ts'),
    text: updateKernelText,
    from: 'updateKernelText',
    what: "The optimisers' WebAssembly kernels",
  },
];

/** The text of a module's file; the same on every machine. */
export async function kernelSource({ text, from, what }: KernelModule): Promise<string> {
  const tools = await wabt();
  const module = tools.parseWat('kernels.wat', text(), { simd: true, threads: true });
  const { buffer } = module.toBinary({ write_debug_names: false });
  module.destroy();
  // wabt's own check knows no shared memory; to compile is the check that counts.
  new WebAssembly.Module(new Uint8Array(buffer));
  const base64 = Buffer.from(buffer).toString('base64');
  const rows = base64.match(/.{1,110}/g)!;
  return `// Written by scripts/build/buildKernels.ts from scripts/build/${from}.ts: do not edit.
// ${what}, ${buffer.length} bytes.

/** A WebAssembly module in base64. */
export const wasmCode =
${rows.map((row) => `  '${row}'`).join(' +\n')};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const module of kernelModules) writeFileSync(module.file, await kernelSource(module));
}
