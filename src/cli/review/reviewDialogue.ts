// The dialogue of `ductus review`: shows a question, takes the answer, and keeps it. Other files say where answers come
// from and where they are kept.
import type { ReviewQuestion, ReviewReading, ReviewSession, ReviewWords } from '../../learn/floor.ts';
import { greyHistogram, otsuThreshold, type Picture, reducePicture } from '../../picture/floor.ts';
import { formatGlyphs, type Glyph } from '../data/glyphs.ts';
import { formatPercent, printLine, terminalWidth } from '../output.ts';
import type { ReviewAnswers } from './reviewAnswers.ts';

/** The subject of the dialogue, and its partner. */
export interface DialogueOptions {
  readonly readings: readonly ReviewReading[];
  /** The original pictures; undefined where the network saw them unchanged. */
  readonly originals: readonly Picture[] | undefined;
  readonly words: ReviewWords;
  readonly answers: ReviewAnswers;
  /** Whether each question starts at the top of the screen. */
  readonly clear: boolean;
  /** Called after every change of the session. */
  readonly keep: () => Promise<void>;
}

/** Alternatives shown beside the answer: the true class is rarely further down. */
const alternatives = 4;

/** Longest side of an original on the screen, in characters: about the width of the network's input. */
const originalSide = 36;

/**
 * Asks until no question is left, or the person ends it.
 *
 * @returns whether the review is complete.
 */
export async function holdDialogue(session: ReviewSession, options: DialogueOptions): Promise<boolean> {
  const { takeAction } = await import('../../learn/floor.ts');
  const { words, answers, clear, keep } = options;
  let notice = '';
  for (;;) {
    const question = session.next();
    if (question === undefined) return true;
    if (clear) process.stdout.write('\u001b[H\u001b[J');
    printLine(questionText(session, question, options));
    printLine(`${notice}${helpText(words, question)}`);
    notice = '';
    const action = await answers.next();
    const result = action === undefined ? 'quit' : takeAction(session, question, action);
    if (result === 'quit') return false;
    if (result === 'nothingToUndo') notice = 'Nothing to undo. ';
    await keep();
  }
}

function questionText(
  session: ReviewSession,
  { item, id, label, confidence, alternatives: classes }: ReviewQuestion,
  { readings, originals }: DialogueOptions,
): string {
  const { asked, corrected, skipped, expectedError, targetError } = session.progress;
  const glyphs: Glyph[] = [
    ...(originals === undefined ? [] : [{ title: ['as found'], picture: onScreen(originals[item]!) }]),
    { title: ['as read'], picture: readings[item]!.framed },
  ];
  const others = classes
    .slice(1, 1 + alternatives)
    .map((other) => `${other.label} ${formatPercent(other.confidence)}`)
    .join(', ');
  const answer = label === null ? 'nothing found' : `${label} (${formatPercent(confidence)}; else ${others})`;
  const later = skipped === 0 ? '' : `, ${skipped} put off`;
  const errors = `expected error ${formatExact(expectedError)}, target ${formatExact(targetError)}`;
  return `${formatGlyphs(glyphs, terminalWidth())}\n${asked} asked, ${corrected} corrected${later}; ${errors}\n${id}: ${answer}`;
}

/** A share of errors in percent, with one digit more than other shares: targets are often a tenth of a percent. */
export function formatExact(share: number): string {
  return `${(100 * share).toFixed(3)} %`;
}

function helpText({ commands }: ReviewWords, { label }: ReviewQuestion): string {
  const accept = label === null ? 'no character' : label;
  const { nothing, undo, later, quit } = commands;
  return `Enter: ${accept}; or type what it is; ${nothing}: no character; ${undo}: undo; ${later}: later; ${quit}: quit`;
}

/** An original as large as the screen allows, with light ink. The rarer of dark and light is taken for ink. */
function onScreen(picture: Picture): Picture {
  const small = reducePicture(picture, originalSide);
  const threshold = otsuThreshold(greyHistogram(small.pixels));
  if (threshold === undefined) return { ...small, pixels: new Uint8Array(small.pixels.length) };
  const dark = small.pixels.filter((level) => level <= threshold.level).length;
  const inkIsDark = 2 * dark < small.pixels.length;
  return { ...small, pixels: small.pixels.map((level) => (level <= threshold.level === inkIsDark ? 255 : 0)) };
}
