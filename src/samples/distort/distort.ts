// The sample generator: one bilinear warp of a picture by a global map and displacement fields together, then its
// appearance.
import { type Random, ShapeError, UsageError } from '../../core/floor.ts';
import { createAppearanceChanger } from './appearance/appearance.ts';
import { limitedConfig } from './classLimits.ts';
import type { DistortionConfig } from './config.ts';
import { drawAffine } from './global/affine.ts';
import { identityMap, mapRow } from './global/globalMap.ts';
import { drawPerspective } from './global/perspective.ts';
import { drawElastic, elasticField } from './local/elastic.ts';
import { drawGrid, gridField } from './local/gridDisplacement.ts';
import { scaledToSide } from './local/scaledToSide.ts';
import { drawMirror } from './mirror.ts';
import { sampleRow } from './sampleRow.ts';
import { checkDistortion, strengthFits } from './schema.ts';

/** Writes a distorted copy of a picture. */
export type Distorter = (
  source: Uint8Array,
  target: Uint8Array,
  random: Random,
  strength?: number,
  targetClass?: number,
) => void;

/**
 * A distorter for pictures of one size. It reuses its own memory: make one per thread.
 *
 * The picture is sampled at `c + M (A q + t) / (1 + g . q) + d(p)` for every pixel p. Here q = p - c, c is the centre,
 * A the inverse rotation, shear and scale, t the shift, M the mirroring, g the perspective, d the sum of the local
 * displacements. A single interpolation for all of them blurs only once. Stroke width, blur and noise follow. The same
 * generator, strength and class give the same sample; strength 0 gives the source, bit for bit.
 *
 * @param labels texts of the classes; needed where the config limits classes.
 * @returns a function of source, target, generator, strength and the sample's class. Source and target are different
 * arrays of `width * height` bytes, ink 255. Strength multiplies every amount (at least 0, default 1); the class is an
 * index into the labels.
 * @throws {UsageError} when the config is invalid, naming the field, or limits classes without labels.
 *
 * @example
 * ```ts
 * import { openDataset } from 'ductus/node';
 * import { createDistorter, distortionNamed, pictureAt, randomStream } from 'ductus/samples';
 *
 * const train = await openDataset('mnist:train');
 * const { pixels } = pictureAt(train, 0);
 * const distort = createDistorter(distortionNamed('ciresan2010').config, 28, 28, train.labels);
 * const turned = new Uint8Array(pixels.length);
 * distort(pixels, turned, randomStream(1), 1, train.targets[0]);
 * console.log(turned.some((value, at) => value !== pixels[at])); // true
 * ```
 */
export function createDistorter(
  given: DistortionConfig,
  width: number,
  height: number,
  labels?: readonly string[],
): Distorter {
  checkDistortion(given);
  const config = scaledToSide(given, Math.max(width, height));
  const { local, elastic, classes } = config;
  const limited = classes !== undefined && Object.keys(classes).length > 0;
  if (limited && labels === undefined) {
    throw new UsageError(
      'distortion, field classes: expected the labels of the classes to apply limits, received none',
    );
  }
  const configs = labels?.map((label) => {
    const limits = classes !== undefined && Object.hasOwn(classes, label) ? classes[label] : undefined;
    return limits === undefined ? config : limitedConfig(config, limits);
  });
  const grid = local && gridField(local, width, height);
  const sheet = elastic && elasticField(elastic, width, height);
  const changeAppearance = createAppearanceChanger(config, width, height);
  const map = identityMap();
  const xs = new Float64Array(width);
  const ys = new Float64Array(width);
  const pixels = width * height;

  return (source, target, random, strength = 1, targetClass) => {
    if (source.length !== pixels || target.length !== pixels) {
      throw new ShapeError(
        `distortion: expected source and target of ${pixels} pixels, received ${source.length} and ${target.length}`,
      );
    }
    if (!strengthFits(config, strength)) {
      throw new UsageError(
        `distortion: expected a strength of at least 0 at which scale stays below 1 and perspective below 0.5, received ${strength}`,
      );
    }
    if (strength === 0) {
      target.set(source);
      return;
    }
    const own = limited ? configs?.[targetClass ?? -1] : config;
    if (own === undefined) {
      throw new UsageError(
        `distortion: expected the sample's class, 0..${labels!.length - 1}, to apply its limits; received ${targetClass}`,
      );
    }
    // The order of the draws is part of the format: recorded trainings depend on it. New fields come after old ones.
    drawAffine(own, map, random, strength);
    if (own.perspective !== undefined) drawPerspective(own, map, width, height, random, strength);
    if (own.mirror !== undefined) drawMirror(own.mirror, map, random, strength);
    if (grid !== undefined) drawGrid(local!, grid, random, strength);
    if (sheet !== undefined) drawElastic(elastic!, sheet, random, strength);
    for (let y = 0; y < height; y++) {
      mapRow(map, y, height, xs, ys);
      grid?.addRow(y, xs, ys);
      sheet?.addRow(y, xs, ys);
      sampleRow(source, width, height, xs, ys, target, y * width);
    }
    changeAppearance?.(target, random, strength);
  };
}
