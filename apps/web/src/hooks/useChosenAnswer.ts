// The answer that the visitor chose in place of the network's. It holds for that one answer: whoever draws on is read
// anew.
import { useCallback, useState } from 'preact/hooks';
import type { Recognised } from '../../../../src/read/floor.ts';
import type { Glosses } from '../model/glosses.ts';
import { spokenChoiceOf, spokenOf } from '../recognition/wording.ts';

/**
 * @param glosses what is known of Chinese characters.
 * @param announce tells a screen reader.
 */
export function useChosenAnswer(
  answer: Recognised | undefined,
  glosses: Glosses | undefined,
  announce: (text: string) => void,
) {
  const [choice, setChoice] = useState<{ readonly answer: Recognised; readonly label: string }>();
  const choose = useCallback(
    (label: string) => {
      if (answer === undefined) return;
      const own = label === answer.label;
      setChoice(own ? undefined : { answer, label });
      announce(own ? spokenOf(answer, glosses) : spokenChoiceOf(answer, label, glosses));
    },
    [answer, glosses, announce],
  );
  return { chosen: choice !== undefined && choice.answer === answer ? choice.label : undefined, choose };
}
