// What a reader of rows must tell apart: characters, and all else that lies between two cuts. Made of labelled characters put side by
// side, where it is known which is which.
import { randomStream } from '../../../core/floor.ts';
import { candidateCuts, frameInk, mnistFraming, type Picture } from '../../../picture/floor.ts';
import { cutPieces, lineInk, noCharacter, type Piece } from '../../../read/floor.ts';
import type { Dataset } from '../../../samples/floor.ts';
import { pictureAt } from '../../../samples/floor.ts';
import { type TouchingRow, type TouchingRowConfig, touchingRow } from './touchingRow.ts';

/** How many rows are made, and of what. */
export interface PieceSamplesConfig extends TouchingRowConfig {
  readonly rows: number;
  /** Characters in a row. */
  readonly length: number;
  /** The most pieces that are no character that are taken from a row. */
  readonly others: number;
}

/** A piece is a character that it has this share of, and little else: of the ink of both, this share is common. */
const surelyCharacter = 0.85;
/** It is none when less than this is common to it and any; what is between is left out. */
const surelyNone = 0.65;

/**
 * Pieces of rows of touching characters as a data set: of the classes of `data`, and one more, {@link noCharacter}, for parts of characters
 * and for several of them.
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
  /** Ink of both as a share of the ink of either. */
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
