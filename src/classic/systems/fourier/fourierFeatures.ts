// From a picture of a character to the Fourier descriptors of its outline: the order of the steps.
import {
  crackMiddles,
  greyHistogram,
  otsuThreshold,
  type Picture,
  shearPicture,
  slantOf,
  thinMask,
  traceContours,
} from '../../../picture/floor.ts';
import type { FeatureExtractor } from '../../parts/featureClassifier.ts';
import { evenCurve } from './evenCurve.ts';
import { fourierTransform } from './fourierCoefficients.ts';
import { descriptorLength, type FourierDescriptors, fourierDescriptors } from './fourierDescriptors.ts';

/** How outlines are described. The report names coefficients of a contour only; it leaves all values open. */
export interface FourierSettings {
  readonly descriptors: FourierDescriptors;
  /** The highest k, at least 2; literature keeps 5 to 16. */
  readonly harmonics: number;
  /** Points along the contour, more than twice the harmonics. */
  readonly points: number;
  /** Whether strokes are thinned to lines before the contour is traced. */
  readonly thin: boolean;
}

/** Least grey of ink in a picture with one grey level only, where Otsu's rule has nothing to divide. */
const middleGrey = 127;

/**
 * Binarises (Otsu), deslants the ink, thins it if `thin` says so, traces the outer contour of the largest piece, and
 * describes it. A picture without ink has zeros.
 */
export function fourierFeatures(settings: FourierSettings): FeatureExtractor {
  const { descriptors, harmonics, points, thin } = settings;
  const transform = fourierTransform(points, harmonics);
  const length = descriptorLength(descriptors, harmonics);
  return {
    settings,
    length,
    extract(picture) {
      const upright = shearPicture(picture, slantOf(inkMask(picture), picture.width, picture.height)).picture;
      const mask = inkMask(upright);
      if (thin) thinMask(mask, upright.width, upright.height);
      const outlines = traceContours(mask, upright.width, upright.height).filter(({ hole }) => !hole);
      if (outlines.length === 0) return new Float64Array(length);
      const largest = outlines.reduce((best, contour) => (contour.area > best.area ? contour : best));
      return fourierDescriptors(descriptors, transform(evenCurve(crackMiddles(largest), points)));
    },
  };
}

function inkMask({ pixels }: Picture): Uint8Array {
  const level = otsuThreshold(greyHistogram(pixels))?.level ?? middleGrey;
  return pixels.map((value) => (value > level ? 1 : 0));
}
