// The answer in words, or what stands in its way: a model on its way or failed, an empty pad, an unread drawing.
import type { Recognised } from '../../../../../src/read/floor.ts';
import type { ModelState } from '../../hooks/useModels.ts';
import { emptySentence, type Reading } from '../../hooks/useReading.ts';
import type { Glosses } from '../../model/glosses.ts';
import { chosenSentenceOf, hintOf, overruledOf, sentenceOf, suggestionsOf, unsure } from '../../recognition/wording.ts';
import { GlossText } from './GlossText.tsx';
import { Suggestions } from './Suggestions.tsx';
import { Words } from './Words.tsx';

interface AnswerProps {
  readonly state: ModelState;
  readonly reading: Reading;
  /** Why a picture could not be opened. */
  readonly problem: string | undefined;
  /** What is drawn: `digit`. */
  readonly noun: string;
  /** What may be drawn: `Any digit from 0 to 9`. */
  readonly range: string;
  /** Whether the characters that are read are Chinese: there is a place for what is told of them. */
  readonly chinese: boolean;
  /** What is told of them. */
  readonly glosses: Glosses | undefined;
  /** The label that the visitor chose in place of the answer. */
  readonly chosen: string | undefined;
  readonly onChoose: (label: string) => void;
  readonly onRetry: () => void;
}

export function Answer(props: AnswerProps) {
  const { state, problem, chinese, onRetry } = props;
  return (
    <div class={chinese ? 'answer chinese' : 'answer'}>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {state.status === 'failed' ? <Failure message={state.message} onRetry={onRetry} /> : body(props)}
    </div>
  );
}

function body({ state, reading, noun, range, glosses, chosen, onChoose }: AnswerProps) {
  if (reading.status === 'failed') {
    return (
      <p class="problem" role="alert">
        {reading.message}
      </p>
    );
  }
  if (reading.status === 'read') {
    return <Result answer={reading.answer} noun={noun} glosses={glosses} chosen={chosen} onChoose={onChoose} />;
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
        <p class="note">{loading ? <span class="loading">Loading the model</span> : <Words>{range}</Words>}</p>
      </div>
      <Suggestions answer={undefined} chosen={undefined} glosses={undefined} onChoose={onChoose} />
    </>
  );
}

interface ResultProps extends Pick<AnswerProps, 'noun' | 'glosses' | 'chosen' | 'onChoose'> {
  readonly answer: Recognised;
}

function Result({ answer, noun, glosses, chosen, onChoose }: ResultProps) {
  const shown = chosen ?? answer.label;
  const gloss = glosses?.get(shown);
  return (
    <>
      <span class="glyph" aria-hidden="true">
        <Words>{shown}</Words>
      </span>
      <div class="words">
        <p class="sentence">
          <Words>{chosen === undefined ? sentenceOf(answer) : chosenSentenceOf(answer, chosen)}</Words>
        </p>
        {gloss !== undefined && (
          <p class="gloss">
            <GlossText gloss={gloss} />
          </p>
        )}
        {chosen !== undefined ? (
          <p class="note">
            <Words>{overruledOf(answer, chosen)}</Words>
          </p>
        ) : unsure(answer) ? (
          <p class="note hint">
            <Words>{hintOf(answer)}</Words>
          </p>
        ) : (
          <p class="note">
            {suggestionsOf(answer).length === 0 ? `No other ${noun} comes near.` : 'Or was it one of these?'}
          </p>
        )}
      </div>
      <Suggestions answer={answer} chosen={chosen} glosses={glosses} onChoose={onChoose} />
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
