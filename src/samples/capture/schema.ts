// Checks every field of a capture's config, so that an error names the field.
import * as v from 'valibot';
import { checkWith, numberWithin, rangeWithin, schemaOf, share, strictObject } from '../../core/floor.ts';
import type { CaptureConfig } from './config.ts';

const shares = rangeWithin(0, 1);
const degrees = numberWithin(0, 45);
const colours = v.pipe(v.array(v.tuple([share, share, share])), v.minLength(1));
const lines = {
  thickness: shares,
  contrast: shares,
  tilt: v.exactOptional(degrees),
  colours: v.exactOptional(colours),
};

/**
 * Bounds without a stated reason have no source: values beyond them are probably mistakes, and the bounds limit time
 * and memory.
 */
const schema = schemaOf<CaptureConfig>()(
  strictObject({
    size: rangeWithin(8, 256),
    margin: rangeWithin(-0.5, 2),
    stretch: v.exactOptional(shares),
    pen: v.exactOptional(
      strictObject({
        width: v.exactOptional(rangeWithin(0.01, 0.5)),
        contrast: v.exactOptional(shares),
        colours: v.exactOptional(colours),
        fading: v.exactOptional(shares),
        grain: v.exactOptional(shares),
      }),
    ),
    paper: v.exactOptional(
      strictObject({
        tone: v.exactOptional(shares),
        colours: v.exactOptional(colours),
        texture: v.exactOptional(shares),
        pattern: v.exactOptional(strictObject({ contrast: shares, period: rangeWithin(2, 256) })),
      }),
    ),
    ruling: v.exactOptional(
      strictObject({ ...lines, chance: share, squared: v.exactOptional(share), spacing: rangeWithin(0.1, 4) }),
    ),
    box: v.exactOptional(strictObject({ ...lines, chance: share, inset: rangeWithin(0, 0.5) })),
    bleed: v.exactOptional(strictObject({ chance: share, strength: shares })),
    neighbours: v.exactOptional(
      strictObject({ beside: share, above: v.exactOptional(share), reach: rangeWithin(0, 2) }),
    ),
    specks: v.exactOptional(
      strictObject({ number: rangeWithin(0, 100), size: rangeWithin(0.5, 32), contrast: shares }),
    ),
    border: v.exactOptional(
      strictObject({ chance: share, depth: rangeWithin(0, 0.5), tone: shares, tilt: v.exactOptional(degrees) }),
    ),
    light: v.exactOptional(
      strictObject({
        slope: v.exactOptional(shares),
        shadow: v.exactOptional(strictObject({ chance: share, depth: shares, softness: rangeWithin(0, 4) })),
      }),
    ),
    camera: v.exactOptional(
      strictObject({
        turn: v.exactOptional(degrees),
        perspective: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.ltValue(0.5))),
        blur: v.exactOptional(rangeWithin(0, 16)),
        resolution: v.exactOptional(rangeWithin(0.05, 1)),
        noise: v.exactOptional(shares),
        jpeg: v.exactOptional(rangeWithin(1, 100)),
        bitmap: v.exactOptional(share),
      }),
    ),
    negative: v.exactOptional(share),
  }),
);

/** Checks a config. @throws {UsageError} naming the first wrong field. */
export function checkCapture(config: CaptureConfig): void {
  checkWith(schema, config, 'capture');
}
