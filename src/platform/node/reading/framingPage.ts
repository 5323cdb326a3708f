// The page of `ductus recognize --explain`: each picture on its way to the network, step by step, in one HTML file.
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

/** What each step of framing is, for people. */
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

/** The page, as text of an HTML file that needs no other. */
export function framingPage(pictures: readonly ExplainedPicture[], framing: Framing): string {
  const sections = pictures.map(({ source, picture, answer }) => {
    const steps = explainFraming(picture, framing);
    const first = { name: 'picture', picture: reducePicture(picture, framingWorkingSide) };
    const figures = [first, ...steps].map(({ name, picture: after }) => {
      const { width, height } = after;
      const caption = `${name === 'picture' ? 'as it came' : captions[name]}, ${name === 'picture' ? `${picture.width} x ${picture.height}` : `${width} x ${height}`}`;
      return `<li><figure><img src="${pictureDataUri(after)}" alt=""><figcaption><b>${name}</b><br>${caption}</figcaption></figure></li>`;
    });
    const verdict = answer === undefined ? 'no ink found' : `read as ${escaped(answer)}`;
    return `<section><h2>${escaped(source)}: ${verdict}</h2><ol>${figures.join('')}</ol></section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>From picture to network</title><style>${style}</style></head>
<body><h1>From picture to network</h1>${sections.join('\n')}</body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
