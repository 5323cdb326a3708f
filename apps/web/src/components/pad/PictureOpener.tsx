// The button that opens a picture file: the way in for those who do not draw. Paste and drop are in `usePictureInput`.
import { useRef } from 'preact/hooks';

export function PictureOpener({ onFile }: { readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="link" onClick={() => input.current?.click()}>
        Open a picture
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="Picture file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ''; // so that the same file can be opened again
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
