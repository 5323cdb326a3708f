// The model card to and from the JSON text in an ONNX file's metadata, checked field by field on the way in: a card
// comes with a file from anywhere, and the recogniser follows what it says. Checked by hand, as the page carries this
// code.
import { FormatError } from '../../core/floor.ts';
import type { OnnxModel } from '../file/model.ts';
import {
  type CardCommittee,
  type CardData,
  type CardFigure,
  type CardTraining,
  type CommitteeMember,
  cardKey,
  type Framing,
  type ModelCard,
  maximumMembers,
  votingRules,
} from './card.ts';
import {
  anything,
  listOf,
  numberWhere,
  object,
  oneOf,
  optional,
  type Reader,
  recordOf,
  text,
  wholeNumber,
  wrong,
} from './jsonReaders.ts';

/** Most characters of a card, far above any recipe and log that a card holds. */
export const maximumCardCharacters = 4 * 2 ** 20;

/** Most classes that a card may name: a hundred thousand is beyond every character set there is. */
const maximumLabels = 100_000;

/** Largest side of a framed picture, in pixels, the same bound as `framingMaxSize` of the picture floor. */
const maximumSide = 1024;

/**
 * The card of a model, or `undefined` when it has none, as a model made by others.
 *
 * @throws {FormatError} naming the field, when there is a card but it is damaged.
 */
export function modelCardOf(model: OnnxModel): ModelCard | undefined {
  const text = Object.hasOwn(model.metadata, cardKey) ? model.metadata[cardKey] : undefined;
  return text === undefined ? undefined : parseCard(text);
}

/**
 * The same model with this card, in place of any that it had.
 *
 * @throws {FormatError} when the card would be refused on reading.
 *
 * @example
 * ```ts
 * import { loadModel } from 'ductus/node';
 * import { withModelCard, writeOnnx } from 'ductus/onnx';
 *
 * const { model, card } = await loadModel('digits');
 * const bytes = writeOnnx(withModelCard(model, { ...card!, name: 'my-digits' }));
 * console.log(bytes.length > 0); // true
 * ```
 */
export function withModelCard(model: OnnxModel, card: ModelCard): OnnxModel {
  const text = JSON.stringify(card);
  parseCard(text);
  return { ...model, metadata: { ...model.metadata, [cardKey]: text } };
}

/**
 * A card from its JSON.
 * @throws {FormatError} naming the field, what was expected and what was received.
 *
 * @example
 * ```ts
 * import { loadModel } from 'ductus/node';
 * import { parseCard } from 'ductus/onnx';
 *
 * const { card } = await loadModel('digits');
 * console.log(parseCard(JSON.stringify(card)).name); // digits
 * ```
 */
export function parseCard(text: string): ModelCard {
  if (text.length > maximumCardCharacters) {
    throw new FormatError(`model card: expected at most ${maximumCardCharacters} characters, received ${text.length}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new FormatError('model card: expected JSON, received text that is not');
  }
  return readCard(json, '');
}

const anyNumber = numberWhere('a number', Number.isFinite);
const temperature = numberWhere('a number above 0', (value) => Number.isFinite(value) && value > 0);
const count = wholeNumber(0, Number.MAX_SAFE_INTEGER);

const readFraming: Reader<Framing> = (value, where) => {
  const framing = object<Framing>({
    size: wholeNumber(1, maximumSide),
    box: anyNumber,
    centre: oneOf(['mass', 'box']),
    lines: optional(oneOf(['remove', 'keep'])),
    pen: optional(anyNumber),
  })(value, where);
  wholeNumber(1, framing.size)(framing.box, `${where}.box`);
  const { pen } = framing;
  if (pen !== undefined && (pen <= 0 || pen > 0.5)) {
    throw wrong(`${where}.pen`, 'a share above 0 and up to 0.5', pen);
  }
  return framing;
};

const readLabels: Reader<readonly string[]> = (value, where) => {
  const labels = listOf(anything)(value, where);
  if (labels.length === 0 || labels.length > maximumLabels) {
    throw wrong(where, `1..${maximumLabels} texts`, `${labels.length}`);
  }
  const texts = listOf(filledText)(labels, where);
  if (new Set(texts).size !== texts.length) throw wrong(where, 'texts that differ', 'one twice');
  return texts;
};

const filledText: Reader<string> = (value, where) => {
  if (value === '') throw wrong(where, 'a text', value);
  return text(value, where);
};

/**
 * Strict, unlike the rest of the card: a field that a reader does not know could change what the members' votes mean.
 */
const readCommittee: Reader<CardCommittee> = (value, where) => {
  const committee = object<CardCommittee>(
    {
      rule: oneOf(votingRules),
      members: (members, at) => {
        const { length } = listOf(anything)(members, at);
        if (length < 2 || length > maximumMembers) throw wrong(at, `2..${maximumMembers} networks`, length);
        return listOf(readMember)(members, at);
      },
    },
    'no others',
  )(value, where);
  const names = committee.members.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw wrong(`${where}.members`, 'names that differ', 'one twice');
  return committee;
};

const readMember = object<CommitteeMember>({ name: filledText, seed: optional(anyNumber), temperature }, 'no others');

const readData = object<CardData>({
  name: text,
  sha256: text,
  count,
  terms: optional(text),
  cleared: optional(text),
});

const readTraining = object<CardTraining>({
  command: text,
  date: text,
  seed: anyNumber,
  splitSeed: optional(anyNumber),
  seconds: anyNumber,
  recipe: anything,
  versions: recordOf(text),
  notice: optional(text),
  data: listOf(readData),
  teachers: optional(
    listOf(object<NonNullable<CardTraining['teachers']>[number]>({ name: text, data: listOf(readData) })),
  ),
});

const readFigure = object<CardFigure>({
  data: text,
  count,
  accuracy: (value, where) => {
    const accuracy = anyNumber(value, where);
    if (accuracy < 0 || accuracy > 1) throw wrong(where, 'a share of 0..1', accuracy);
    return accuracy;
  },
  loss: optional(anyNumber),
});

const readCard = object<ModelCard>({
  format: (value, where) => {
    if (value !== 1) throw wrong(where, '1', value);
    return value;
  },
  name: text,
  description: text,
  labels: readLabels,
  framing: readFraming,
  temperature,
  network: optional(anything),
  committee: optional(readCommittee),
  training: optional(readTraining),
  validation: optional(readFigure),
  test: optional(listOf(readFigure)),
});
