export { type Bounds, cropPicture, inkBounds } from './bounds.ts';
export { candidateCuts } from './candidateCuts.ts';
export { type Components, findComponents } from './components.ts';
export { type ContactSheetOptions, contactSheet, contactSheetMaxPixels } from './contactSheet.ts';
export { type Contour, crackMiddles, traceContours } from './contour.ts';
export { findInk } from './findInk.ts';
export { explainFraming, type FramingStep, frameCharacter, framingWorkingSide } from './frame.ts';
export {
  checkFraming,
  describeFraming,
  type Framing,
  framingMaxSize,
  hanziFraming,
  mnistFraming,
  mnistPen,
  namedFramings,
} from './framing.ts';
export type { Ink, InkPoint, Stroke } from './ink.ts';
export type { InkMap } from './inkMap.ts';
export {
  type CharacterBox,
  type FindCharactersOptions,
  findCharacters,
  type PageCharacters,
  pageMaxCharacters,
  pageMaxPixels,
} from './page/findCharacters.ts';
export { blankPicture, checkPicture, type Picture } from './picture.ts';
export { rasterInkSide, rasterizeInk, rasterMaxPoints } from './rasterize.ts';
export { removeLines } from './removeLines.ts';
export { reducePicture, resizePicture } from './resample.ts';
export type { Seam } from './seam.ts';
export { type ShearedPicture, shearPicture, slantOf } from './slant.ts';
export { smoothPicture } from './smooth.ts';
export { thinMask } from './thin.ts';
export { greyHistogram, levelQuantile, otsuThreshold, type Threshold } from './threshold.ts';
