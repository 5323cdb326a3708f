// The answer in words, or what stands in its way: a model on its way or failed, an empty pad, an unread drawing.
import type { Recognised } from '../../../../src/read/index.ts';
import type { ModelState } from '../hooks/useModel.ts';
import { emptySentence, type Reading } from '../hooks/useReading.ts';
import { chosenSentenceOf, hintOf, overruledOf, sentenceOf, suggestionsOf, unsure } from '../recognition/wording.ts';
import { Suggestions } from './Suggestions.tsx';

interface AnswerProps {
  readonly state: ModelState;
  readonly reading: Reading;
  /** Why a picture could not be opened. */
  readonly problem: string | undefined;
  /** What is drawn: `digit`. */
  readonly noun: string;
  /** What may be drawn: `Any digit from 0 to 9`. */
  readonly range: string;
  /** The label that the visitor chose in place of the answer. */
  readonly chosen: string | undefined;
  readonly onChoose: (label: string) => void;
  readonly onRetry: () => void;
}

export function Answer(props: AnswerProps) {
  const { state, problem, onRetry } = props;
  return (
    <div class="answer">
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {state.status === 'failed' ? <Failure message={state.message} onRetry={onRetry} /> : body(props)}
    </div>
  );
}

function body({ state, reading, noun, range, chosen, onChoose }: AnswerProps) {
  if (reading.status === 'failed') {
    return (
      <p class="problem" role="alert">
        {reading.message}
      </p>
    );
  }
  if (reading.status === 'read') {
    return <Result answer={reading.answer} noun={noun} chosen={chosen} onChoose={onChoose} />;
  }
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
        <p class="note">{loading ? <span class="loading">Loading the model</span> : range}</p>
      </div>
      <Suggestions answer={undefined} chosen={undefined} onChoose={onChoose} />
    </>
  );
}

interface ResultProps extends Pick<AnswerProps, 'noun' | 'chosen' | 'onChoose'> {
  readonly answer: Recognised;
}

function Result({ answer, noun, chosen, onChoose }: ResultProps) {
  return (
    <>
      <span class="glyph" aria-hidden="true">
        {chosen ?? answer.label}
      </span>
      <div class="words">
        <p class="sentence">{chosen === undefined ? sentenceOf(answer) : chosenSentenceOf(answer, chosen)}</p>
        {chosen !== undefined ? (
          <p class="note">{overruledOf(answer, chosen)}</p>
        ) : unsure(answer) ? (
          <p class="note hint">{hintOf(answer)}</p>
        ) : (
          <p class="note">
            {suggestionsOf(answer).length === 0 ? `No other ${noun} comes near.` : 'Or was it one of these?'}
          </p>
        )}
      </div>
      <Suggestions answer={answer} chosen={chosen} onChoose={onChoose} />
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
