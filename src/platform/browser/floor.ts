// What the floors above may import from this one. index.ts has what everyone may import.
export { fetchModel } from './fetchModel.ts';
export { fetchRecognizer } from './fetchRecognizer.ts';
export type { PenEventDetail } from './inkPad.ts';
export { defineInkPad, InkPadElement } from './inkPadElement.ts';
export { paintPicture } from './paintPicture.ts';
export { readPictureFile } from './pictureFile.ts';
export { workerRecognizer } from './workerRecognizer.ts';
