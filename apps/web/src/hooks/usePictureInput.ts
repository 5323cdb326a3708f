// Pictures that come to the page by paste or by drop anywhere on it; the file dialog calls the same receiver.
import { useEffect, useState } from 'preact/hooks';

/** Listens for pasted and dropped files; returns whether a file is being dragged over the page. */
export function usePictureInput(receive: (file: File) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const detach = new AbortController();
    const { signal } = detach;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    document.addEventListener(
      'paste',
      (event) => {
        const file = event.clipboardData?.files[0];
        if (file !== undefined) receive(file);
      },
      { signal },
    );
    document.addEventListener(
      'dragover',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault(); // the browser would open the file in place of the page
        setDragging(true);
      },
      { signal },
    );
    document.addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) setDragging(false);
      },
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setDragging(false);
        const file = event.dataTransfer?.files[0];
        if (file !== undefined) receive(file);
      },
      { signal },
    );
    return () => detach.abort();
  }, [receive]);
  return dragging;
}
