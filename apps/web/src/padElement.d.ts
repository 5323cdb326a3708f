// Makes `<ductus-ink-pad>` known to JSX.
import type { ClassAttributes, HTMLAttributes } from 'preact';
import type { InkEventDetail, InkPadElement, PenEventDetail } from '../../../src/platform/browser/index.ts';

interface InkPadAttributes extends HTMLAttributes<InkPadElement>, ClassAttributes<InkPadElement> {
  label?: string;
  onstrokestart?: (event: CustomEvent<InkEventDetail>) => void;
  oninkchange?: (event: CustomEvent<InkEventDetail>) => void;
  oninkend?: (event: CustomEvent<InkEventDetail>) => void;
  onpenchange?: (event: CustomEvent<PenEventDetail>) => void;
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'ductus-ink-pad': InkPadAttributes;
    }
  }
}
