// The alphabet that the visitor chose among those that the model offers, and what the page calls its characters.
import { type AlphabetChoice, alphabetChoices, labelsOf, offeredAlphabets } from '../recognition/alphabetChoices.ts';
import { nounFor } from '../recognition/characterWording.ts';
import { useRememberedChoice } from './useRememberedChoice.ts';

/** @param labels all that the model reads. */
export function useAlphabet(labels: readonly string[]) {
  const [remembered, choose] = useRememberedChoice<AlphabetChoice>('ductus.alphabet', alphabetChoices);
  const offered = offeredAlphabets(labels);
  // What was chosen for another model may not be there.
  const choice = offered.includes(remembered) ? remembered : 'all';
  const allowed = labelsOf(labels, choice);
  return {
    offered,
    choice,
    choose,
    /** For the recogniser; undefined: no restriction. */
    alphabet: choice === 'all' ? undefined : choice,
    /** The classes that are left. */
    allowed,
    /** What one of them is called. */
    noun: nounFor(allowed, choice),
  };
}
