// The square one draws on, with an opened picture laid over it and a line of help while it is empty.
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Ink, Picture } from '../../../../../src/picture/floor.ts';
import type { InkPadElement, PenEventDetail } from '../../../../../src/platform/browser/floor.ts';
import { PictureCanvas } from '../answer/PictureCanvas.tsx';

interface DrawingPadProps {
  readonly pad: RefObject<InkPadElement | null>;
  /** What is drawn: `digit`. */
  readonly noun: string;
  readonly picture: Picture | undefined;
  readonly pictureName: string | undefined;
  /** Whether a file is being dragged over the page. */
  readonly dropping: boolean;
  /** Called for every change: the ink, when the user acted, and whether the pen is at rest. */
  readonly onInk: (ink: Ink, since: number, final: boolean) => void;
  /** Tells a screen reader where the keyboard's pen is. */
  readonly announce: (text: string) => void;
}

export function DrawingPad({ pad, noun, picture, pictureName, dropping, onInk, announce }: DrawingPadProps) {
  const [blank, setBlank] = useState(true);
  return (
    <div class={dropping ? 'sheet dropping' : 'sheet'}>
      <ductus-ink-pad
        ref={pad}
        label={`Drawing pad for one ${noun}`}
        oninkchange={({ detail }) => {
          setBlank(detail.ink.strokes.length === 0);
          onInk(detail.ink, detail.timeStamp, false);
        }}
        oninkend={({ detail }) => onInk(detail.ink, detail.timeStamp, true)}
        onpenchange={({ detail }) => announce(positionOf(detail))}
      />
      {blank && picture === undefined && (
        <p class="invitation" aria-hidden="true">
          {dropping ? 'Drop the picture' : `Draw a ${noun} here`}
          <span>or paste or drop a picture of one</span>
        </p>
      )}
      {picture !== undefined && (
        <figure class="opened">
          <PictureCanvas picture={picture} label={`Opened picture ${pictureName ?? ''}`} />
          <figcaption>{pictureName === undefined || pictureName === '' ? 'pasted picture' : pictureName}</figcaption>
        </figure>
      )}
    </div>
  );
}

function positionOf({ down, x, y }: PenEventDetail): string {
  return `Pen ${down ? 'down' : 'up'}, ${Math.round(100 * x)}% across, ${Math.round(100 * y)}% down`;
}
