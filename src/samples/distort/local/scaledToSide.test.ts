import { describe, expect, it } from 'vitest';
import type { DistortionConfig } from '../config.ts';
import { distortionNamed } from '../presets.ts';
import { scaledToSide } from './scaledToSide.ts';

describe('scaledToSide', () => {
  it('makes pixels of 28 x 28 those of 56 x 56, and leaves angles, shares and strokes alone', () => {
    const config: DistortionConfig = {
      ...{ side: 28, rotation: 10, scale: 0.1, shift: 2, local: { points: 6, deviation: 0.7 } },
      ...{ elastic: { sigma: 5, alpha: 36 }, stroke: [-0.5, 0.5], blur: [0, 1], noise: [0, 0.1] },
      classes: { 1: { rotation: 5, shift: 1 }, 7: { rotation: 5 } },
    };
    expect(scaledToSide(config, 56)).toEqual({
      ...config,
      ...{ side: 56, shift: 4, local: { points: 6, deviation: 1.4 }, elastic: { sigma: 10, alpha: 72 }, blur: [0, 2] },
      classes: { 1: { rotation: 5, shift: 2 }, 7: { rotation: 5 } },
    });
  });

  it('leaves alone what is meant for the size, or does not say', () => {
    const { config } = distortionNamed('report');
    expect(scaledToSide(config, 28)).toBe(config);
    const silent = { shift: 2 };
    expect(scaledToSide(silent, 56)).toBe(silent);
  });
});
