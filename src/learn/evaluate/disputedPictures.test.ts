import { describe, expect, it } from 'vitest';
import { openStored } from '../../platform/node/floor.ts';
import { disputedAnnotators, disputedAnswers, disputedPictures } from './disputedPictures.ts';

describe('disputedPictures', () => {
  it("are of MNIST's test set, with its labels", async () => {
    const { labels, targets } = await openStored('mnist:test');
    for (const { index, label } of disputedPictures) expect(labels[targets[index]!], `picture ${index}`).toBe(label);
  });
  it('are those whose label most annotators did not choose', () => {
    expect(new Set(disputedPictures.map(({ index }) => index)).size).toBe(15);
    for (const { label, proposed, votes } of disputedPictures) {
      expect(votes.label + votes.proposed + votes.neither).toBe(disputedAnnotators);
      expect(votes.label).toBeLessThan(disputedAnnotators / 2);
      expect(proposed).not.toBe(label);
    }
    // As Northcutt and others count them: 10 have another class, 3 neither of the two, 2 are tied.
    const most = (key: 'proposed' | 'neither') => disputedPictures.filter(({ votes }) => votes[key] >= 3).length;
    expect([most('proposed'), most('neither')]).toEqual([10, 3]);
  });
});

describe('disputedAnswers', () => {
  const answer = (label: string) => {
    const framed = { width: 1, height: 1, pixels: new Uint8Array(1) };
    return {
      empty: false,
      label,
      confidence: 0.75,
      alternatives: [],
      probabilities: new Float32Array(),
      framed,
    } as const;
  };
  it('say whom each answer follows', () => {
    const answers = disputedAnswers(
      disputedPictures.map(({ label, proposed }, position) =>
        position === 0 ? { empty: true } : answer(position === 1 ? proposed : position === 2 ? '7' : label),
      ),
    );
    expect(answers.slice(0, 4).map(({ follows }) => follows)).toEqual(['neither', 'proposed', 'neither', 'label']);
    expect(answers[0]).toMatchObject({ index: 947, answer: null, confidence: 0 });
    expect(answers[1]).toMatchObject({ index: 1621, answer: '6', confidence: 0.75 });
  });
  it('refuse another number of answers', () => {
    expect(() => disputedAnswers([answer('1')])).toThrow(/expected 15 answers, received 1/);
  });
});
