import { expect, it } from 'vitest';
import { blankPicture } from '../../picture/floor.ts';
import { openDataset, openRecognizer } from '../../platform/node/floor.ts';
import { pictureAt } from '../../samples/data/pictures.ts';
import { reviewReadings } from './reviewReadings.ts';

it('names what the recogniser read, and what it saw; null where it found nothing', { tags: ['slow'] }, async () => {
  const digits = await openDataset('mnist:train');
  const pictures = [...Array.from({ length: 120 }, (_, index) => pictureAt(digits, index)), blankPicture(20, 20)];
  const sources = pictures.map((_, index) => `picture ${index}`);
  const done: number[] = [];
  const recognizer = await openRecognizer('digits');
  const onProgress = (count: number) => done.push(count);
  const readings = await reviewReadings(recognizer, { pictures, sources }, { framing: 'raw', onProgress });
  expect(done).toEqual([100, 121]);
  expect(readings.map(({ id }) => id)).toEqual(sources);
  expect(readings[120]).toEqual({ id: 'picture 120', probabilities: null, framed: null });
  const answers = await recognizer.recognizeAll(pictures.slice(0, 120));
  answers.forEach((answer, index) => {
    if (answer.empty) throw new Error('nothing found in a digit');
    expect(readings[index]).toMatchObject({ probabilities: answer.probabilities, framed: answer.framed });
  });
  recognizer.dispose();

  const odd = await openRecognizer('digits', { alphabet: ['1', '3', '5'] });
  const some = { pictures: pictures.slice(0, 3), sources: sources.slice(0, 3) };
  const few = await reviewReadings(odd, some, { framing: 'framed', labels: ['1', '3', '5'] });
  for (const { probabilities } of few) {
    expect(probabilities).toHaveLength(3);
    expect(Array.from(probabilities!).reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
  }
  odd.dispose();
});
