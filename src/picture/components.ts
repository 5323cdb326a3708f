// Connected components: which ink pixels hang together. Measures them; what to make of them is for `selectInk` to say.

/** The 8-connected components of a mask, numbered from 1 in the order in which their first pixel is met, row by row. */
export interface Components {
  /** Number of components. */
  readonly count: number;
  /** Component of each pixel, 0 outside all; `[row, column]`. */
  readonly labels: Int32Array;
  /** Entry `n` of each list describes component `n`; entry 0 is unused. */
  readonly area: Int32Array;
  /** Sum of the pixels' values. */
  readonly mass: Float64Array;
  /** Highest value of a pixel. */
  readonly peak: Uint8Array;
  /** First column inside. */
  readonly left: Int32Array;
  /** First row inside. */
  readonly top: Int32Array;
  /** Last column inside. */
  readonly right: Int32Array;
  /** Last row inside. */
  readonly bottom: Int32Array;
}

/**
 * Finds the 8-connected components of the pixels above `floor`: two passes with union-find over provisional labels,
 * no recursion (Rosenfeld and Pfaltz 1966; the order of looking at neighbours is Wu, Otoo and Suzuki's of 2009).
 *
 * Memory: 4 bytes a pixel for labels, at most 1 more a pixel for the union (no two provisional labels are adjacent),
 * and 33 a component.
 *
 * @param pixels `[row, column]`, `width * height` values.
 * @param floor a pixel belongs to a component when its value is above this.
 *
 * @example
 * ```ts
 * import { findComponents } from 'ductus/picture';
 *
 * const pixels = Uint8Array.from([
 *   9, 0, 0, 9,
 *   9, 0, 0, 9,
 *   0, 0, 0, 9,
 * ]);
 * const parts = findComponents(pixels, 4, 3, 0);
 * console.log(parts.count, [...parts.area.subarray(1)]); // 2 [ 2, 3 ]
 * ```
 */
export function findComponents(pixels: Uint8Array, width: number, height: number, floor: number): Components {
  const labels = new Int32Array(width * height);
  // A new provisional label needs its left, upper-left, upper and upper-right pixels empty: at most one in a 2x2
  // square.
  const parent = new Int32Array(Math.ceil(width / 2) * Math.ceil(height / 2) + 1);
  let provisional = 0;

  const rootOf = (label: number): number => {
    let root = label;
    while (parent[root]! !== root) root = parent[root]!;
    for (let l = label; l !== root; ) {
      const next = parent[l]!;
      parent[l] = root;
      l = next;
    }
    return root;
  };
  const join = (a: number, b: number): number => {
    const rootA = rootOf(a);
    const rootB = rootOf(b);
    if (rootA < rootB) {
      parent[rootB] = rootA;
      return rootA;
    }
    parent[rootA] = rootB;
    return rootB;
  };

  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const at = row + x;
      if (pixels[at]! <= floor) continue;
      const above = y > 0 ? labels[at - width]! : 0;
      if (above !== 0) {
        labels[at] = above; // the other neighbours touch the upper one, so they are joined with it already
        continue;
      }
      const upperRight = y > 0 && x + 1 < width ? labels[at - width + 1]! : 0;
      const left = x > 0 ? labels[at - 1]! : 0;
      const other = left !== 0 ? left : y > 0 && x > 0 ? labels[at - width - 1]! : 0;
      if (upperRight !== 0) labels[at] = other !== 0 && other !== upperRight ? join(upperRight, other) : upperRight;
      else if (other !== 0) labels[at] = other;
      else {
        provisional++;
        parent[provisional] = provisional;
        labels[at] = provisional;
      }
    }
  }

  // A root is the smallest label of its set, so one pass upwards numbers the sets in order and resolves every label.
  let count = 0;
  for (let label = 1; label <= provisional; label++) {
    parent[label] = parent[label] === label ? ++count : parent[parent[label]!]!;
  }
  return measure(pixels, labels, parent, count, width, height);
}

function measure(
  pixels: Uint8Array,
  labels: Int32Array,
  numbers: Int32Array,
  count: number,
  width: number,
  height: number,
): Components {
  const area = new Int32Array(count + 1);
  const mass = new Float64Array(count + 1);
  const peak = new Uint8Array(count + 1);
  const left = new Int32Array(count + 1).fill(width);
  const top = new Int32Array(count + 1).fill(height);
  const right = new Int32Array(count + 1).fill(-1);
  const bottom = new Int32Array(count + 1).fill(-1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const label = labels[row + x]!;
      if (label === 0) continue;
      const n = numbers[label]!;
      labels[row + x] = n;
      const value = pixels[row + x]!;
      area[n]!++;
      mass[n]! += value;
      if (value > peak[n]!) peak[n] = value;
      if (x < left[n]!) left[n] = x;
      if (x > right[n]!) right[n] = x;
      if (y < top[n]!) top[n] = y;
      bottom[n] = y;
    }
  }
  return { count, labels, area, mass, peak, left, top, right, bottom };
}
