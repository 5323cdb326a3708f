// What the drawing may be instead: a row of buttons, each of which makes its character the answer.
import type { Recognised } from '../../../../src/read/index.ts';
import { percent, suggestionsOf } from '../recognition/wording.ts';
import { Character } from './Character.tsx';

interface SuggestionsProps {
  /** Undefined when there is none: the place of the row is kept. */
  readonly answer: Recognised | undefined;
  /** The label that the visitor chose in the answer's place. */
  readonly chosen: string | undefined;
  readonly onChoose: (label: string) => void;
}

export function Suggestions({ answer, chosen, onChoose }: SuggestionsProps) {
  const others = answer === undefined ? [] : suggestionsOf(answer);
  if (answer === undefined || others.length === 0) return <div class="suggestions" />;
  const labels = answer.alternatives.map(({ label }) => label);
  // What was chosen and what was answered change places, so that nothing else moves and a second press undoes the first.
  const offered = others.map((other) => (other.label === chosen ? answer : other));
  return (
    <ul class="suggestions" aria-label="Other readings">
      {offered.map(({ label, confidence }, place) => (
        <li key={place}>
          <button type="button" onClick={() => onChoose(label)}>
            <b>
              <Character label={label} among={labels} />
            </b>
            <span class="sureness"> {percent(confidence)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
