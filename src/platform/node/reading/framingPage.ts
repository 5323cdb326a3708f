// The page of `ductus recognize --explain`: each picture on its way to the network, step by step, in one HTML file.
import { type ComponentChild, h } from 'preact';
import { htmlPage } from '../../../learn/floor.ts';
import {
  explainFraming,
  type Framing,
  framingWorkingSide,
  type Picture,
  reducePicture,
} from '../../../picture/floor.ts';
import { pictureDataUri } from '../picture/pictureDataUri.ts';

/** A picture that was recognised. */
export interface ExplainedPicture {
  /** Where it came from. */
  readonly source: string;
  readonly picture: Picture;
  /** What was read; undefined where no ink was found. */
  readonly answer: string | undefined;
}

/** Descriptions of the steps of framing, for people. */
const captions: Readonly<Record<string, string>> = {
  reduced: 'shrunk',
  sheet: 'borders of the scan painted over with paper',
  'light ink': 'negative: ink is light from here on',
  levelled: 'shadows and slopes of the paper taken away',
  ink: 'ink above the level of the paper',
  threshold: 'white: ink for sure',
  'without lines': 'printed lines taken away',
  parts: 'white: kept; grey: left out',
  character: 'the character',
  cropped: 'cropped to its rectangle',
  scaled: 'scaled, ink stretched to white',
  framed: 'placed: what the network sees',
};

const style = `
:root{color-scheme:light dark}
body{margin:0 auto;max-width:90rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif}
h2{margin:2rem 0 .5rem;font-size:1.1rem;overflow-wrap:anywhere}
ol{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:1rem}
figure{margin:0;width:11rem}
img{width:11rem;height:11rem;object-fit:contain;background:#60606040;image-rendering:pixelated}
figcaption{font-size:.85rem}
`;

/** The page, as text of a self-contained HTML file. */
export function framingPage(pictures: readonly ExplainedPicture[], framing: Framing): string {
  const title = 'From picture to network';
  const sections = pictures.map((picture) => section(picture, framing));
  return htmlPage({ title, style, body: [h('h1', null, title), sections] });
}

function section({ source, picture, answer }: ExplainedPicture, framing: Framing): ComponentChild {
  const first = { name: 'picture', picture: reducePicture(picture, framingWorkingSide) };
  const figures = [first, ...explainFraming(picture, framing)].map(({ name, picture: after }) => {
    const what = name === 'picture' ? 'as it came' : captions[name];
    const { width, height } = name === 'picture' ? picture : after;
    const caption = h('figcaption', null, h('b', null, name), h('br', null), `${what}, ${width} x ${height}`);
    return h('li', null, h('figure', null, h('img', { src: pictureDataUri(after), alt: '' }), caption));
  });
  const verdict = answer === undefined ? 'no ink found' : `read as ${answer}`;
  return h('section', null, h('h2', null, `${source}: ${verdict}`), h('ol', null, figures));
}
