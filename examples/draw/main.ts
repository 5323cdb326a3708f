import { defineInkPad, type InkPadElement, workerRecognizer } from 'ductus/browser';
import modelUrl from 'ductus/models/digits.onnx?url';

defineInkPad(); // <ductus-ink-pad> and <output> stand in index.html
const recognizer = workerRecognizer(modelUrl); // a promise; drawings wait for the model
document.querySelector('ductus-ink-pad')!.addEventListener('inkchange', async (event) => {
  const answer = await (await recognizer).recognize((event.target as InkPadElement).ink);
  document.querySelector('output')!.value = answer.empty
    ? ''
    : `${answer.label} (${Math.round(100 * answer.confidence)} %)`;
});
