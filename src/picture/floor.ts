// What the floors above may import of this one. What the world may import stands in index.ts.
export { type Bounds, cropPicture, inkBounds } from './bounds.ts';
export { findComponents } from './components.ts';
export { contactSheet } from './contactSheet.ts';
export { crackMiddles, traceContours } from './contour.ts';
export { type FoundInk, inkOfPicture, pictureOfInk } from './foundInk.ts';
export { explainFraming, frameCharacter } from './frame/frame.ts';
export { frameInk } from './frame/frameInk.ts';
export {
  checkFraming,
  describeFraming,
  type Framing,
  framingWorkingSide,
  hanziFraming,
  mnistFraming,
  mnistPen,
  namedFramings,
} from './frame/framing.ts';
export { findInk } from './ink/findInk.ts';
export { foundInkMap } from './ink/foundInkMap.ts';
export type { InkMap } from './ink/inkMap.ts';
export { removeLines } from './ink/removeLines.ts';
export { type FindCharactersOptions, findCharacters } from './page/findCharacters.ts';
export { blankPicture, checkPicture, type Picture } from './picture.ts';
export { reducePicture, resizePicture } from './resample.ts';
export { candidateCuts } from './row/candidateCuts.ts';
export type { Seam } from './row/seam.ts';
export { shearPicture, slantOf } from './slant.ts';
export { smoothPicture } from './smooth.ts';
export type { Ink, InkPoint, Stroke } from './strokes/ink.ts';
export { rasterizeInk } from './strokes/rasterize.ts';
export { thinMask } from './thin.ts';
export { greyHistogram, otsuThreshold } from './threshold.ts';
