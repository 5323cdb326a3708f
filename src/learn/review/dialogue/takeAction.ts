// One step of a review's dialogue: applies a person's action to the session.
import type { ReviewQuestion, ReviewSession } from '../reviewSession.ts';
import type { ReviewAction } from './reviewActions.ts';

/** What came of an action. */
export type ActionResult = 'taken' | 'nothingToUndo' | 'quit';

/**
 * Applies a person's action to a session.
 *
 * @param question the question that was shown.
 * @returns `'quit'` when the person ends the review; the session is as it was.
 */
export function takeAction(session: ReviewSession, question: ReviewQuestion, action: ReviewAction): ActionResult {
  switch (action.kind) {
    case 'quit':
      return 'quit';
    case 'accept':
      session.answer(question.label);
      return 'taken';
    case 'answer':
      session.answer(action.label);
      return 'taken';
    case 'later':
      session.skip();
      return 'taken';
    case 'undo':
      return session.undo() ? 'taken' : 'nothingToUndo';
  }
}
