export { fetchModel, modelByteLimit } from './fetchModel.ts';
export { fetchRecognizer } from './fetchRecognizer.ts';
export {
  defaultPenWidth,
  type InkEventDetail,
  InkPad,
  type InkPadParts,
  type PenEventDetail,
  padSide,
} from './inkPad.ts';
export { defineInkPad, InkPadElement, inkPadTag } from './inkPadElement.ts';
export { paintPicture } from './paintPicture.ts';
export { pictureFileLimit, pictureSideLimit, pixelLimit, readPictureFile } from './pictureFile.ts';
export { type WorkerRecognizerOptions, workerRecognizer } from './workerRecognizer.ts';
