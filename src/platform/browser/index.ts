export { fetchModel, modelByteLimit } from './fetchModel.ts';
export { type InkHistory, inkHistory } from './inkHistory.ts';
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
