import { describe, expect, it } from 'vitest';
import { someDigits, testConformance, testHost } from '../../../../test/classic/conformance.ts';
import { nearestNeighbours } from './nearestNeighbours.ts';

testConformance({ kind: nearestNeighbours, accuracy: 0.8, otherSizeAccuracy: 0.9 });

describe('nearest neighbours', () => {
  it.each([1, 3, 40])('with k = %i votes as plain loops over all distances do', async (neighbours) => {
    const { train, test } = await someDigits(120, 40);
    const classifier = await nearestNeighbours(testHost, { neighbours }).fit(train, { seed: 1 });
    const { scores } = await classifier.predict(test.images);
    for (let row = 0; row < test.count; row++) {
      const distances = Array.from({ length: train.count }, (_, at) => {
        let sum = 0;
        for (let pixel = 0; pixel < 784; pixel++) {
          sum += (test.images[row * 784 + pixel]! - train.images[at * 784 + pixel]!) ** 2;
        }
        return { sum, target: train.targets[at]! };
      }).sort((one, other) => one.sum - other.sum || one.target - other.target);
      for (let index = 0; index < 10; index++) {
        const votes = distances.slice(0, neighbours).filter(({ target }) => target === index).length;
        const nearest = distances.find(({ target }) => target === index)!;
        expect(scores[row * 10 + index]).toBeCloseTo(votes + 1 / (1 + Math.sqrt(nearest.sum) / 255), 5);
      }
    }
    await classifier.dispose?.();
  });
});
