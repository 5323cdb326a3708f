// The runtime's WebAssembly kernels in WebAssembly's text format. Written by TypeScript only because a register tile is
// the same few lines for each of its rows: the text that comes out is plain and has no macros. It compiles nothing.

/** Filters (or units) of one tile: two vectors of four. Weights and biases are packed in blocks of this many. */
export const tileFilters = 8;

/**
 * Pixels (or rows) of one tile: eight sums, two vectors of weights and one of input leave five of the sixteen registers
 * of x64 for the compiler. On 32 channels of 12x12, filters x pixels: 8x4 26 GMAC/s, 16x2 26, 8x6 and 16x3 15, 12x4 14,
 * 8x8 13, 4x8 10 (Node 20, Zen 5): V8 spills from nine sums on.
 */
export const tilePixels = 4;

const halves = tileFilters / 4;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const lines = (count: number, line: (index: number) => string): string => range(count).map(line).join('\n');

/** Adds a tap to the sums of `pixels` pixels: a vector of weights times a pixel that is spread over all lanes. */
function addTap(pixels: number): string {
  return `${lines(halves, (half) => `(local.set $w${half} (v128.load offset=${half * 16} (local.get $w)))`)}
${lines(pixels, (pixel) => {
  const x = `(local.set $x (v128.load32_splat (i32.add (local.get $x${pixel}) (local.get $offset))))`;
  return `${x}\n${lines(halves, (half) => {
    const s = sumName(half, pixel);
    return `(local.set ${s} (f32x4.add (local.get ${s}) (f32x4.mul (local.get $w${half}) (local.get $x))))`;
  })}`;
})}`;
}

/** One kernel: what differs is where a pixel's input begins, where a tap lies from there, and how sums are stored. */
interface Variant {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Address of a pixel's first input; the pixel's number is in `$pixel`, plus `index`. */
  corner(index: number): string;
  /** Bytes from the corner to the tap that `$tap` bytes of a 4-byte count stand for. */
  readonly offset: string;
  /** Stores the sums of a whole tile, or of one pixel. */
  store(pixels: number): string;
  /** Bytes between two pixels, and between two blocks of filters, of the output. */
  readonly pixelStride: string;
  readonly blockStride: string;
}

/** Four lanes out of two vectors, the right one's numbered from 4. */
const pick = (left: string, right: string, lanes: readonly number[]): string =>
  `(i8x16.shuffle ${lanes.flatMap((lane) => range(4).map((byte) => lane * 4 + byte)).join(' ')} ${left} ${right})`;

const sumName = (half: number, pixel: number): string => `$s${half}_${pixel}`;

/** `max(sum, floor)`: Relu where the floor is 0, nothing where it is minus infinity; NaN passes. */
const floored = (value: string): string => `(f32x4.max ${value} (local.get $floors))`;

/** Runs `body` only where the block has a filter of that number: the last block may be filled up with zeros. */
const ifFilter = (filter: number, body: string): string =>
  `(if (i32.gt_s (local.get $filters) (i32.const ${filter})) (then ${body}))`;

/** Pixels of a filter lie side by side: four sums of four filters are transposed, and stored a filter at a time. */
const convolution: Variant = {
  name: 'convolution',
  parameters: ['taps', 'corners', 'filterStride'],
  corner: (index) =>
    `(i32.add (local.get $input) (i32.load offset=${index * 4} (i32.add (local.get $corners) (i32.shl (local.get $pixel) (i32.const 2)))))`,
  offset: '(i32.load (i32.add (local.get $taps) (local.get $tap)))',
  pixelStride: '(i32.const 4)',
  blockStride: `(i32.mul (local.get $filterStride) (i32.const ${tileFilters}))`,
  store: (pixels) =>
    lines(halves, (half) => {
      const sum = (pixel: number): string => `(local.get ${sumName(half, pixel)})`;
      const next = '(local.set $to (i32.add (local.get $to) (local.get $filterStride)))';
      if (pixels === 1) {
        return lines(
          4,
          (lane) =>
            `${ifFilter(half * 4 + lane, `(v128.store32_lane ${lane} (local.get $to) ${floored(sum(0))})`)}\n${next}`,
        );
      }
      const low = [0, 4, 1, 5];
      const high = [2, 6, 3, 7];
      return `(local.set $a ${pick(sum(0), sum(2), low)})
(local.set $b ${pick(sum(1), sum(3), low)})
(local.set $c ${pick(sum(0), sum(2), high)})
(local.set $d ${pick(sum(1), sum(3), high)})
${lines(4, (lane) => {
  const [left, right] = lane < 2 ? ['(local.get $a)', '(local.get $b)'] : ['(local.get $c)', '(local.get $d)'];
  const row = pick(left, right, lane % 2 === 0 ? low : high);
  return `${ifFilter(half * 4 + lane, `(v128.store (local.get $to) ${floored(row)})`)}\n${next}`;
})}`;
    }),
};

/** Units of a row lie side by side, as the sums do. */
const dense: Variant = {
  name: 'dense',
  parameters: ['rowStride'],
  corner: (index) =>
    `(i32.add (local.get $input) (i32.mul (i32.add (local.get $pixel) (i32.const ${index})) (i32.shl (local.get $depth) (i32.const 2))))`,
  offset: '(local.get $tap)',
  pixelStride: '(local.get $rowStride)',
  blockStride: `(i32.const ${tileFilters * 4})`,
  store: (pixels) =>
    lines(
      pixels,
      (pixel) => `${lines(halves, (half) => {
        const at = `offset=${half * 16}`;
        return `(local.set $a ${floored(`(local.get ${sumName(half, pixel)})`)})
(if (i32.ge_s (local.get $filters) (i32.const ${half * 4 + 4}))
(then (v128.store ${at} (local.get $to) (local.get $a)))
(else
${lines(3, (lane) => ifFilter(half * 4 + lane, `(v128.store32_lane offset=${half * 16 + lane * 4} ${lane} (local.get $to) (local.get $a))`))}))`;
      })}
(local.set $to (i32.add (local.get $to) (local.get $rowStride)))`,
    ),
};

/**
 * Sums one tile from its bias on, over all taps. One pixel alone has two sums, which wait for themselves; four taps at
 * a time, each with sums of its own, were slower all the same (12 GMAC/s against 16 on a dense layer of 3136 x 1024).
 */
function sumTile(variant: Variant, pixels: number): string {
  return `${lines(pixels, (pixel) => `(local.set $x${pixel} ${variant.corner(pixel)})`)}
${lines(halves, (half) => `(local.set $w${half} (v128.load offset=${half * 16} (local.get $bias)))`)}
${lines(halves, (half) => lines(pixels, (pixel) => `(local.set ${sumName(half, pixel)} (local.get $w${half}))`))}
(local.set $w (local.get $weights))
(local.set $tap (i32.const 0))
(loop $taps
(local.set $offset ${variant.offset})
${addTap(pixels)}
(local.set $w (i32.add (local.get $w) (i32.const ${tileFilters * 4})))
(br_if $taps (i32.lt_u (local.tee $tap (i32.add (local.get $tap) (i32.const 4))) (local.get $end))))
(local.set $to (i32.add (local.get $output) (i32.mul (local.get $pixel) ${variant.pixelStride})))
${variant.store(pixels)}`;
}

function kernel(variant: Variant): string {
  const parameters = ['weights', 'bias', 'depth', 'filters', 'input', 'pixels', 'output', ...variant.parameters];
  const integers = ['pixel', 'last', 'end', 'tap', 'offset', 'w', 'to', ...range(tilePixels).map((at) => `x${at}`)];
  const vectors = ['x', 'floors', 'a', 'b', 'c', 'd', ...range(halves).map((half) => `w${half}`)];
  const sums = range(halves).flatMap((half) => range(tilePixels).map((pixel) => sumName(half, pixel)));
  return `(func (export "${variant.name}") ${parameters.map((name) => `(param $${name} i32)`).join(' ')} (param $floor f32)
${integers.map((name) => `(local $${name} i32)`).join(' ')}
${vectors.map((name) => `(local $${name} v128)`).join(' ')} ${sums.map((name) => `(local ${name} v128)`).join(' ')}
(local.set $floors (f32x4.splat (local.get $floor)))
(local.set $end (i32.shl (local.get $depth) (i32.const 2)))
(local.set $last (i32.sub (local.get $pixels) (i32.const ${tilePixels})))
(loop $blocks
(local.set $pixel (i32.const 0))
(if (i32.ge_s (local.get $last) (i32.const 0))
(then (loop $tiles
;; The last tile ends with the last pixel: it may compute some pixels a second time, with the same result.
(if (i32.gt_s (local.get $pixel) (local.get $last)) (then (local.set $pixel (local.get $last))))
${sumTile(variant, tilePixels)}
(local.set $pixel (i32.add (local.get $pixel) (i32.const ${tilePixels})))
(br_if $tiles (i32.lt_s (local.get $pixel) (local.get $pixels)))))
(else (loop $singles
${sumTile(variant, 1)}
(local.set $pixel (i32.add (local.get $pixel) (i32.const 1)))
(br_if $singles (i32.lt_s (local.get $pixel) (local.get $pixels))))))
(local.set $weights (i32.add (local.get $weights) (i32.mul (local.get $depth) (i32.const ${tileFilters * 4}))))
(local.set $bias (i32.add (local.get $bias) (i32.const ${tileFilters * 4})))
(local.set $output (i32.add (local.get $output) ${variant.blockStride}))
(br_if $blocks (i32.gt_s (local.tee $filters (i32.sub (local.get $filters) (i32.const ${tileFilters}))) (i32.const 0)))))`;
}

/** Maximum over windows of 2 x 2 that do not overlap; at least four outputs a row, the last four end with the row. */
const poolText = `(func (export "poolHalves") (param $input i32) (param $output i32) (param $planes i32) (param $planeStride i32) (param $rowStride i32) (param $rows i32) (param $columns i32)
(local $line i32) (local $row i32) (local $column i32) (local $last i32) (local $upper i32) (local $lower i32) (local $a v128) (local $b v128)
(local.set $last (i32.sub (local.get $columns) (i32.const 4)))
(loop $each
(local.set $line (local.get $input))
(local.set $row (local.get $rows))
(loop $down
(local.set $column (i32.const 0))
(loop $along
(if (i32.gt_s (local.get $column) (local.get $last)) (then (local.set $column (local.get $last))))
(local.set $upper (i32.add (local.get $line) (i32.shl (local.get $column) (i32.const 3))))
(local.set $lower (i32.add (local.get $upper) (local.get $rowStride)))
(local.set $a (f32x4.max (v128.load (local.get $upper)) (v128.load (local.get $lower))))
(local.set $b (f32x4.max (v128.load offset=16 (local.get $upper)) (v128.load offset=16 (local.get $lower))))
(v128.store (i32.add (local.get $output) (i32.shl (local.get $column) (i32.const 2)))
(f32x4.max ${pick('(local.get $a)', '(local.get $b)', [0, 2, 4, 6])} ${pick('(local.get $a)', '(local.get $b)', [1, 3, 5, 7])}))
(local.set $column (i32.add (local.get $column) (i32.const 4)))
(br_if $along (i32.lt_s (local.get $column) (local.get $columns))))
(local.set $output (i32.add (local.get $output) (i32.shl (local.get $columns) (i32.const 2))))
(local.set $line (i32.add (local.get $line) (i32.shl (local.get $rowStride) (i32.const 1))))
(br_if $down (local.tee $row (i32.sub (local.get $row) (i32.const 1)))))
(local.set $input (i32.add (local.get $input) (local.get $planeStride)))
(br_if $each (local.tee $planes (i32.sub (local.get $planes) (i32.const 1))))))`;

/**
 * The module's text: three kernels over one imported memory. All parameters are bytes or counts; `floor` is a float.
 */
export function kernelText(): string {
  return `(module
(import "host" "memory" (memory 0))
${kernel(convolution)}
${kernel(dense)}
${poolText})`;
}
