// Marks on the browser's performance timeline, for `bench/reading/page.ts` and for anyone with the developer tools
// open.

/** From the question put to the recogniser to its answer. */
export const recognizeMeasure = 'ductus:recognize';
/** From the user's act (pen moved, pen lifted, file chosen) to the first frame that shows the answer. */
export const answerMeasure = 'ductus:answer';

/** Entries of one name that are kept, so that a page left open holds bounded memory. */
const kept = 1000;
const counts = new Map<string, number>();

/** Records a span in milliseconds of the document's clock and returns its length. */
export function measure(name: string, start: number, end = performance.now()): number {
  const count = counts.get(name) ?? 0;
  if (count >= kept) {
    performance.clearMeasures(name);
    counts.set(name, 0);
  } else counts.set(name, count + 1);
  performance.measure(name, { start, end });
  return end - start;
}

/** Calls back after the next frame is handed to the screen: a task queued while the frame is made runs after it. */
export function afterPaint(callback: () => void): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      callback();
    };
    channel.port2.postMessage(undefined);
  });
}
