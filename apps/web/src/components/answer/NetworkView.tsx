// What the network was given, pixel by pixel, and how long it took.
import type { Reading } from '../../hooks/useReading.ts';
import { PictureCanvas } from './PictureCanvas.tsx';

interface NetworkViewProps {
  readonly reading: Reading;
  /** Side of the network's picture in pixels. */
  readonly size: number;
}

export function NetworkView({ reading, size }: NetworkViewProps) {
  const read = reading.status === 'read' ? reading : undefined;
  const side = read?.answer.framed.width ?? size;
  return (
    <figure class="seen">
      <div class="pixels">
        {read !== undefined && (
          <PictureCanvas picture={read.answer.framed} label={`What the network sees: ${side} by ${side} pixels`} />
        )}
      </div>
      <figcaption>
        <b>What the network sees</b>
        <span>
          Your drawing, scaled to {side}&nbsp;×&nbsp;{side} pixels and centred.
        </span>
        <span class="time">{read === undefined ? '' : `Read in ${duration(read.milliseconds)}`}</span>
      </figcaption>
    </figure>
  );
}

function duration(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}
