// A choice that the page remembers on this device, from visit to visit.
import { useCallback, useState } from 'preact/hooks';

/**
 * One of a few texts, the first until the visitor chose another.
 *
 * @param key under which the browser keeps it.
 */
export function useRememberedChoice<Choice extends string>(
  key: string,
  choices: readonly [Choice, ...Choice[]],
): readonly [Choice, (choice: Choice) => void] {
  const [choice, setChoice] = useState<Choice>(() => choices.find((one) => one === stored(key)) ?? choices[0]);
  const choose = useCallback(
    (next: Choice) => {
      setChoice(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        // A browser that keeps nothing for this page: the choice then lasts as long as the visit.
      }
    },
    [key],
  );
  return [choice, choose];
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
