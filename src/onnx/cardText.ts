// The model card to and from the JSON text in an ONNX file's metadata, checked field by field on the way in: a card comes
// with a file from anywhere, and the recogniser follows what it says. Checked by hand, as the page carries this code.
import { FormatError } from '../core/floor.ts';
import { cardKey, type ModelCard, maximumMembers, votingRules } from './card.ts';
import type { OnnxModel } from './model.ts';

/** Most characters of a card; ours, far above any recipe and log that a card holds. */
export const maximumCardCharacters = 4 * 2 ** 20;

/** Most classes that a card may name; ours: a hundred thousand is beyond every character set there is. */
const maximumLabels = 100_000;

/** Largest side of a framed picture, in pixels; ours, the same bound as `framingMaxSize` of the picture floor. */
const maximumSide = 1024;

type Json = Readonly<Record<string, unknown>>;

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
  const card = record(json, 'the card');
  if (card.format !== 1) throw wrong('format', '1', card.format);
  string(card, 'name');
  string(card, 'description');
  checkLabels(card.labels);
  const framing = record(card.framing, 'framing');
  const size = wholeNumber(framing, 'framing.size', 1, maximumSide);
  wholeNumber(framing, 'framing.box', 1, size);
  if (framing.centre !== 'mass' && framing.centre !== 'box') {
    throw wrong('framing.centre', '"mass" or "box"', framing.centre);
  }
  if (framing.lines !== undefined && framing.lines !== 'remove' && framing.lines !== 'keep') {
    throw wrong('framing.lines', '"remove" or "keep"', framing.lines);
  }
  if (framing.pen !== undefined) {
    const pen = number(framing, 'framing.pen');
    if (pen <= 0 || pen > 0.5) throw wrong('framing.pen', 'a share above 0 and up to 0.5', pen);
  }
  checkTemperature(card, 'temperature');
  if (card.committee !== undefined) checkCommittee(record(card.committee, 'committee'));
  if (card.training !== undefined) checkTraining(record(card.training, 'training'));
  if (card.validation !== undefined) checkFigure(card.validation, 'validation');
  if (card.test !== undefined) {
    list(card.test, 'test').forEach((figure, index) => {
      checkFigure(figure, `test[${index}]`);
    });
  }
  return card as unknown as ModelCard;
}

function checkLabels(value: unknown): void {
  const labels = list(value, 'labels');
  if (labels.length === 0 || labels.length > maximumLabels) {
    throw wrong('labels', `1..${maximumLabels} texts`, `${labels.length}`);
  }
  for (const [index, label] of labels.entries()) {
    if (typeof label !== 'string' || label === '') throw wrong(`labels[${index}]`, 'a text', label);
  }
  if (new Set(labels).size !== labels.length) throw wrong('labels', 'texts that differ', 'one twice');
}

/** Strict, unlike the rest of the card: a field that a reader does not know could change what the members' votes mean. */
function checkCommittee(committee: Json): void {
  onlyFields(committee, 'committee', ['rule', 'members']);
  if (!votingRules.some((rule) => rule === committee.rule)) {
    throw wrong('committee.rule', votingRules.map((rule) => `"${rule}"`).join(' or '), committee.rule);
  }
  const members = list(committee.members, 'committee.members');
  if (members.length < 2 || members.length > maximumMembers) {
    throw wrong('committee.members', `2..${maximumMembers} networks`, members.length);
  }
  const names = members.map((value, index) => {
    const where = `committee.members[${index}]`;
    const member = record(value, where);
    onlyFields(member, where, ['name', 'seed', 'temperature']);
    string(member, `${where}.name`);
    if (member.name === '') throw wrong(`${where}.name`, 'a text', member.name);
    if (member.seed !== undefined) number(member, `${where}.seed`);
    checkTemperature(member, `${where}.temperature`);
    return member.name;
  });
  if (new Set(names).size !== names.length) throw wrong('committee.members', 'names that differ', 'one twice');
}

function checkTemperature(owner: Json, where: string): void {
  const temperature = owner[lastName(where)];
  if (typeof temperature !== 'number' || !Number.isFinite(temperature) || temperature <= 0) {
    throw wrong(where, 'a number above 0', temperature);
  }
}

function onlyFields(owner: Json, where: string, known: readonly string[]): void {
  const stray = Object.keys(owner).find((key) => !known.includes(key));
  if (stray !== undefined) throw wrong(where, `only the fields ${known.join(', ')}`, stray);
}

function checkTraining(training: Json): void {
  string(training, 'training.command');
  string(training, 'training.date');
  number(training, 'training.seed');
  if (training.splitSeed !== undefined) number(training, 'training.splitSeed');
  number(training, 'training.seconds');
  for (const [key, version] of Object.entries(record(training.versions, 'training.versions'))) {
    if (typeof version !== 'string') throw wrong(`training.versions.${key}`, 'a text', version);
  }
  if (training.notice !== undefined) string(training, 'training.notice');
  checkData(training.data, 'training.data');
  if (training.teachers === undefined) return;
  list(training.teachers, 'training.teachers').forEach((entry, index) => {
    const where = `training.teachers[${index}]`;
    const teacher = record(entry, where);
    string(teacher, `${where}.name`);
    checkData(teacher.data, `${where}.data`);
  });
}

function checkData(value: unknown, name: string): void {
  list(value, name).forEach((entry, index) => {
    const where = `${name}[${index}]`;
    const data = record(entry, where);
    string(data, `${where}.name`);
    string(data, `${where}.sha256`);
    wholeNumber(data, `${where}.count`, 0, Number.MAX_SAFE_INTEGER);
    if (data.terms !== undefined) string(data, `${where}.terms`);
    if (data.cleared !== undefined) string(data, `${where}.cleared`);
  });
}

function checkFigure(value: unknown, where: string): void {
  const figure = record(value, where);
  string(figure, `${where}.data`);
  wholeNumber(figure, `${where}.count`, 0, Number.MAX_SAFE_INTEGER);
  const accuracy = number(figure, `${where}.accuracy`);
  if (accuracy < 0 || accuracy > 1) throw wrong(`${where}.accuracy`, 'a share of 0..1', accuracy);
  if (figure.loss !== undefined) number(figure, `${where}.loss`);
}

function record(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object', value);
  return value as Json;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list', value);
  return value;
}

/** The field that `where` ends in must be a text. */
function string(owner: Json, where: string): void {
  const value = owner[lastName(where)];
  if (typeof value !== 'string') throw wrong(where, 'a text', value);
}

function number(owner: Json, where: string): number {
  const value = owner[lastName(where)];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(where, 'a number', value);
  return value;
}

function wholeNumber(owner: Json, where: string, low: number, high: number): number {
  const value = owner[lastName(where)];
  if (!Number.isSafeInteger(value) || (value as number) < low || (value as number) > high) {
    throw wrong(where, `a whole number of ${low}..${high}`, value);
  }
  return value as number;
}

function lastName(where: string): string {
  return where.slice(where.lastIndexOf('.') + 1);
}

function wrong(where: string, expected: string, received: unknown): FormatError {
  const shown = received === undefined ? 'nothing' : (JSON.stringify(received) ?? typeof received).slice(0, 80);
  return new FormatError(`model card, ${where}: expected ${expected}, received ${shown}`);
}
