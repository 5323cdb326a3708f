// Who reads: one network, or the committee.
import { SegmentedChoice } from './SegmentedChoice.tsx';

/** The two readers, in the order in which they stand. */
export const readers = ['one', 'committee'] as const;

/** Name of a reader. */
export type Reader = (typeof readers)[number];

const texts: Readonly<Record<Reader, string>> = { one: 'One network', committee: 'Vote of five' };

interface ReaderChoiceProps {
  readonly chosen: Reader;
  readonly onChoose: (reader: Reader) => void;
}

export function ReaderChoice({ chosen, onChoose }: ReaderChoiceProps) {
  return (
    <SegmentedChoice
      legend="Who reads"
      name="reader"
      choices={readers}
      texts={texts}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}
