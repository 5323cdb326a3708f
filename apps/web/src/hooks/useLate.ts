// Whether a part of the page has been there for a moment: what comes and goes sooner is not worth moving the others
// for.
import { useEffect, useState } from 'preact/hooks';

/** The moment in milliseconds: a model from the browser's own cache is ready sooner. */
const moment = 300;

export function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), moment);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
