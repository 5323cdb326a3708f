// The optimisers' kernels in WebAssembly's text format. Every one is a single pass over its operands, four floats at a time:
// what limits them is memory, and a pass less is what they are for.

/** A kernel: a body that runs for every four floats, with the addresses that walk along. */
interface Walk {
  readonly name: string;
  /** Tensors, each a byte address; they advance together. */
  readonly tensors: readonly string[];
  /** Numbers; each is there as a vector of the same name with an `s` behind it. */
  readonly numbers: readonly string[];
  /** Vectors that the body keeps something in. */
  readonly locals?: readonly string[];
  readonly body: string;
}

const load = (tensor: string): string => `(v128.load (local.get $${tensor}))`;
const store = (tensor: string, value: string): string => `(v128.store (local.get $${tensor}) ${value})`;
const spread = (number: string): string => `(local.get $${number}s)`;
const binary =
  (name: string) =>
  (left: string, right: string): string =>
    `(f32x4.${name} ${left} ${right})`;
const [add, subtract, multiply, divide] = ['add', 'sub', 'mul', 'div'].map(binary) as [
  ReturnType<typeof binary>,
  ReturnType<typeof binary>,
  ReturnType<typeof binary>,
  ReturnType<typeof binary>,
];
const keep = (local: string, value: string): string => `(local.set $${local} ${value})`;
const kept = (local: string): string => `(local.get $${local})`;

const kernels: readonly Walk[] = [
  {
    name: 'scale',
    tensors: ['target', 'source'],
    numbers: ['weight'],
    body: store('target', multiply(load('source'), spread('weight'))),
  },
  {
    name: 'accumulate',
    tensors: ['target', 'source'],
    numbers: ['weight'],
    body: store('target', add(load('target'), multiply(load('source'), spread('weight')))),
  },
  {
    name: 'approach',
    tensors: ['target', 'source'],
    numbers: ['share'],
    body: store('target', add(load('target'), multiply(subtract(load('source'), load('target')), spread('share')))),
  },
  {
    name: 'adam',
    tensors: ['parameter', 'first', 'second', 'gradient'],
    numbers: ['beta1', 'beta2', 'stepSize', 'epsilon', 'shrink'],
    locals: ['g', 'm', 'v'],
    body: `${keep('g', load('gradient'))}
${keep('m', add(multiply(load('first'), spread('beta1')), kept('g')))}
${keep('v', add(multiply(load('second'), spread('beta2')), multiply(kept('g'), kept('g'))))}
${store('first', kept('m'))}
${store('second', kept('v'))}
${store(
  'parameter',
  subtract(
    multiply(load('parameter'), spread('shrink')),
    divide(multiply(kept('m'), spread('stepSize')), add(`(f32x4.sqrt ${kept('v')})`, spread('epsilon'))),
  ),
)}`,
  },
  {
    name: 'momentum',
    tensors: ['parameter', 'velocity', 'gradient'],
    numbers: ['momentum', 'rate', 'weightDecay', 'lookAhead', 'alongVelocity'],
    locals: ['g', 'v'],
    body: `${keep('g', add(load('gradient'), multiply(load('parameter'), spread('weightDecay'))))}
${keep('v', add(multiply(load('velocity'), spread('momentum')), kept('g')))}
${store('velocity', kept('v'))}
;; Nesterov: along 1 g + momentum v; else along 0 g + 1 v.
${keep('g', add(multiply(kept('g'), spread('lookAhead')), multiply(kept('v'), spread('alongVelocity'))))}
${store('parameter', subtract(load('parameter'), multiply(kept('g'), spread('rate'))))}`,
  },
  {
    name: 'descend',
    tensors: ['parameter', 'gradient'],
    numbers: ['rate', 'weightDecay'],
    body: store(
      'parameter',
      subtract(
        load('parameter'),
        multiply(add(load('gradient'), multiply(load('parameter'), spread('weightDecay'))), spread('rate')),
      ),
    ),
  },
];

function kernel({ name, tensors, numbers, locals = [], body }: Walk): string {
  const advance = tensors.map((tensor) => `(local.set $${tensor} (i32.add (local.get $${tensor}) (i32.const 16)))`);
  return `(func (export "${name}") ${tensors.map((tensor) => `(param $${tensor} i32)`).join(' ')} (param $count i32) ${numbers.map((number) => `(param $${number} f32)`).join(' ')}
${numbers.map((number) => `(local $${number}s v128)`).join(' ')} ${locals.map((local) => `(local $${local} v128)`).join(' ')}
${numbers.map((number) => `(local.set $${number}s (f32x4.splat (local.get $${number})))`).join('\n')}
(if (i32.eqz (local.get $count)) (then (return)))
(loop $each
${body}
${advance.join('\n')}
(br_if $each (local.tee $count (i32.sub (local.get $count) (i32.const 4))))))`;
}

/** Four rows and eight columns of sums, two vectors and a spread number: eleven of sixteen registers (see `kernelText.ts`). */
const outerTile = { rows: 4, vectors: 2 };

/** `target[i, c] = sum_n left[n, i] right[n, c]` for four rows i and all columns c, a multiple of eight. Strides are bytes. */
function outerText(): string {
  const { rows, vectors } = outerTile;
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  const sum = (row: number, vector: number): string => `$s${row}_${vector}`;
  const sums = range(rows).flatMap((row) => range(vectors).map((vector) => sum(row, vector)));
  const each = (text: (row: number, vector: number) => string): string =>
    range(rows)
      .flatMap((row) => range(vectors).map((vector) => text(row, vector)))
      .join('\n');
  const width = 16 * vectors;
  return `(func (export "outer") (param $target i32) (param $left i32) (param $right i32) (param $samples i32) (param $leftStride i32) (param $rightStride i32) (param $columns i32)
(local $l i32) (local $r i32) (local $n i32) (local $to i32) (local $rest i32) (local $x v128)
${range(vectors)
  .map((vector) => `(local $w${vector} v128)`)
  .join(' ')} ${sums.map((name) => `(local ${name} v128)`).join(' ')}
(local.set $rest (local.get $columns))
(loop $tiles
${sums.map((name) => `(local.set ${name} (v128.const i32x4 0 0 0 0))`).join('\n')}
(local.set $l (local.get $left))
(local.set $r (local.get $right))
(local.set $n (local.get $samples))
(loop $each
${range(vectors)
  .map((vector) => `(local.set $w${vector} (v128.load offset=${16 * vector} (local.get $r)))`)
  .join('\n')}
${range(rows)
  .map(
    (row) => `(local.set $x (v128.load32_splat offset=${4 * row} (local.get $l)))
${range(vectors)
  .map(
    (vector) =>
      `(local.set ${sum(row, vector)} (f32x4.add (local.get ${sum(row, vector)}) (f32x4.mul (local.get $w${vector}) (local.get $x))))`,
  )
  .join('\n')}`,
  )
  .join('\n')}
(local.set $l (i32.add (local.get $l) (local.get $leftStride)))
(local.set $r (i32.add (local.get $r) (local.get $rightStride)))
(br_if $each (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
(local.set $to (local.get $target))
${each(
  (row, vector) =>
    `(v128.store offset=${16 * vector} (local.get $to) (local.get ${sum(row, vector)}))${
      vector === vectors - 1
        ? '\n(local.set $to (i32.add (local.get $to) (i32.shl (local.get $columns) (i32.const 2))))'
        : ''
    }`,
)}
(local.set $target (i32.add (local.get $target) (i32.const ${width})))
(local.set $right (i32.add (local.get $right) (i32.const ${width})))
(br_if $tiles (local.tee $rest (i32.sub (local.get $rest) (i32.const ${width / 4}))))))`;
}

/** The module's text: every kernel over one imported shared memory of up to 4 GiB. Counts are multiples of four. */
export function updateKernelText(): string {
  return `(module
(import "host" "memory" (memory 0 65536 shared))
${kernels.map(kernel).join('\n')}
${outerText()})`;
}
