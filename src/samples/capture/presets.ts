// Captures by name, each for a kind of source. All amounts were chosen by eye from such pictures, not fitted to any
// set.
import { UsageError } from '../../core/floor.ts';
import type { CaptureConfig } from './config.ts';
import type { Colour } from './pen/pigment.ts';

/** A capture with a name. */
export interface CapturePreset {
  readonly name: string;
  /** The kind of picture that it makes. */
  readonly description: string;
  readonly config: CaptureConfig;
}

const blueInk: Colour = [0.1, 0.18, 0.6];
const blackInk: Colour = [0.08, 0.08, 0.1];
const redInk: Colour = [0.75, 0.1, 0.12];
const blueLine: Colour = [0.55, 0.7, 0.9];
const redLine: Colour = [0.95, 0.55, 0.55];
const yellowed: Colour = [0.75, 0.6, 0.35];

const ballpointScan: CapturePreset = {
  name: 'ballpointScan',
  description:
    'Ballpoint on greyish paper under a flatbed scanner: dark edges of the sheet, some dust, a neighbour now and then.',
  config: {
    size: [20, 64],
    margin: [0.05, 0.45],
    pen: {
      width: [0.05, 0.13],
      contrast: [0.6, 0.95],
      colours: [blueInk, blueInk, blackInk, redInk],
      fading: [0, 0.3],
      grain: [0, 0.25],
    },
    paper: { tone: [0.6, 0.92], texture: [0, 0.03] },
    neighbours: { beside: 0.12, reach: [0.05, 0.25] },
    specks: { number: [0, 3], size: [1, 3], contrast: [0.2, 0.7] },
    border: { chance: 0.3, depth: [0.02, 0.14], tone: [0.02, 0.45], tilt: 3 },
    light: { slope: [0, 0.15] },
    camera: { turn: 3, blur: [0.3, 0.9], noise: [0.005, 0.025], jpeg: [60, 95] },
  },
};

const pencil: CapturePreset = {
  name: 'pencil',
  description: 'Pencil, often faint and always grainy, on white, ruled or squared paper.',
  config: {
    size: [24, 90],
    margin: [0.05, 0.5],
    pen: { width: [0.05, 0.12], contrast: [0.2, 0.6], fading: [0.1, 0.35], grain: [0.15, 0.5] },
    paper: { tone: [0.8, 0.98], texture: [0.005, 0.025] },
    ruling: {
      chance: 0.4,
      squared: 0.5,
      spacing: [0.5, 1.4],
      thickness: [0.01, 0.03],
      contrast: [0.06, 0.2],
      tilt: 2,
      colours: [blueLine, [0, 0, 0]],
    },
    specks: { number: [0, 4], size: [1, 2.5], contrast: [0.1, 0.4] },
    light: { slope: [0, 0.15] },
    camera: { turn: 3, blur: [0.4, 1], noise: [0.005, 0.02], jpeg: [60, 95] },
  },
};

const camera: CapturePreset = {
  name: 'camera',
  description: 'A note photographed by telephone: shadow, slant, blur and noise, plain, ruled or squared paper.',
  config: {
    size: [24, 120],
    margin: [0.05, 0.6],
    pen: { width: [0.05, 0.16], contrast: [0.55, 0.95], colours: [blueInk, blackInk], fading: [0, 0.2] },
    paper: { tone: [0.65, 0.95], texture: [0, 0.02] },
    ruling: {
      chance: 0.4,
      squared: 0.6,
      spacing: [0.4, 1.4],
      thickness: [0.01, 0.035],
      contrast: [0.1, 0.4],
      tilt: 3,
      colours: [blueLine, blueLine, redLine, [0, 0, 0]],
    },
    neighbours: { beside: 0.12, above: 0.05, reach: [0.05, 0.3] },
    light: { slope: [0.05, 0.4], shadow: { chance: 0.4, depth: [0.2, 0.55], softness: [0.05, 0.8] } },
    camera: { turn: 8, perspective: 0.12, blur: [0.4, 1.6], resolution: [0.5, 1], noise: [0.01, 0.04], jpeg: [40, 90] },
  },
};

const cheque: CapturePreset = {
  name: 'cheque',
  description: 'A digit cut tightly from the amount of a cheque: patterned paper, touched by its neighbours and lines.',
  config: {
    size: [20, 64],
    margin: [-0.02, 0.15],
    pen: { width: [0.06, 0.15], contrast: [0.6, 0.95], fading: [0, 0.25], grain: [0, 0.2] },
    paper: { tone: [0.65, 0.92], texture: [0.01, 0.06], pattern: { contrast: [0.08, 0.3], period: [4, 16] } },
    ruling: { chance: 0.2, spacing: [1.2, 2], thickness: [0.02, 0.05], contrast: [0.2, 0.6], tilt: 1 },
    neighbours: { beside: 0.25, reach: [0.02, 0.15] },
    camera: { turn: 2, blur: [0.4, 1], noise: [0.01, 0.03], jpeg: [50, 90] },
  },
};

const oldBook: CapturePreset = {
  name: 'oldBook',
  description:
    'A figure from an old register: ink on darkened, spotted paper, writing from behind, neighbours and columns.',
  config: {
    size: [24, 110],
    margin: [0.02, 0.35],
    pen: { width: [0.06, 0.16], contrast: [0.45, 0.85], fading: [0.1, 0.45], grain: [0, 0.2] },
    paper: { tone: [0.5, 0.85], colours: [yellowed, [0.3, 0.3, 0.3]], texture: [0.02, 0.08] },
    box: { chance: 0.1, inset: [0.02, 0.15], thickness: [0.02, 0.05], contrast: [0.2, 0.6], tilt: 2 },
    bleed: { chance: 0.4, strength: [0.05, 0.25] },
    neighbours: { beside: 0.35, above: 0.2, reach: [0.05, 0.3] },
    specks: { number: [0, 8], size: [1, 4], contrast: [0.1, 0.5] },
    border: { chance: 0.06, depth: [0.02, 0.1], tone: [0.1, 0.5], tilt: 3 },
    light: { slope: [0, 0.25] },
    camera: { turn: 4, blur: [0.4, 1.3], noise: [0.01, 0.03], jpeg: [40, 85] },
  },
};

const tablet: CapturePreset = {
  name: 'tablet',
  description: 'Drawn with a finger or stylus: clean, thin or bold, of any size, also light on dark.',
  config: {
    size: [20, 140],
    margin: [0, 0.8],
    pen: { width: [0.02, 0.2], contrast: [0.7, 1] },
    negative: 0.3,
  },
};

const formCell: CapturePreset = {
  name: 'formCell',
  description: 'A cell cut from a scanned form: parts of its printed box stand about the character or run through it.',
  config: {
    size: [18, 64],
    margin: [0.03, 0.4],
    pen: { width: [0.05, 0.14], contrast: [0.6, 0.98], colours: [blueInk, blackInk], fading: [0, 0.2] },
    paper: { tone: [0.85, 1], texture: [0, 0.02] },
    box: { chance: 0.6, inset: [0, 0.14], thickness: [0.02, 0.06], contrast: [0.3, 0.9], tilt: 1.5 },
    specks: { number: [0, 2], size: [1, 2.5], contrast: [0.3, 0.9] },
    camera: { turn: 1.5, blur: [0.3, 0.9], noise: [0, 0.02], jpeg: [60, 95] },
  },
};

const bitmap: CapturePreset = {
  name: 'bitmap',
  description: 'A small picture of black and white alone, as older collections keep them: ragged, often stretched.',
  config: {
    size: [14, 32],
    margin: [0, 0.2],
    stretch: [0, 1],
    pen: { width: [0.06, 0.2] },
    specks: { number: [0, 1], size: [1, 1.5], contrast: [0.5, 1] },
    camera: { turn: 2, blur: [0.2, 0.8], noise: [0.02, 0.15], bitmap: 0.8 },
  },
};

/**
 * The captures that come with Ductus.
 *
 * @example
 * ```ts
 * import { capturePresets } from 'ductus/samples';
 *
 * console.log(capturePresets.map(({ name }) => name).includes('pencil')); // true
 * ```
 */
export const capturePresets: readonly CapturePreset[] = [
  ballpointScan,
  pencil,
  camera,
  cheque,
  oldBook,
  tablet,
  formCell,
  bitmap,
];

/** The preset with a name. @throws {UsageError} listing the known ones. */
export function captureNamed(name: string): CapturePreset {
  const found = capturePresets.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `unknown capture "${name}"; expected one of ${capturePresets.map((preset) => preset.name).join(', ')}`,
  );
}
