// biome-ignore-all lint/a11y/noRedundantRoles: Charts.css sets `display: flex`, under which Safari forgets the implied roles.
// The probabilities as a bar chart. The chart is an HTML table that Charts.css draws as bars, so that a screen reader
// reads the figures themselves.
import type { Recognised } from '../../../../../src/read/floor.ts';
import { capitalized } from '../../recognition/capitalized.ts';
import { percent } from '../../recognition/wording.ts';
import { Character } from './Character.tsx';

interface ProbabilitiesProps {
  /**
   * Whether the model knows more classes than there are rows: the caption is then shown, whatever the visitor
   * restricts.
   */
  readonly captioned: boolean;
  /** The classes among which the answer is. */
  readonly labels: readonly string[];
  /** Undefined when there is none. */
  readonly answer: Recognised | undefined;
  /** The label that is marked: the one that was answered, or that the visitor chose instead. */
  readonly marked: string | undefined;
  /** What is drawn: `digit`. */
  readonly noun: string;
}

/** Rows that the chart has at most: the ten digits, which it first was made for. */
export const mostRows = 10;

interface Row {
  /** Undefined where it will be known with the answer. */
  readonly label?: string | undefined;
  readonly probability?: number | undefined;
}

export function Probabilities({ captioned, labels, answer, marked, noun }: ProbabilitiesProps) {
  const few = labels.length <= mostRows;
  const rows = few ? rowsOf(labels, answer) : mostProbable(answer);
  return (
    <table
      class={`charts-css bar show-labels probabilities${captioned ? ' captioned' : ''}`}
      role="table"
      aria-hidden={few || answer !== undefined ? undefined : true}
    >
      <caption>
        {few
          ? `Probability of each ${noun}`
          : `The ${mostRows} most probable of ${labels.length.toLocaleString('en')} ${noun}s`}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {capitalized(noun)}
          </th>
          <th scope="col" role="columnheader">
            Probability
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ label, probability }, place) => (
          <tr key={place} role="row" class={label !== undefined && label === marked ? 'best' : undefined}>
            <th scope="row" role="rowheader">
              {label === undefined ? '' : <Character label={label} among={labels} />}
            </th>
            <td role="cell" style={{ '--size': (probability ?? 0).toFixed(4) }}>
              <span class="data">{probability === undefined ? '' : percent(probability)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All classes, in their own order. */
function rowsOf(labels: readonly string[], answer: Recognised | undefined): readonly Row[] {
  const known = new Map(answer?.alternatives.map(({ label, confidence }) => [label, confidence]));
  return labels.map((label) => ({ label, probability: known.get(label) }));
}

/** The answer and the most probable others; as many rows without an answer, so that nothing moves when it comes. */
function mostProbable(answer: Recognised | undefined): readonly Row[] {
  const best = answer?.alternatives.slice(0, mostRows) ?? [];
  return Array.from({ length: mostRows }, (_, place) => ({
    label: best[place]?.label,
    probability: best[place]?.confidence,
  }));
}
