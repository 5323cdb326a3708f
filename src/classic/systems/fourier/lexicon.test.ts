// A lexicon after a weak classifier: its real confusions on training digits make the costs, with which other digits are
// read.
import { expect, it } from 'vitest';
import { someDigits, testHost } from '../../../../test/classic/conformance.ts';
import { plainCosts, randomStream } from '../../../core/floor.ts';
import { confusionCosts, nearestWords } from '../../../read/floor.ts';
import { fourierKinds } from './fourierKinds.ts';

it('a lexicon mends most numbers that are misread, and costs by confusions more than plain ones', {
  tags: ['slow'],
}, async () => {
  const { train, test } = await someDigits(300, 900);
  const kind = fourierKinds(testHost).find(({ name }) => name === 'fourier-forest')!;
  const classifier = await kind.fit(train, { seed: 1 });
  const { scores } = await classifier.predict(test.images);
  const answers = Array.from({ length: test.count }, (_, at) => {
    const own = scores.subarray(at * 10, (at + 1) * 10);
    return own.indexOf(Math.max(...own));
  });
  const { labels } = test;
  // One half shows the confusions; the other makes the numbers.
  const half = test.count / 2;
  const confusion = labels.map(() => labels.map(() => 0));
  for (let at = 0; at < half; at++) confusion[test.targets[at]!]![answers[at]!]!++;
  const confused = confusionCosts({ labels, confusion });
  const samplesOf = labels.map((_, target) =>
    [...answers.keys()].filter((at) => at >= half && test.targets[at] === target),
  );
  const random = randomStream(1, 'lexicon test');
  const lexicon = Array.from({ length: 200 }, () => String(random.integer(10_000)).padStart(4, '0'));
  const right = { raw: 0, plain: 0, confused: 0 };
  for (const word of lexicon) {
    const read = Array.from(word, (digit) => {
      const samples = samplesOf[Number(digit)]!;
      return labels[answers[samples[random.integer(samples.length)]!]!]!;
    }).join('');
    if (read === word) right.raw++;
    if (nearestWords(lexicon, read, plainCosts)[0]!.word === word) right.plain++;
    if (nearestWords(lexicon, read, confused)[0]!.word === word) right.confused++;
  }
  expect(right.raw).toBeLessThan(100);
  expect(right.plain).toBeGreaterThan(right.raw + 20);
  expect(right.confused).toBeGreaterThan(right.plain + 20);
});
