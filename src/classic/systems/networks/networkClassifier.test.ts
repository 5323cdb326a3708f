import { describe, expect, it } from 'vitest';
import { someDigits, testConformance, testHost } from '../../../../test/classic/conformance.ts';
import { countOf } from '../../../samples/floor.ts';
import { networkClassifier } from './networkClassifier.ts';
import { citedDesigns, laterDesigns } from './networkDesigns.ts';

// Every network that the field's comparisons cite; smaller batches, so that 300 samples are steps enough.
for (const design of citedDesigns) {
  testConformance({
    kind: (host) => networkClassifier(host, { ...design, training: { ...design.training, epochs: 6, batch: 20 } }),
    accuracy: 0.8,
    otherSizeAccuracy: 0.9,
  });
}

describe('network designs of later years', () => {
  it.each(laterDesigns.map((design) => [design.name, design] as const))(
    '%s learns and is the same out of its file',
    { tags: ['slow'] },
    async (_, design) => {
      const { train, test } = await someDigits(100, 40);
      const kind = networkClassifier(testHost, { ...design, training: { ...design.training, epochs: 1 } });
      const classifier = await kind.fit(train, { seed: 1 });
      const { scores } = await classifier.predict(test.images);
      const restored = await kind.restore(classifier.save(), 'test');
      expect((await restored.predict(test.images)).scores).toEqual(scores);
      expect(scores).toHaveLength(10 * countOf(test));
      await classifier.dispose?.();
      await restored.dispose?.();
    },
  );
});
