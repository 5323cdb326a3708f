// How the committee voted: what each network says and how sure it is, and which rule decided; before that, its way
// here.
import type { MemberVote, Recognised } from '../../../../../src/read/floor.ts';
import type { ModelState } from '../../hooks/useModels.ts';
import type { KindFile } from '../../model/kind.ts';
import { decisionOf, ruleOf } from '../../recognition/voteWording.ts';
import { percent } from '../../recognition/wording.ts';
import { ModelOnItsWay } from '../model/ModelOnItsWay.tsx';
import { Words } from './Words.tsx';

interface VotesProps {
  readonly state: ModelState;
  readonly file: KindFile;
  /** The committee's answer; undefined when there is none. */
  readonly answer: Recognised | undefined;
  readonly onRetry: () => void;
}

export function Votes({ state, file, answer, onRetry }: VotesProps) {
  return (
    <section class="card votes" aria-label="Votes">
      {state.status === 'ready' ? (
        <Ballots count={state.model.card?.committee?.members.length ?? 0} answer={answer} />
      ) : (
        <ModelOnItsWay what="the committee" meanwhile="one network" file={file} state={state} onRetry={onRetry} />
      )}
    </section>
  );
}

function Ballots({ count, answer }: { readonly count: number; readonly answer: Recognised | undefined }) {
  const votes = answer?.members ?? Array.from({ length: count }, () => undefined);
  const decision = answer === undefined ? undefined : decisionOf(answer);
  const rule = answer === undefined ? undefined : ruleOf(answer);
  return (
    <>
      <ol class="ballots">
        {votes.map((vote, index) => (
          <Ballot key={index} place={index + 1} vote={vote} elected={vote?.label === answer?.label} />
        ))}
      </ol>
      {decision !== undefined && (
        <p class="decision">
          <Words>{decision}</Words>
        </p>
      )}
      <p class="note">{rule ?? 'Each of them reads what you draw, then they vote.'}</p>
    </>
  );
}

interface BallotProps {
  readonly place: number;
  readonly vote: MemberVote | undefined;
  readonly elected: boolean;
}

function Ballot({ place, vote, elected }: BallotProps) {
  return (
    <li class={vote === undefined ? 'waiting' : elected ? undefined : 'unelected'} title={vote?.name}>
      <span class="voter">
        <span class="word">Network </span>
        {place}
        <span class="unseen">: </span>
      </span>
      <b>
        <Words>{vote?.label ?? '?'}</Words>
      </b>
      <span class="sureness">
        {vote === undefined ? '' : percent(vote.confidence)}
        <span class="unseen">{vote !== undefined && !elected ? ', not elected' : ''}</span>
      </span>
    </li>
  );
}
