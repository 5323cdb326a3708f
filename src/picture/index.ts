// ductus/picture: grey pictures, pen strokes, and the way from either to what a network takes.
export { type Bounds, cropPicture, inkBounds } from './bounds.ts';
export { type Components, findComponents } from './components.ts';
export { contactSheet } from './contactSheet.ts';
export { type Contour, traceContours } from './contour.ts';
export type { FoundInk } from './foundInk.ts';
export { explainFraming, type FramingStep, frameCharacter } from './frame/frame.ts';
export { frameInk } from './frame/frameInk.ts';
export { type Framing, hanziFraming, mnistFraming } from './frame/framing.ts';
export {
  type CharacterBox,
  type FindCharactersOptions,
  findCharacters,
  type PageCharacters,
} from './page/findCharacters.ts';
export { blankPicture, type Picture } from './picture.ts';
export { resizePicture } from './resample.ts';
export { candidateCuts } from './row/candidateCuts.ts';
export { shearPicture, slantOf } from './slant.ts';
export type { Ink, InkPoint, Stroke } from './strokes/ink.ts';
export { rasterizeInk } from './strokes/rasterize.ts';
export { thinMask } from './thin.ts';
export { otsuThreshold } from './threshold.ts';
