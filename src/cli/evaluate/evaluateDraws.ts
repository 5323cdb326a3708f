// `ductus evaluate --draw 5`: what a vote of five scores on average, from more members than five. Only prints.
import type { AlphabetName } from '../../core/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';
import type { LoadedModel } from '../../platform/node/floor.ts';
import type { LabelledPictures } from '../../samples/floor.ts';
import { formatPercent, printJson, printLine } from '../output.ts';

interface DrawOptions {
  readonly draw: number;
  readonly rule?: VotingRule;
  readonly alphabet?: AlphabetName | readonly string[];
  readonly framing: 'framed' | 'raw';
  readonly allowUnknown?: boolean;
  readonly json?: boolean;
}

/** Lets each model read the pictures once, every choice of them vote, and prints what that gave. */
export async function printDraws(
  sources: readonly LoadedModel[],
  pictures: LabelledPictures,
  options: DrawOptions,
): Promise<void> {
  const { openRecognizer } = await import('../../platform/node/floor.ts');
  const { committeeDraws, judge } = await import('../../learn/floor.ts');
  const { draw, rule = 'votes', alphabet, framing, allowUnknown = false } = options;
  const members = [];
  for (const source of sources) {
    const recognizer = await openRecognizer(source, alphabet === undefined ? {} : { alphabet });
    try {
      members.push((await judge(recognizer, pictures, { framing, allowUnknown })).predictions);
    } finally {
      recognizer.dispose();
    }
  }
  const figures = committeeDraws(members, draw, rule);
  if (options.json) return printJson({ data: pictures.name, framing, rule, ...(alphabet && { alphabet }), ...figures });
  const { members: alone, committees } = figures;
  const spread = ({ mean, deviation, least, greatest, count }: typeof alone): string => {
    const around = deviation === null ? '' : ` +- ${formatPercent(deviation)}`;
    return `${formatPercent(mean)}${around} (${formatPercent(least)} to ${formatPercent(greatest)}, ${count})`;
  };
  printLine(
    `${pictures.name} (${framing}), ${pictures.pictures.length} pictures; mean +- deviation (least to greatest, number)`,
  );
  printLine(`members alone:     ${spread(alone)}`);
  printLine(`draws of ${draw}, ${rule}: ${spread(committees)}`);
  printLine('Draws share members: their deviation is less than that of committees trained apart.');
}
