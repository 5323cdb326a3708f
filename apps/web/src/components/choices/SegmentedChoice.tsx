// One of a few choices: radio buttons to the keyboard and to screen readers, one control with segments to the eye.
interface SegmentedChoiceProps<Choice extends string> {
  /** What the group is called; for screen readers only. */
  readonly legend: string;
  /** Name of the group of radio buttons; another for each on the page. */
  readonly name: string;
  readonly choices: readonly Choice[];
  /** What each is called. */
  readonly texts: Readonly<Record<Choice, string>>;
  readonly chosen: Choice;
  readonly onChoose: (choice: Choice) => void;
}

export function SegmentedChoice<Choice extends string>(props: SegmentedChoiceProps<Choice>) {
  const { legend, name, choices, texts, chosen, onChoose } = props;
  return (
    <fieldset class="segments">
      <legend class="unseen">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={choice === chosen}
            onChange={() => onChoose(choice)}
          />
          <span>{texts[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}
