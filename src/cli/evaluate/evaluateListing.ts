// `ductus evaluate --listing`: a model's answers to some pictures, one by one, with the pictures. Only prints.

import type { Recognizer } from '../../read/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import { formatGlyphs } from '../data/glyphs.ts';
import { formatPercent, printJson, printLine, terminalWidth } from '../output.ts';

/** Reads the pictures and prints prediction, character and label above each. */
export async function printListing(
  recognizer: Recognizer,
  pictures: LabelledPictures,
  framing: 'framed' | 'raw',
  json: boolean,
): Promise<void> {
  const { answerListing } = await import('../../learn/floor.ts');
  const listing = await answerListing(recognizer, pictures, framing);
  if (json) {
    // The pictures themselves are in the data; what the network saw of them would be most of the output.
    printJson({ data: pictures.name, framing, listing: listing.map(({ framed: _, ...answer }) => answer) });
    return;
  }
  const glyphs = listing.map(({ source, prediction, character, label, confidence, right, framed }) => ({
    title: [
      source,
      prediction === null ? 'prediction: nothing found' : `prediction ${prediction}, ${formatPercent(confidence)}`,
      `character  ${character ?? 'none'}`,
      `label      ${label}${right ? '' : '  (wrong)'}`,
    ],
    picture: framed,
  }));
  printLine(formatGlyphs(glyphs, terminalWidth()));
}
