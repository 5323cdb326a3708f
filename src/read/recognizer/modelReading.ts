// How a model is read as a recogniser: labels, framing and temperature from its card or from the caller, and which of
// its outputs holds the classes, or the classes of which member of a committee. Checks that all of it fits the network;
// runs nothing.
import { FormatError, formatShape, sizeOf, UsageError } from '../../core/floor.ts';
import {
  type ModelCard,
  memberName,
  memberPrefix,
  modelCardOf,
  type OnnxModel,
  type VotingRule,
  votingRules,
} from '../../onnx/floor.ts';
import { checkFraming, type Framing } from '../../picture/floor.ts';
import type { Network } from '../runtime/network.ts';
import type { RecognizeOptions } from './allowedClasses.ts';
import type { Committee, Member } from './answer.ts';

/**
 * What a model without a card needs to be told, and what overrides a card; and the alphabet of all calls that name
 * none.
 */
export interface RecognizerOptions extends RecognizeOptions {
  /** Class texts in the order of the network's outputs. */
  readonly labels?: readonly string[];
  /** How a character stands in the network's input. */
  readonly framing?: Framing;
  /**
   * Softmax temperature, above 0; 1 where neither card nor caller says. Of a committee that after the vote, not its
   * members'.
   */
  readonly temperature?: number;
  /** Input value of full ink: 1 for this project's models, 255 for some made by others. */
  readonly fullInk?: number;
  /** How a committee decides; its card's rule, or votes, where left out. */
  readonly rule?: VotingRule;
}

/** A model's meaning, once it is known to fit its network. */
export interface ModelReading {
  readonly labels: readonly string[];
  readonly framing: Framing;
  readonly fullInk: number;
  /** The network itself, or the members of the committee that it is; each with the output that holds its classes. */
  readonly members: readonly (Member & { readonly output: string })[];
  /** Undefined for a single network. */
  readonly committee: Committee | undefined;
  /** The model's own batch size, where it is fixed. */
  readonly fixedBatch: number | undefined;
}

/**
 * Reads what a model means.
 *
 * @throws {UsageError} when there is neither card nor option for what is needed, or an option does not fit the network.
 * @throws {FormatError} when the card is damaged or does not fit the network.
 */
export function readModelMeaning(model: OnnxModel, network: Network, options: RecognizerOptions): ModelReading {
  const card = modelCardOf(model);
  const labels = options.labels ?? card?.labels;
  const framing = options.framing ?? card?.framing;
  if (labels === undefined || framing === undefined) {
    throw new UsageError(
      'recognizer: expected a model with a card, or the options labels and framing, received neither',
    );
  }
  checkFraming(framing);
  const fullInk = options.fullInk ?? 1;
  checkOptions({ ...options, fullInk });
  const input = network.inputs[0]!;
  const [batch, ...sample] = input.shape;
  if (sizeOf(sample as number[]) !== framing.size ** 2) {
    throw misfit(
      options.framing === undefined,
      `framing of ${framing.size} x ${framing.size} pixels: expected as many values as the model's input "${input.name}" ${formatShape(sample as number[])} takes, received ${framing.size ** 2}`,
    );
  }
  const members = membersOf(model, network, card, options);
  for (const { output, classes } of members) {
    if (labels.length === classes && new Set(labels).size === labels.length) continue;
    throw misfit(
      options.labels === undefined,
      `labels: expected ${classes} different texts, as output "${output}" has classes, received ${labels.length} (${labels.slice(0, 12).join(' ')})`,
    );
  }
  return {
    labels: [...labels],
    framing: { ...framing },
    fullInk,
    members,
    committee:
      card?.committee === undefined
        ? undefined
        : { rule: options.rule ?? card.committee.rule, temperature: options.temperature ?? card.temperature },
    fixedBatch: typeof batch === 'number' ? batch : undefined,
  };
}

/** @throws {UsageError} naming the option that is out of its range. */
export function checkOptions({ temperature = 1, fullInk = 1, rule = 'votes' }: RecognizerOptions): void {
  for (const [name, value] of Object.entries({ temperature, fullInk })) {
    if (!Number.isFinite(value) || value <= 0) {
      throw new UsageError(`recognizer, ${name}: expected a number above 0, received ${value}`);
    }
  }
  if (!votingRules.includes(rule)) {
    throw new UsageError(`recognizer, rule: expected ${votingRules.join(' or ')}, received "${String(rule)}"`);
  }
}

/** A member before its classes are known to be as many as there are labels. */
type ReadMember = ModelReading['members'][number] & { readonly classes: number };

function membersOf(
  model: OnnxModel,
  network: Network,
  card: ModelCard | undefined,
  options: RecognizerOptions,
): ReadMember[] {
  if (card?.committee === undefined) {
    const output = (network.outputs.find(({ name }) => name === 'logits') ?? network.outputs[0])?.name;
    if (output === undefined) throw new FormatError('model: expected an output with the classes, received none');
    const temperature = options.temperature ?? card?.temperature ?? 1;
    return [{ name: card === undefined ? '' : memberName(card), temperature, ...classOutput(model, network, output) }];
  }
  return card.committee.members.map(({ name, temperature }, index) => ({
    name,
    temperature,
    ...classOutput(model, network, `${memberPrefix(index)}logits`),
  }));
}

function classOutput(
  model: OnnxModel,
  network: Network,
  output: string,
): { readonly output: string; readonly probabilities: boolean; readonly classes: number } {
  const chosen = network.outputs.find(({ name }) => name === output);
  if (chosen === undefined) {
    const names = network.outputs.map(({ name }) => name).slice(0, 12);
    throw new FormatError(`model: expected an output "${output}", as its card has it, received ${names.join(', ')}`);
  }
  const classes = sizeOf(chosen.shape.slice(1) as number[]);
  if (chosen.shape.length < 2 || chosen.shape[0] !== network.inputs[0]!.shape[0] || classes < 1) {
    throw new FormatError(`model output "${output}": expected [batch, classes], received [${chosen.shape.join(', ')}]`);
  }
  const maker = model.graph.nodes.find((node) => node.outputs.includes(output));
  return { output, probabilities: maker?.opType === 'Softmax', classes };
}

function misfit(fromCard: boolean, text: string): Error {
  return fromCard ? new FormatError(`model card, ${text}`) : new UsageError(`recognizer, ${text}`);
}
