// How the committee voted: what each network says and how sure it is, and which rule decided; before that, its way here.
import type { MemberVote, Recognised } from '../../../../src/read/index.ts';
import type { ModelState } from '../hooks/useModel.ts';
import { decisionOf, ruleOf } from '../recognition/voteWording.ts';
import { percent } from '../recognition/wording.ts';

interface VotesProps {
  readonly state: ModelState;
  /** Size of the committee's file, for the progress of its download. */
  readonly bytes: number;
  /** The committee's answer; undefined when there is none. */
  readonly answer: Recognised | undefined;
  readonly onRetry: () => void;
}

export function Votes({ state, bytes, answer, onRetry }: VotesProps) {
  return (
    <section class="votes" aria-label="Votes">
      {state.status === 'failed' ? (
        <div role="alert">
          <p class="problem">
            <b>The committee could not be loaded; one network reads on.</b> {state.message}
          </p>
          <button type="button" class="plain" onClick={onRetry}>
            Load the committee again
          </button>
        </div>
      ) : state.status === 'ready' ? (
        <Ballots count={state.model.card?.committee?.members.length ?? 0} answer={answer} />
      ) : (
        <Loading received={state.status === 'loading' ? state.received : 0} bytes={bytes} />
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
      {decision !== undefined && <p class="decision">{decision}</p>}
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
      <b>{vote?.label ?? '?'}</b>
      <span class="sureness">
        {vote === undefined ? '' : percent(vote.confidence)}
        <span class="unseen">{vote !== undefined && !elected ? ', not elected' : ''}</span>
      </span>
    </li>
  );
}

function Loading({ received, bytes }: { readonly received: number; readonly bytes: number }) {
  return (
    <>
      <progress max={bytes} value={Math.min(received, bytes)} aria-label="Loading the committee" />
      <p class="note">
        {`Loading the committee: ${Math.min(100, Math.floor((100 * received) / bytes))}% of ${Math.ceil(bytes / 1024).toLocaleString('en')} KB. `}
        Until it is here, one network reads.
      </p>
    </>
  );
}
