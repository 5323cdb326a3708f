// The members of a committee's file as files of their own: the way back from `mergeModels`.
import { FormatError, UsageError } from '../../core/floor.ts';
import { type CommitteeMember, cardKey, type ModelCard } from '../card/card.ts';
import { modelCardOf, parseCard, withModelCard } from '../card/cardText.ts';
import type { OnnxModel, OnnxValueInfo } from '../file/model.ts';
import { memberPrefix, sharedInput, softmaxOf } from './mergeModels.ts';

/**
 * The members of a committee, each a model as it was before it was merged: its weights (not copied), its metadata and
 * its own card, with the temperature that the committee's card gives it. A member that had no card gets one of the
 * committee's labels and framing.
 *
 * @returns models of input `input` and outputs `probabilities` and `logits`, in the order of the members.
 * @throws {UsageError} when the model is no committee.
 * @throws {FormatError} when its cards are damaged or its outputs are not those of its members.
 */
export function splitModel(model: OnnxModel): OnnxModel[] {
  const card = modelCardOf(model);
  if (card?.committee === undefined) {
    throw new UsageError('splitting a model: expected a committee, received a single network');
  }
  return card.committee.members.map((member, index) => memberOf(model, card, member, index));
}

function memberOf(model: OnnxModel, card: ModelCard, member: CommitteeMember, index: number): OnnxModel {
  const { graph } = model;
  const prefix = memberPrefix(index);
  const own = (name: string): boolean => name.startsWith(prefix);
  const rename = (name: string): string => (own(name) ? name.slice(prefix.length) : name);
  const input = graph.inputs.find(({ name }) => name === sharedInput);
  const logits = graph.outputs.find(({ name }) => name === `${prefix}logits`);
  if (input === undefined || logits === undefined) {
    throw new FormatError(
      `splitting a model: expected input "${sharedInput}" and output "${prefix}logits", as its card has ${card.committee!.members.length} members, received none`,
    );
  }
  const nodes = graph.nodes.filter(({ outputs }) => outputs.some(own));
  const probabilities = softmaxOf(nodes, logits.name, model.opsets[''] ?? 0);
  const outputs: OnnxValueInfo[] = [
    ...(probabilities === undefined ? [] : [{ ...logits, name: rename(probabilities) }]),
    { ...logits, name: 'logits' },
  ];
  const metadata = Object.fromEntries(
    Object.entries(model.metadata)
      .filter(([key]) => own(key))
      .map(([key, text]) => [rename(key), text]),
  );
  const text = Object.hasOwn(metadata, cardKey) ? metadata[cardKey] : undefined;
  const ownCard = text === undefined ? cardOf(card, member) : parseCard(text);
  const single: OnnxModel = {
    ...model,
    metadata,
    graph: {
      name: ownCard.name,
      nodes: nodes.map((node) => ({
        ...node,
        name: rename(node.name),
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      })),
      initializers: graph.initializers
        .filter(({ name }) => own(name))
        .map((tensor) => ({ ...tensor, name: rename(tensor.name) })),
      inputs: [input],
      outputs,
    },
  };
  const unchanged = text !== undefined && ownCard.temperature === member.temperature;
  return unchanged ? single : withModelCard(single, { ...ownCard, temperature: member.temperature });
}

function cardOf({ name, labels, framing }: ModelCard, member: CommitteeMember): ModelCard {
  const description = `A member of the committee ${name}.`;
  return { format: 1, name: member.name, description, labels, framing, temperature: member.temperature };
}
