// What the floors above may import of this one. What the world may import stands in index.ts.
export { fetchModel } from './fetchModel.ts';
export { fetchRecognizer } from './fetchRecognizer.ts';
export type { PenEventDetail } from './inkPad.ts';
export { defineInkPad, InkPadElement } from './inkPadElement.ts';
export { paintPicture } from './paintPicture.ts';
export { readPictureFile } from './pictureFile.ts';
export { workerRecognizer } from './workerRecognizer.ts';
