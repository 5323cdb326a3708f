// What is read: digits, letters, Chinese characters, as many as the page has models for.
import type { Kind, KindName } from '../../model/kind.ts';
import { kindTexts } from '../../recognition/kindWording.ts';
import { SegmentedChoice } from './SegmentedChoice.tsx';

interface KindChoiceProps {
  readonly kinds: readonly Kind[];
  readonly chosen: Kind;
  /** Whether the chosen one's model is still on its way. */
  readonly waiting: boolean;
  readonly onChoose: (name: KindName) => void;
}

export function KindChoice({ kinds, chosen, waiting, onChoose }: KindChoiceProps) {
  return (
    <div class="kinds" aria-busy={waiting}>
      <span aria-hidden="true">Read</span>
      <SegmentedChoice
        legend="What is read"
        name="kind"
        choices={kinds.map(({ name }) => name)}
        texts={kindTexts}
        chosen={chosen.name}
        onChoose={onChoose}
      />
    </div>
  );
}
