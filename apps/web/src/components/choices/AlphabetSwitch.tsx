// What is drawn, for a model that reads several kinds of characters: the answer is then one of that kind.
import type { AlphabetChoice } from '../../recognition/alphabetChoices.ts';
import { SegmentedChoice } from './SegmentedChoice.tsx';

const texts: Readonly<Record<AlphabetChoice, string>> = {
  digits: 'Digits',
  upper: 'Capitals',
  lower: 'Small letters',
  letters: 'Letters',
  all: 'All',
};

interface AlphabetSwitchProps {
  readonly offered: readonly AlphabetChoice[];
  readonly chosen: AlphabetChoice;
  readonly onChoose: (choice: AlphabetChoice) => void;
}

export function AlphabetSwitch({ offered, chosen, onChoose }: AlphabetSwitchProps) {
  return (
    <SegmentedChoice
      legend="What you draw"
      name="alphabet"
      choices={offered}
      texts={texts}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}
