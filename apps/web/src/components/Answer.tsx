// The answer in words, or what stands in its way: a model on its way or failed, an empty pad, an unread drawing.
import type { Recognised } from '../../../../src/read/index.ts';
import type { ModelState } from '../hooks/useModel.ts';
import { emptySentence, type Reading } from '../hooks/useReading.ts';
import { hintOf, percent, runnersUp, sentenceOf, unsure } from '../recognition/wording.ts';

interface AnswerProps {
  readonly state: ModelState;
  readonly reading: Reading;
  /** Why a picture could not be opened. */
  readonly problem: string | undefined;
  readonly onRetry: () => void;
}

export function Answer({ state, reading, problem, onRetry }: AnswerProps) {
  return (
    <div class="answer">
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {state.status === 'failed' ? <Failure message={state.message} onRetry={onRetry} /> : body(state, reading)}
    </div>
  );
}

function body(state: ModelState, reading: Reading) {
  if (reading.status === 'failed') {
    return (
      <p class="problem" role="alert">
        {reading.message}
      </p>
    );
  }
  if (reading.status === 'read') return <Result answer={reading.answer} />;
  const loading = state.status !== 'ready';
  return (
    <>
      <span class="glyph waiting" aria-hidden="true">
        {loading ? '' : '?'}
      </span>
      <div class="words">
        <p class="sentence">
          {reading.status === 'unread' ? 'Press PREDICT to have it read' : emptySentence(reading.picture)}
        </p>
        <p class="note">{loading ? <span class="loading">Loading the model</span> : 'Any digit from 0 to 9'}</p>
      </div>
    </>
  );
}

function Result({ answer }: { readonly answer: Recognised }) {
  const others = runnersUp(answer);
  return (
    <>
      <span class="glyph" aria-hidden="true">
        {answer.label}
      </span>
      <div class="words">
        <p class="sentence">{sentenceOf(answer)}</p>
        {unsure(answer) ? (
          <p class="note hint">{hintOf(answer)}</p>
        ) : (
          <p class="note">
            {others.length === 0 ? 'No other digit comes near.' : 'Or perhaps '}
            {others.map(({ label, confidence }) => (
              <span class="other" key={label}>
                <b>{label}</b> {percent(confidence)}
              </span>
            ))}
          </p>
        )}
      </div>
    </>
  );
}

function Failure({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) {
  return (
    <div class="failure" role="alert">
      <p class="sentence">The model could not be loaded</p>
      <p class="problem">{message}</p>
      <button type="button" class="plain" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
