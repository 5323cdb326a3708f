export type { Ink, InkPoint, Stroke } from './ink.ts';
export type { Picture } from './picture.ts';
