// ductus/browser: the ink pad, and recognisers in a page.
export { fetchModel } from './fetchModel.ts';
export { fetchRecognizer } from './fetchRecognizer.ts';
export { type InkEventDetail, InkPad, type PenEventDetail } from './inkPad.ts';
export { defineInkPad, InkPadElement } from './inkPadElement.ts';
export { paintPicture } from './paintPicture.ts';
export { readPictureFile } from './pictureFile.ts';
export { type WorkerRecognizerOptions, workerRecognizer } from './workerRecognizer.ts';
