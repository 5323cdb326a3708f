import { describe, expect, it } from 'vitest';
import type { Recognised } from '../../../../src/read/floor.ts';
import {
  chosenSentenceOf,
  hintOf,
  overruledOf,
  sentenceOf,
  spokenChoiceOf,
  spokenOf,
  suggestionsOf,
  unsure,
} from './wording.ts';

function answer(...ranked: readonly (readonly [label: string, confidence: number])[]): Recognised {
  const alternatives = ranked.map(([label, confidence]) => ({ label, confidence }));
  const [first] = alternatives;
  return {
    empty: false,
    label: first!.label,
    confidence: first!.confidence,
    alternatives,
    probabilities: Float32Array.from(alternatives, ({ confidence }) => confidence),
    framed: { width: 1, height: 1, pixels: new Uint8Array(1) },
  };
}

describe('the words of an answer', () => {
  it('has the sentence with the rounded percentage', () => {
    expect(sentenceOf(answer(['9', 0.996], ['4', 0.004]))).toBe('Predicting you draw 9 with 100% confidence');
    expect(sentenceOf(answer(['9', 0.994], ['4', 0.006]))).toBe('Predicting you draw 9 with 99% confidence');
  });
  it('is unsure under 60 % and names the runner-up with the right article', () => {
    expect(unsure(answer(['1', 0.6], ['8', 0.4]))).toBe(false);
    expect(unsure(answer(['1', 0.59], ['8', 0.41]))).toBe(true);
    expect(hintOf(answer(['1', 0.5], ['8', 0.5]))).toBe('Not sure: it could also be an 8.');
    expect(hintOf(answer(['1', 0.5], ['7', 0.5]))).toBe('Not sure: it could also be a 7.');
    expect(spokenOf(answer(['1', 0.5], ['7', 0.5]))).toBe(
      'Predicting you draw 1 with 50% confidence. Not sure: it could also be a 7.',
    );
  });
  it('offers at most five runners-up, none under one percent', () => {
    const ranked = suggestionsOf(
      answer(['1', 0.4], ['7', 0.2], ['4', 0.1], ['9', 0.1], ['2', 0.1], ['3', 0.06], ['5', 0.04]),
    );
    expect(ranked.map(({ label }) => label)).toEqual(['7', '4', '9', '2', '3']);
    expect(suggestionsOf(answer(['1', 0.995], ['7', 0.005]))).toEqual([]);
  });
  it('tells the ear what only size tells the eye', () => {
    const given = answer(['O', 0.5], ['o', 0.3], ['0', 0.2]);
    expect(sentenceOf(given)).toBe('Predicting you draw O with 50% confidence');
    expect(hintOf(given)).toBe('Not sure: it could also be a small o.');
    expect(spokenOf(given)).toBe(
      'Predicting you draw capital O with 50% confidence. Not sure: it could also be a small o.',
    );
    expect(spokenOf(answer(['O', 0.8], ['0', 0.2]))).toBe('Predicting you draw O with 80% confidence');
  });
  it('tells the ear what a Chinese character is read as and means, where that is known', () => {
    const given = answer(['石', 0.7], ['右', 0.2], ['不', 0.1]);
    const glosses = new Map([['石', ['shí', 'rock; stone'] as const]]);
    expect(spokenOf(given, glosses)).toBe('Predicting you draw 石 with 70% confidence. shí, rock; stone.');
    expect(spokenOf({ ...given, confidence: 0.5 }, glosses)).toBe(
      'Predicting you draw 石 with 50% confidence. shí, rock; stone. Not sure: it could also be 右.',
    );
    expect(spokenChoiceOf(given, '右', glosses)).toBe(
      'You chose 右. It was read as 石 with 70% confidence, as 右 with 20%.',
    );
    expect(spokenChoiceOf(answer(['右', 0.7], ['石', 0.3]), '石', glosses)).toBe(
      'You chose 石. shí, rock; stone. It was read as 右 with 70% confidence, as 石 with 30%.',
    );
  });
  it('says who chose', () => {
    const given = answer(['O', 0.5], ['o', 0.3], ['0', 0.2]);
    expect(chosenSentenceOf(given, '0')).toBe('You chose 0');
    expect(chosenSentenceOf(given, 'o')).toBe('You chose small o');
    expect(overruledOf(given, '0')).toBe('It was read as capital O with 50% confidence, as 0 with 20%.');
    expect(spokenChoiceOf(given, 'o')).toBe(
      'You chose small o. It was read as capital O with 50% confidence, as small o with 30%.',
    );
  });
});
