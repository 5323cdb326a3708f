// Samples of what a reader of rows must distinguish: characters, and everything else between two cuts. Made from
// labelled characters put side by side, so the labels are known.
import { randomStream } from '../../../core/floor.ts';
import { candidateCuts, frameInk, mnistFraming, type Picture } from '../../../picture/floor.ts';
import { cutPieces, lineInk, noCharacter, type Piece } from '../../../read/floor.ts';
import type { Dataset } from '../../../samples/floor.ts';
import { pictureAt } from '../../../samples/floor.ts';
import { type TouchingRow, type TouchingRowConfig, touchingRow } from './touchingRow.ts';

/** The number of rows, and their content. */
export interface PieceSamplesConfig extends TouchingRowConfig {
  readonly rows: number;
  /** Characters in a row. */
  readonly length: number;
  /** Most pieces of a row that are no character. */
  readonly others: number;
}

/** Least share of common ink, within the ink of both, at which a piece is that character. */
const surelyCharacter = 0.85;
/** Below this share with every character, a piece is no character; pieces between the two bounds are left out. */
const surelyNone = 0.65;

/**
 * Pieces of rows of touching characters as a data set. Its classes are those of `data` and one more,
 * {@link noCharacter}, for parts of characters and for several of them.
 *
 * @param data characters in MNIST's framing.
 *
 * @example
 * ```ts
 * import { pieceSamples } from 'ductus/classic';
 * import { openDataset } from 'ductus/node';
 *
 * const train = await openDataset('mnist:train');
 * const pieces = pieceSamples(train, { rows: 20, length: 3, others: 5, overlap: [0, 4], jitter: 2 }, 1);
 * console.log(pieces.labels.length - train.labels.length); // 1
 * ```
 */
export function pieceSamples(data: Dataset, config: PieceSamplesConfig, seed: number): Dataset {
  const labels = [...data.labels, noCharacter];
  const framed: Picture[] = [];
  const targets: number[] = [];
  for (let row = 0; row < config.rows; row++) {
    const random = randomStream(seed, 'piece samples', row);
    const chosen = Array.from({ length: config.length }, () => random.integer(data.count));
    const made = touchingRow(
      chosen.map((index) => pictureAt(data, index)),
      config,
      random,
    );
    const others: Picture[] = [];
    for (const { piece, owner, common } of judgedPieces(made)) {
      const picture = frameInk(piece.ink, mnistFraming);
      if (picture === undefined) continue;
      if (common >= surelyCharacter) {
        framed.push(picture);
        targets.push(data.targets[chosen[owner]!]!);
      } else if (common < surelyNone) others.push(picture);
    }
    for (let taken = 0; taken < config.others && others.length > 0; taken++) {
      framed.push(...others.splice(random.integer(others.length), 1));
      targets.push(labels.length - 1);
    }
  }
  const { size } = mnistFraming;
  const images = new Uint8Array(framed.length * size * size);
  for (const [index, { pixels }] of framed.entries()) images.set(pixels, index * size * size);
  return {
    name: `pieces of ${data.name}`,
    labels,
    width: size,
    height: size,
    count: framed.length,
    images,
    targets: Uint16Array.from(targets),
  };
}

/** A piece with the character that it has most in common with. */
interface JudgedPiece {
  readonly piece: Piece;
  readonly owner: number;
  /** Common ink as a share of the ink of either. */
  readonly common: number;
}

function judgedPieces({ picture, bounds, owners }: TouchingRow): JudgedPiece[] {
  const line = lineInk(picture);
  if (line === undefined) return [];
  const { ink, level, size } = line;
  const cuts = candidateCuts(ink, level, size);
  const whole = new Float64Array(bounds.length);
  owners.forEach((owner, at) => {
    if (owner > 0 && ink.amounts[at]! > level) whole[owner - 1]!++;
  });
  return cutPieces(ink, level, cuts, size).pieces.map((piece) => {
    const own = new Float64Array(bounds.length);
    let all = 0;
    for (let y = 0; y < ink.height; y++) {
      const from = piece.from === 0 ? 0 : cuts[piece.from - 1]!.columns[y]!;
      const to = piece.to > cuts.length ? ink.width : cuts[piece.to - 1]!.columns[y]!;
      for (let at = y * ink.width + from; at < y * ink.width + to; at++) {
        if (ink.amounts[at]! <= level || owners[at] === 0) continue;
        own[owners[at]! - 1]!++;
        all++;
      }
    }
    const shares = own.map((count, index) => count / (whole[index]! + all - count));
    const common = Math.max(...shares);
    return { piece, owner: shares.indexOf(common), common };
  });
}
