// A grey picture as an image on the page.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../../../../src/picture/floor.ts';
import { paintPicture } from '../../../../../src/platform/browser/floor.ts';

export function PictureCanvas({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) paintPicture(canvas.current, picture);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
