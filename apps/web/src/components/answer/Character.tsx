// A class as the eye sees it, with a word for the ear where only its size tells it from another: `O` among `o`.
import { caseOf } from '../../recognition/characterWording.ts';
import { Words } from './Words.tsx';

interface CharacterProps {
  readonly label: string;
  /** The classes that it stands among. */
  readonly among: readonly string[];
}

export function Character({ label, among }: CharacterProps) {
  const kind = caseOf(label, among);
  return (
    <>
      {kind !== undefined && <span class="unseen">{kind} </span>}
      <Words>{label}</Words>
    </>
  );
}
