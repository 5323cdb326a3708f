// Who reads: one network, or the committee. Two radio buttons to the keyboard and to screen readers, one control to the eye.

/** The two readers, in the order in which they stand. */
export const readers = ['one', 'committee'] as const;

/** Name of a reader. */
export type Reader = (typeof readers)[number];

const names: Readonly<Record<Reader, string>> = { one: 'One network', committee: 'Vote of five' };

interface ReaderChoiceProps {
  readonly chosen: Reader;
  readonly onChoose: (reader: Reader) => void;
}

export function ReaderChoice({ chosen, onChoose }: ReaderChoiceProps) {
  return (
    <fieldset class="readers">
      <legend class="unseen">Who reads</legend>
      {readers.map((reader) => (
        <label key={reader}>
          <input
            type="radio"
            name="reader"
            value={reader}
            checked={reader === chosen}
            onChange={() => onChoose(reader)}
          />
          <span>{names[reader]}</span>
        </label>
      ))}
    </fieldset>
  );
}
