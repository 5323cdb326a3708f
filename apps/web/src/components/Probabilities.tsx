// biome-ignore-all lint/a11y/noRedundantRoles: Charts.css sets `display: flex`, under which Safari forgets the implied roles.
// The probabilities as a bar chart. The chart is an HTML table that Charts.css draws as bars, so that a screen reader
// reads the figures themselves.
import { percent } from '../recognition/wording.ts';

interface ProbabilitiesProps {
  readonly labels: readonly string[];
  /** In the order of the labels; undefined when there is no answer. */
  readonly probabilities: Float32Array | undefined;
  /** The label that was answered, which a committee may have elected against the most probable one. */
  readonly answer: string | undefined;
}

export function Probabilities({ labels, probabilities, answer }: ProbabilitiesProps) {
  return (
    <table class="charts-css bar show-labels probabilities" role="table">
      <caption>Probability of each digit</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            Digit
          </th>
          <th scope="col" role="columnheader">
            Probability
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {labels.map((label, index) => {
          const probability = probabilities?.[index] ?? 0;
          return (
            <tr key={label} role="row" class={label === answer ? 'best' : undefined}>
              <th scope="row" role="rowheader">
                {label}
              </th>
              <td role="cell" style={{ '--size': probability.toFixed(4) }}>
                <span class="data">{probabilities === undefined ? '' : percent(probability)}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
