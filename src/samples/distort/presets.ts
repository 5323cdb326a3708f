// Distortions by name, each with its source. Amounts that a source leaves open are marked "Ours".
import { UsageError } from '../../core/floor.ts';
import type { DistortionConfig } from './config.ts';

/** A distortion with a name. */
export interface DistortionPreset {
  readonly name: string;
  /** Its source, and which amounts the source leaves open. */
  readonly description: string;
  readonly config: DistortionConfig;
}

const degrees = Math.PI / 180;

const simard2003: DistortionPreset = {
  name: 'simard2003',
  description:
    'Simard, Steinkraus and Platt 2003: elastic distortion alone, sigma 4, alpha 34. ' +
    'Ours: the field is not normalised and does not fade at the edges; 28 x 28 instead of 29 x 29 pixels.',
  config: { side: 28, elastic: { sigma: 4, alpha: 34 } },
};

const ciresan2010: DistortionPreset = {
  name: 'ciresan2010',
  description:
    'Ciresan, Meier, Gambardella and Schmidhuber 2010: turned or slanted by up to 15 degrees (1 and 7: 7.5), scaled by ' +
    '15 to 20 %, elastic with sigma 5 to 6 and alpha 36 to 38. Ours: the middle of the ranges that they give; even chance of ' +
    'turn and slant; the field as in simard2003.',
  config: {
    side: 28,
    rotation: 15,
    scale: 0.175,
    shear: Math.tan(15 * degrees),
    rotateOrShear: true,
    elastic: { sigma: 5.5, alpha: 37 },
    classes: {
      1: { rotation: 7.5, shear: Math.tan(7.5 * degrees) },
      7: { rotation: 7.5, shear: Math.tan(7.5 * degrees) },
    },
  },
};

const report: DistortionPreset = {
  name: 'report',
  description:
    'The 2020 report after Chen, Wang, Fan, Sun and Naoi 2015: global and local distortion, both for every sample. The source ' +
    'gives no number: all amounts are ours, near those of Ciresan 2010. It names mirroring, which is left out: it changes labels.',
  config: {
    side: 28,
    rotation: 15,
    scale: 0.15,
    shear: 0.15,
    shift: 2, // a tenth of the 20 pixels of MNIST's ink
    elastic: { sigma: 5, alpha: 36 },
    classes: { 1: { rotation: 7.5, shear: 0.075 }, 7: { rotation: 7.5, shear: 0.075 } },
  },
};

const digits: DistortionPreset = {
  name: 'digits',
  description:
    'Ours: what the compact network is trained with (recipe "compact"); a coarse grid instead of a Gaussian.',
  config: { side: 28, rotation: 12, scale: 0.12, shear: 0.2, shift: 1.6, local: { points: 6, deviation: 0.7 } },
};

/**
 * The distortions that come with Ductus.
 *
 * @example
 * ```ts
 * import { distortionPresets } from 'ductus/samples';
 *
 * console.log(distortionPresets.map(({ name }) => name).includes('ciresan2010')); // true
 * ```
 */
export const distortionPresets: readonly DistortionPreset[] = [simard2003, ciresan2010, report, digits];

/** The preset with a name. @throws {UsageError} listing the known ones. */
export function distortionNamed(name: string): DistortionPreset {
  const found = distortionPresets.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `unknown distortion "${name}"; expected one of ${distortionPresets.map((preset) => preset.name).join(', ')}`,
  );
}
