// How pictures were read, in a few words for people: `framed, alphabet digits, 3 pictures outside of it left out`.
import type { Evaluation } from '../../../learn/floor.ts';

/** The words. */
export function readingText(evaluation: Pick<Evaluation, 'framing' | 'alphabet' | 'leftOut' | 'frequencies'>): string {
  const { framing, alphabet, leftOut = 0, frequencies } = evaluation;
  return [
    framing,
    ...(alphabet === undefined ? [] : [`alphabet ${alphabet}`]),
    ...(leftOut === 0 ? [] : [`${leftOut} pictures outside of it left out`]),
    ...(frequencies === undefined ? [] : [`frequencies ${frequencies.source}`]),
  ].join(', ');
}
