// The pictures of MNIST's test set whose labels are disputed, with the annotators' votes. They only help to read a
// model's answers. Nothing is trained, chosen or measured with them, and the labels of the test set stay as published.
import { UsageError } from '../../core/floor.ts';
import type { Recognition } from '../../read/floor.ts';

/** A picture of `mnist:test` whose label did not get the votes of most annotators. */
export interface DisputedPicture {
  /** Position in the test set, from 0. */
  readonly index: number;
  /** The published label. */
  readonly label: string;
  /** The alternative class that the annotators were offered. */
  readonly proposed: string;
  /** How many of the five chose the label, the proposed class, or neither. */
  readonly votes: { readonly label: number; readonly proposed: number; readonly neither: number };
}

/** A model's answer with the label and the annotators' votes. */
export interface DisputedAnswer extends DisputedPicture {
  /** The answer; null when it was empty. */
  readonly answer: string | null;
  /** Its confidence; 0 when it was empty. */
  readonly confidence: number;
  /** Whom the answer follows. */
  readonly follows: 'label' | 'proposed' | 'neither';
}

/** Number of annotators per picture. */
export const disputedAnnotators = 5;

/**
 * The 15 of 100 suspected pictures whose label fewer than three of five annotators chose.
 *
 * Source: Northcutt, Athalye and Mueller, "Pervasive Label Errors in Test Sets Destabilize Machine Learning Benchmarks"
 * (2021); data: `mturk/mnist_mturk.json` of github.com/cleanlab/label-errors, commit 5457895. The 100 were found by
 * confident learning, so a picture outside them may be disputed as well.
 */
export const disputedPictures: readonly DisputedPicture[] = [
  { index: 947, label: '8', proposed: '9', votes: { label: 0, proposed: 5, neither: 0 } },
  { index: 1621, label: '0', proposed: '6', votes: { label: 2, proposed: 3, neither: 0 } },
  { index: 1901, label: '9', proposed: '4', votes: { label: 2, proposed: 3, neither: 0 } },
  { index: 2130, label: '4', proposed: '9', votes: { label: 2, proposed: 2, neither: 1 } },
  { index: 2462, label: '2', proposed: '0', votes: { label: 0, proposed: 4, neither: 1 } },
  { index: 2597, label: '5', proposed: '3', votes: { label: 0, proposed: 4, neither: 1 } },
  { index: 2654, label: '6', proposed: '1', votes: { label: 0, proposed: 2, neither: 3 } },
  { index: 3520, label: '6', proposed: '4', votes: { label: 2, proposed: 0, neither: 3 } },
  { index: 3558, label: '5', proposed: '0', votes: { label: 1, proposed: 4, neither: 0 } },
  { index: 5937, label: '5', proposed: '3', votes: { label: 1, proposed: 3, neither: 1 } },
  { index: 6651, label: '0', proposed: '6', votes: { label: 0, proposed: 5, neither: 0 } },
  { index: 6783, label: '1', proposed: '6', votes: { label: 2, proposed: 3, neither: 0 } },
  { index: 8527, label: '4', proposed: '9', votes: { label: 2, proposed: 2, neither: 1 } },
  { index: 9679, label: '6', proposed: '3', votes: { label: 2, proposed: 0, neither: 3 } },
  { index: 9729, label: '5', proposed: '6', votes: { label: 2, proposed: 3, neither: 0 } },
];

/**
 * Joins a recogniser's answers with the annotators' votes.
 *
 * @param answers of the pictures of {@link disputedPictures}, in their order.
 * @throws {UsageError} when the number of answers differs.
 */
export function disputedAnswers(answers: readonly Recognition[]): DisputedAnswer[] {
  if (answers.length !== disputedPictures.length) {
    throw new UsageError(`disputed pictures: expected ${disputedPictures.length} answers, received ${answers.length}`);
  }
  return disputedPictures.map((picture, position) => {
    const given = answers[position]!;
    const answer = given.empty ? null : given.label;
    return {
      ...picture,
      answer,
      confidence: given.empty ? 0 : given.confidence,
      follows: answer === picture.label ? 'label' : answer === picture.proposed ? 'proposed' : 'neither',
    };
  });
}
