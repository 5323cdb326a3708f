// The text of the page's polite live region: only what stands still for a moment is spoken.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/**
 * Pause after which an announcement counts as final, in milliseconds: longer than the gap between two strokes of a 4.
 */
export const announcementPauseMs = 700;

/**
 * Returns the text to show in the live region and a function that announces after the pause, the newest text winning.
 */
export function useAnnouncer(): { readonly spoken: string; readonly announce: (text: string) => void } {
  const [spoken, setSpoken] = useState('');
  const timer = useRef(0);
  const announce = useCallback((text: string) => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setSpoken(text), announcementPauseMs);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { spoken, announce };
}
