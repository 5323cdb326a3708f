// Tells a screen reader what has changed on the page, and not what stands there when it opens.
import { useEffect, useRef } from 'preact/hooks';

/** Announces the text whenever it is another than before; the first one is not news. */
export function useNews(text: string | undefined, announce: (text: string) => void): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (text === undefined) return;
    if (last.current !== undefined && last.current !== text) announce(text);
    last.current = text;
  }, [text, announce]);
}
