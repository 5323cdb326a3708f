import { describe, expect, it } from 'vitest';
import type { VotingRule } from '../../../../src/onnx/floor.ts';
import { type DecidedBy, type Recognised, vote } from '../../../../src/read/floor.ts';
import { decisionOf, ruleOf } from './voteWording.ts';
import { spokenOf } from './wording.ts';

/** The answer of a committee whose members say this, each as sure as it is said. */
function answer(
  said: readonly (readonly [label: number, confidence: number])[],
  rule: VotingRule = 'votes',
): Recognised {
  const opinions = said.map(([label, confidence]) => {
    const rest = (1 - confidence) / 2;
    return Float32Array.from([0, 1, 2], (index) => (index === label ? confidence : rest));
  });
  const { winner, votes, decidedBy } = vote(opinions, rule);
  const members = said.map(([label, confidence], index) => ({ name: `n${index}`, label: String(label), confidence }));
  const label = String(winner);
  return {
    ...{ empty: false, label, confidence: 0.9, members, votes, rule, decidedBy },
    alternatives: [{ label, confidence: 0.9 }],
    probabilities: Float32Array.of(0.9),
    framed: { width: 1, height: 1, pixels: new Uint8Array(1) },
  };
}

describe('the words of a vote', () => {
  it.each<[string, DecidedBy, Recognised, string]>([
    [
      'all agree',
      'majority',
      answer([
        [1, 1],
        [1, 1],
        [1, 1],
        [1, 0.5],
        [1, 1],
      ]),
      'All five networks say 1.',
    ],
    [
      'most',
      'majority',
      answer([
        [1, 1],
        [1, 1],
        [1, 1],
        [2, 1],
        [1, 1],
      ]),
      'Four of five votes for 1.',
    ],
    [
      'fewer than half',
      'majority',
      answer([
        [0, 1],
        [0, 1],
        [1, 1],
        [2, 1],
      ]),
      'Two of four votes for 0.',
    ],
    [
      'a tie',
      'confidence',
      answer([
        [0, 0.5],
        [0, 0.5],
        [1, 1],
        [1, 1],
        [2, 1],
      ]),
      'Two of five votes for 1, and as many for 0. The higher sum of confidences decided.',
    ],
    [
      'a tie of three',
      'confidence',
      answer([
        [0, 0.5],
        [1, 0.75],
        [2, 1],
      ]),
      'One of three votes for 2, and as many for 0 and 1. The higher sum of confidences decided.',
    ],
    [
      'equal in all',
      'index',
      answer([
        [2, 0.5],
        [1, 0.5],
      ]),
      'One of two votes for 1, and as many for 2. Their confidences are equal too, so the first one is taken.',
    ],
    [
      'a mean',
      'mean',
      answer(
        [
          [0, 0.5],
          [0, 0.5],
          [1, 1],
        ],
        'meanProbability',
      ),
      'One of three votes for 1; the mean decided.',
    ],
  ])('%s', (_what, decidedBy, given, text) => {
    expect(given.decidedBy).toBe(decidedBy);
    expect(decisionOf(given)).toBe(text);
    expect(spokenOf(given)).toBe(`Predicting you draw ${given.label} with 90% confidence. ${text}`);
    expect(ruleOf(given)).toMatch(/^The rule: /);
  });

  it('says nothing for a single network', () => {
    const { members: _, votes: __, rule: ___, decidedBy: ____, ...single } = answer([[1, 1]]);
    expect(decisionOf(single)).toBeUndefined();
    expect(ruleOf(single)).toBeUndefined();
    expect(spokenOf(single)).toBe('Predicting you draw 1 with 90% confidence');
  });
});
