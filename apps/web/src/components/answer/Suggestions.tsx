// What the drawing may be instead: a row of buttons, each of which makes its character the answer.
import type { Recognised } from '../../../../../src/read/floor.ts';
import type { Glosses } from '../../model/glosses.ts';
import { percent, suggestionsOf } from '../../recognition/wording.ts';
import { Character } from './Character.tsx';
import { GlossText } from './GlossText.tsx';

/** What has a gloss beside it stands in two rows of two: three would push the chart off a phone's screen. */
const mostGlossed = 4;

interface SuggestionsProps {
  /** Undefined when there is none: the place of the row is kept. */
  readonly answer: Recognised | undefined;
  /** The label that the visitor chose in the answer's place. */
  readonly chosen: string | undefined;
  /** What is told of them, where they are Chinese characters. */
  readonly glosses: Glosses | undefined;
  readonly onChoose: (label: string) => void;
}

export function Suggestions({ answer, chosen, glosses, onChoose }: SuggestionsProps) {
  const all = answer === undefined ? [] : suggestionsOf(answer);
  const others = glosses === undefined ? all : all.slice(0, mostGlossed);
  if (answer === undefined || others.length === 0) return <div class="suggestions" />;
  const labels = answer.alternatives.map(({ label }) => label);
  // What was chosen and what was answered change places, so that nothing else moves and a second press undoes the
  // first.
  const offered = others.map((other) => (other.label === chosen ? answer : other));
  return (
    <ul class="suggestions" aria-label="Other readings">
      {offered.map(({ label, confidence }, place) => {
        const gloss = glosses?.get(label);
        return (
          <li key={place}>
            <button type="button" title={gloss?.join(', ')} onClick={() => onChoose(label)}>
              <b>
                <Character label={label} among={labels} />
              </b>
              <span class="sureness"> {percent(confidence)}</span>
              {gloss !== undefined && (
                <span class="gloss">
                  {' '}
                  <GlossText gloss={gloss} />
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
