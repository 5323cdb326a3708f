// k-means: groups of vectors about their means (Lloyd 1957, published 1982). It divides a class into ways of writing
// it.
import type { Random } from '../../core/floor.ts';

/** Vectors, one per row. */
export interface VectorRows {
  readonly count: number;
  readonly size: number;
  /** `[count, size]`. */
  readonly data: Float32Array;
}

/** The result of {@link kMeans}. */
export interface Groups {
  /** Means, `[groups, size]`. */
  readonly means: VectorRows;
  /** `[count]`, the group of each row: the one whose mean is nearest. */
  readonly groups: Uint16Array;
}

/** Most rounds: digits change little after ten. */
const mostRounds = 20;

/**
 * Divides vectors into groups with small squared distances to their group's mean. In turn, every vector goes to the
 * nearest mean and every mean to the middle of its vectors, until nothing moves or for 20 rounds. A group that loses
 * all its vectors keeps its mean.
 *
 * @param groups number of groups, at least 1; the result never has more groups than vectors.
 * @param random draws the vectors that are the first means, all different.
 */
export function kMeans(rows: VectorRows, groups: number, random: Random): Groups {
  const { count, size, data } = rows;
  const wanted = Math.min(groups, count);
  const means = new Float32Array(wanted * size);
  firstRows(count, wanted, random).forEach((row, group) => {
    means.set(data.subarray(row * size, (row + 1) * size), group * size);
  });
  const owners = new Uint16Array(count);
  for (let round = 0; round < mostRounds; round++) {
    let moved = round === 0;
    for (let row = 0; row < count; row++) {
      const nearest = nearestMean(data, row * size, means, wanted, size);
      moved ||= nearest !== owners[row];
      owners[row] = nearest;
    }
    if (!moved) break;
    const sums = new Float64Array(wanted * size);
    const counts = new Uint32Array(wanted);
    for (let row = 0; row < count; row++) {
      const owner = owners[row]!;
      counts[owner]!++;
      for (let i = 0; i < size; i++) sums[owner * size + i]! += data[row * size + i]!;
    }
    for (let i = 0; i < means.length; i++) {
      const members = counts[Math.floor(i / size)]!;
      if (members > 0) means[i] = sums[i]! / members;
    }
  }
  return { means: { count: wanted, size, data: means }, groups: owners };
}

function nearestMean(data: Float32Array, start: number, means: Float32Array, count: number, size: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let group = 0; group < count; group++) {
    let distance = 0;
    for (let i = 0; i < size && distance < least; i++) {
      const difference = data[start + i]! - means[group * size + i]!;
      distance += difference * difference;
    }
    if (distance < least) {
      least = distance;
      nearest = group;
    }
  }
  return nearest;
}

/** Different rows at random: the first steps of a shuffle (Fisher and Yates). */
function firstRows(count: number, wanted: number, random: Random): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  for (let i = 0; i < wanted; i++) {
    const other = i + random.integer(count - i);
    [rows[i], rows[other]] = [rows[other]!, rows[i]!];
  }
  return rows.subarray(0, wanted);
}
