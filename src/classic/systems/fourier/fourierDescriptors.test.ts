import { beforeAll, describe, expect, it } from 'vitest';
import { crackMiddles, type Picture, traceContours } from '../../../picture/floor.ts';
import { openDataset } from '../../../platform/node/floor.ts';
import { pictureAt } from '../../../samples/data/pictures.ts';
import { type Curve, evenCurve } from './evenCurve.ts';
import { type FourierCoefficients, fourierTransform } from './fourierCoefficients.ts';
import { descriptorLength, type FourierDescriptors, fourierDescriptors } from './fourierDescriptors.ts';
import { fourierFeatures } from './fourierFeatures.ts';

const points = 64;
const harmonics = 8;
let digits: Picture[];
let curves: Curve[];
beforeAll(async () => {
  const data = await openDataset('mnist:train');
  digits = Array.from({ length: 20 }, (_, index) => pictureAt(data, index));
  curves = digits.map(({ width, height, pixels }) => {
    const mask = pixels.map((value) => (value > 127 ? 1 : 0));
    return evenCurve(crackMiddles(traceContours(mask, width, height)[0]!), points);
  });
});

/** The definition, term by term. */
function slowTransform({ x, y }: Curve, highest: number): FourierCoefficients {
  const sums = (values: Float64Array, wave: (angle: number) => number): Float64Array =>
    Float64Array.from({ length: highest + 1 }, (_, k) => {
      let sum = 0;
      for (let m = 0; m < values.length; m++) sum += values[m]! * wave((-2 * Math.PI * k * m) / values.length);
      return sum / values.length;
    });
  return {
    aReal: sums(x, Math.cos),
    aImaginary: sums(x, Math.sin),
    bReal: sums(y, Math.cos),
    bImaginary: sums(y, Math.sin),
  };
}

function expectClose(received: Float64Array, expected: Float64Array, digitsAlike = 9): void {
  expect(received).toHaveLength(expected.length);
  received.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, digitsAlike);
  });
}

const transform = fourierTransform(points, harmonics);
const described = (kind: FourierDescriptors, curve: Curve): Float64Array => fourierDescriptors(kind, transform(curve));

/** The curve from another of its points on. */
const begunAt = ({ x, y }: Curve, start: number): Curve => ({
  x: x.map((_, m) => x[(m + start) % points]!),
  y: y.map((_, m) => y[(m + start) % points]!),
});
/** Turned by an angle, scaled and moved. */
const moved = ({ x, y }: Curve, angle: number, scale: number, right: number): Curve => ({
  x: x.map((_, m) => scale * (x[m]! * Math.cos(angle) - y[m]! * Math.sin(angle)) + right),
  y: y.map((_, m) => scale * (x[m]! * Math.sin(angle) + y[m]! * Math.cos(angle)) - 3),
});

describe('evenCurve', () => {
  it('walks round a square in equal steps from its first corner', () => {
    const { x, y } = evenCurve(Float64Array.of(0, 0, 2, 0, 2, 2, 0, 2), 8);
    expect([...x]).toEqual([0, 1, 2, 2, 2, 1, 0, 0]);
    expect([...y]).toEqual([0, 0, 0, 1, 2, 2, 2, 1]);
  });

  it('takes a line without extent as one point', () => {
    expect(evenCurve(Float64Array.of(3, 4, 3, 4), 3)).toEqual({
      x: Float64Array.of(3, 3, 3),
      y: Float64Array.of(4, 4, 4),
    });
  });
});

describe('Fourier coefficients of outlines of digits', () => {
  it('are the sums of the definition', () => {
    for (const curve of curves) {
      const [fast, slow] = [transform(curve), slowTransform(curve, harmonics)];
      for (const part of ['aReal', 'aImaginary', 'bReal', 'bImaginary'] as const) expectClose(fast[part], slow[part]);
    }
  });

  it('give the outline back when none is left out', () => {
    const all = fourierTransform(points, points - 1);
    for (const curve of curves.slice(0, 5)) {
      const { aReal, aImaginary } = all(curve);
      const again = curve.x.map((_, m) => {
        let sum = 0;
        for (let k = 0; k < points; k++) {
          const angle = (2 * Math.PI * k * m) / points;
          sum += aReal[k]! * Math.cos(angle) - aImaginary[k]! * Math.sin(angle);
        }
        return sum;
      });
      expectClose(again, curve.x);
    }
  });
});

describe('Fourier descriptors of outlines of digits', () => {
  it.each(['magnitudes', 'oriented'] as const)('%s do not depend on start, size and place', (kind) => {
    for (const curve of curves) {
      const expected = described(kind, curve);
      expect(expected).toHaveLength(descriptorLength(kind, harmonics));
      expectClose(described(kind, begunAt(curve, 23)), expected);
      expectClose(described(kind, moved(curve, 0, 2.7, 100)), expected);
    }
  });

  it('magnitudes are the same of a turned and of a mirrored outline, oriented ones are not', () => {
    for (const curve of curves) {
      const turned = moved(curve, 1.1, 1, 0);
      // Against the sense of the contour, as the contour of a mirrored picture would run.
      const mirrored = { x: curve.x.map((_, m) => -curve.x[points - 1 - m]!), y: curve.y.slice().reverse() };
      for (const other of [turned, mirrored]) {
        expectClose(described('magnitudes', other), described('magnitudes', curve));
        const apart = described('oriented', other).map((value, i) => value - described('oriented', curve)[i]!);
        expect(Math.hypot(...apart)).toBeGreaterThan(0.1);
      }
    }
  });

  it('are 0 for a point', () => {
    const point = evenCurve(Float64Array.of(3, 4), points);
    expect(described('magnitudes', point)).toEqual(new Float64Array(harmonics - 1));
    expect(described('oriented', point)).toEqual(new Float64Array(4 * harmonics - 2));
  });
});

describe('fourierFeatures', () => {
  const settings = { descriptors: 'magnitudes', harmonics, points, thin: false } as const;
  const turnedRound = ({ width, height, pixels }: Picture): Picture => ({
    width,
    height,
    pixels: pixels.slice().reverse(),
  });

  it.each([false, true])('read a digit upside down as the same by magnitudes, thinned: %s', (thin) => {
    const { extract } = fourierFeatures({ ...settings, thin });
    const { extract: oriented } = fourierFeatures({ ...settings, thin, descriptors: 'oriented' });
    let [same, other] = [0, 0];
    for (const digit of digits) {
      const distance = (one: Float64Array, two: Float64Array): number => Math.hypot(...one.map((v, i) => v - two[i]!));
      same += distance(extract(digit), extract(turnedRound(digit)));
      other += distance(oriented(digit), oriented(turnedRound(digit)));
    }
    // Not exactly: a start between other pixels, and thinning that takes one corner first, change a little.
    expect(same / digits.length).toBeLessThan(thin ? 0.12 : 0.05);
    expect(other / digits.length).toBeGreaterThan(0.2);
  });

  it('are 0 for paper, and finite for a full picture and for one dot', () => {
    const { extract, length } = fourierFeatures(settings);
    const picture = (pixels: Uint8Array): Picture => ({ width: 4, height: 3, pixels });
    expect(extract(picture(new Uint8Array(12)))).toEqual(new Float64Array(length));
    expect(extract(picture(new Uint8Array(12).fill(255))).every(Number.isFinite)).toBe(true);
    expect(extract(picture(new Uint8Array(12).fill(200, 5, 6))).every(Number.isFinite)).toBe(true);
  });
});
