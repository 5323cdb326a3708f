// Framing of captures: each effect separately, on real digits, against the same ink framed alone.
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../core/floor.ts';
import { frameCharacter, mnistFraming, type Picture } from '../../picture/floor.ts';
import { openDataset } from '../../platform/node/floor.ts';
import { pictureAt } from '../data/pictures.ts';
import { captureSample } from './capture.ts';
import type { CaptureConfig } from './config.ts';

const count = 24;
let digits: Picture[];
beforeAll(async () => {
  const data = await openDataset('mnist:train');
  digits = Array.from({ length: count }, (_, index) => pictureAt(data, index));
});

/** A digit of 48 pixels in ink of three quarters on light paper, with some blur: not hard on its own. */
const easy: CaptureConfig = {
  size: [48, 48],
  margin: [0.15, 0.4],
  pen: { width: [0.08, 0.12], contrast: [0.75, 0.75] },
  paper: { tone: [0.9, 0.9] },
  camera: { blur: [0.5, 0.5] },
};

/**
 * Framed pictures that differ by this many grey levels a pixel are close; a speck or a line that shrinks the digit
 * costs 20 and more.
 */
const close = 12;

/** Share of the captures whose framing nearly equals that of the ink alone. */
function shareFound(change: Partial<CaptureConfig>): number {
  let found = 0;
  for (const [index, digit] of digits.entries()) {
    const random = randomStream(3, index);
    const { picture, ink } = captureSample(digit, { ...easy, ...change }, random, (own) => digits[own.integer(count)]!);
    const framed = frameCharacter(picture, mnistFraming);
    const alone = frameCharacter(ink, mnistFraming)!;
    if (framed !== undefined && difference(framed, alone) <= close) found++;
  }
  return found / count;
}

/** Mean difference of two framed pictures after the best shift by at most a pixel: edges move the centre of mass. */
function difference(left: Picture, right: Picture): number {
  let best = 255;
  for (const shift of [-29, -28, -27, -1, 0, 1, 27, 28, 29]) {
    let sum = 0;
    for (let i = 0; i < 784; i++) sum += Math.abs(left.pixels[i]! - (right.pixels[i + shift] ?? 0));
    best = Math.min(best, sum / 784);
  }
  return best;
}

const line = { thickness: [0.02, 0.04], contrast: [0.3, 0.6], tilt: 2 } as const;

describe('framing finds a digit', () => {
  it.each<[what: string, share: number, change: Partial<CaptureConfig>]>([
    ['on plain paper', 1, {}],
    ['as a negative', 1, { negative: 1 }],
    ['in faint ink', 1, { pen: { width: [0.08, 0.12], contrast: [0.2, 0.2] } }],
    ['in fading and grainy ink', 0.75, { pen: { contrast: [0.6, 0.6], fading: [0.2, 0.2], grain: [0.3, 0.3] } }],
    ['drawn with a thin pen', 1, { pen: { width: [0.04, 0.04], contrast: [0.75, 0.75] } }],
    ['drawn with a thick pen', 1, { pen: { width: [0.2, 0.2], contrast: [0.75, 0.75] } }],
    ['on rough paper', 0.95, { paper: { tone: [0.8, 0.8], texture: [0.04, 0.04] } }],
    ['on patterned paper', 0.85, { paper: { tone: [0.8, 0.8], pattern: { contrast: [0.2, 0.2], period: [6, 12] } } }],
    ['under sloping light', 1, { light: { slope: [0.4, 0.4] } }],
    ['half in a shadow', 0.8, { light: { shadow: { chance: 1, depth: [0.4, 0.4], softness: [0.2, 0.5] } } }],
    ['between ruled lines', 0.85, { ruling: { ...line, chance: 1, spacing: [0.6, 0.8] } }],
    ['on squared paper', 0.75, { ruling: { ...line, chance: 1, squared: 1, spacing: [0.5, 0.8] } }],
    ['in a box', 0.7, { box: { ...line, chance: 1, inset: [0.02, 0.1] } }],
    ['with dark borders', 0.9, { border: { chance: 0.5, depth: [0.04, 0.12], tone: [0.05, 0.3], tilt: 2 } }],
    [
      'within a dark border all around',
      0.9,
      { border: { chance: 1, depth: [0.04, 0.12], tone: [0.05, 0.3], tilt: 3 } },
    ],
    ['among specks', 0.75, { specks: { number: [4, 6], size: [1, 2.5], contrast: [0.5, 0.8] } }],
    ['beside neighbours', 0.8, { neighbours: { beside: 1, reach: [0.1, 0.25] } }],
    ['between lines of writing', 0.9, { neighbours: { beside: 0, above: 1, reach: [0.1, 0.2] } }],
    ['over writing from behind', 0.8, { bleed: { chance: 1, strength: [0.1, 0.15] } }],
    ['out of focus', 0.6, { camera: { blur: [1.5, 1.5] } }],
    ['at a low resolution', 0.75, { camera: { resolution: [0.45, 0.45] } }],
    ['through noise', 0.95, { camera: { blur: [0.5, 0.5], noise: [0.06, 0.06] } }],
    ['in a poor JPEG file', 0.95, { camera: { blur: [0.5, 0.5], jpeg: [25, 25] } }],
    ['tilted', 1, { camera: { turn: 8, perspective: 0.15, blur: [0.5, 0.5] } }],
    ['in a tight crop', 1, { margin: [0, 0] }],
    ['cut by the edge of the picture', 0.9, { margin: [-0.06, -0.03] }],
    ['in a corner of much paper', 0.95, { margin: [0.05, 1.5] }],
    ['of 20 pixels', 0.6, { size: [20, 20] }],
    ['of 150 pixels', 1, { size: [150, 150] }],
  ])('%s', { tags: ['slow'] }, (_what, share, change) => {
    expect(shareFound(change)).toBeGreaterThanOrEqual(share);
  });
});
