// Observable Plot on linkedom's document: SVG text without a browser. Colours come from CSS variables with defaults, so
// a page can set them for light and dark; a standalone chart carries its own (`standalone`). Both libraries are loaded
// on first use, because commands that draw nothing must start quickly.
import { h } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { loadOptional } from '../files/loadOptional.ts';

type Plot = typeof import('@observablehq/plot');
/** The document that Plot draws into: linkedom's, which has the parts of the DOM that Plot needs. */
type PlotDocument = NonNullable<import('@observablehq/plot').PlotOptions['document']>;

/**
 * Colours of series, with the CSS variable that a page sets. Okabe and Ito's blue and vermilion: every eye can
 * distinguish them.
 */
export const trainColour = 'var(--chart-train, #0072b2)';
export const validationColour = 'var(--chart-validation, #d55e00)';
export const mutedColour = 'var(--chart-muted, #8a8f98)';

/** Colours of one chart's series, in turn: those of Okabe and Ito that are visible on white. */
export const seriesColours: readonly string[] = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#8a8f98',
  '#b8860b',
  '#56407a',
];

/** Their colours in dark mode. */
const nightColours = [
  ['#0072b2', '#56b4e9'],
  ['#d55e00', '#e69f00'],
  ['#009e73', '#3ecf9f'],
  ['#56407a', '#b39ddb'],
];

/** Font size that stays legible when a phone shows a chart at half its size. */
export const pageStyle = { fontSize: '14px' };

/** Width of a chart in SVG units; the page scales it. */
export const chartWidth = 640;

let opened: Promise<{ Plot: Plot; document: PlotDocument }> | undefined;

/** The library and a document for it. @throws {MissingError} when either package is not installed. */
export function openPlot(): Promise<{ Plot: Plot; document: PlotDocument }> {
  const load = <Module>(name: string, module: () => Promise<Module>): Promise<Module> =>
    loadOptional(module, name, 'drawing charts', '@observablehq/plot linkedom');
  opened ??= Promise.all([
    load('@observablehq/plot', () => import('@observablehq/plot')),
    load('linkedom', () => import('linkedom')),
  ]).then(([Plot, { parseHTML }]) => ({
    Plot,
    document: parseHTML('<!doctype html><html><body></body></html>').document,
  }));
  return opened;
}

/** The SVG's text; decorative to screen readers, which get the page's table or the file's title instead. */
export function plotText(element: { outerHTML: string }): string {
  return element.outerHTML.replace('<svg ', '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" ');
}

/**
 * Wraps charts as a file of its own. Viewers other than browsers know no CSS variables: the defaults are written out,
 * and dark mode repaints them by attribute.
 */
export function standalone(content: string, width: number, height: number, title: string): string {
  const dark = nightColours.map(
    ([light, night]) => `[fill="${light}"]{fill:${night}}[stroke="${light}"]{stroke:${night}}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
${renderToStaticMarkup(h('title', null, title))}
<style>:root{color:#1f2328;background:#fff}@media (prefers-color-scheme:dark){:root{color:#e6e8eb;background:#16181c}${dark.join('')}}</style>
${content.replace(/var\(--chart-\w+, (#[0-9a-f]{6})\)/g, '$1')}
</svg>
`;
}
