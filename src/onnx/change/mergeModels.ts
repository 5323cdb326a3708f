// Several networks in one file: the same input for all, each member's values under a name of its own, and the mean of
// their probabilities for whoever knows nothing of votes. `splitModel` is the way back; voting is `src/read`'s.
import { formatShape, UsageError } from '../../core/floor.ts';
import { type ModelCard, maximumMembers } from '../card/card.ts';
import { modelCardOf, withModelCard } from '../card/cardText.ts';
import { checkModel } from '../file/check.ts';
import type { OnnxModel, OnnxNode, OnnxValueInfo } from '../file/model.ts';

/** Name of the input that the members share. */
export const sharedInput = 'input';

/** What stands before every name of a member, from 0: `member_1/` of the first. */
export function memberPrefix(index: number): string {
  return `member_${index + 1}/`;
}

/**
 * Merges networks of equal input and classes into one file of a committee.
 *
 * Inputs: `input`. Outputs: `probabilities`, the mean of the members' softmax without any temperature, and
 * `member_1/logits` ... `member_n/logits`. Nodes, weights and metadata of a member, its card too, are kept under
 * `member_i/`; outputs other than its logits are not. The weights are not copied.
 *
 * @param models each with an output `logits` `[batch, classes]` and one input; none a committee itself.
 * @param card of the whole, with `committee` naming as many members; a `network` in it is left out.
 * @throws {UsageError} naming the member, when members, or they and the card, do not fit each other.
 * @throws {FormatError} when the card or a member is damaged.
 *
 * @example
 * ```ts
 * import { createRecognizer } from 'ductus';
 * import { loadModel } from 'ductus/node';
 * import { committeeCard, mergeModels, splitModel } from 'ductus/onnx';
 *
 * const members = await Promise.all(['digits', 'slim', 'tiny'].map(async (name) => (await loadModel(name)).model));
 * const committee = mergeModels(members, committeeCard(members, { name: 'three', description: 'Three that vote.' }));
 * console.log(splitModel(committee).length); // 3
 * console.log(createRecognizer(committee).labels.length); // 10
 * ```
 */
export function mergeModels(models: readonly OnnxModel[], card: ModelCard): OnnxModel {
  const named = card.committee?.members.length ?? 0;
  if (models.length < 2 || models.length > maximumMembers || named !== models.length) {
    throw new UsageError(
      `merging models: expected 2..${maximumMembers} models and as many members in the card, received ${models.length} models and ${named} members`,
    );
  }
  const first = soleInput(models[0]!, 0);
  const classes = card.labels.length;
  const opsets: Record<string, number> = {};
  for (const [index, model] of models.entries()) {
    checkModel(model);
    checkInput(soleInput(model, index), first, index);
    checkCard(model, card, index);
    checkLogits(model, classes, index);
    for (const [domain, version] of Object.entries(model.opsets)) {
      opsets[domain] ??= version;
      if (opsets[domain] !== version) {
        throw misfit(index, `operator set ${opsets[domain]} of domain "${domain}", as the first member`, `${version}`);
      }
    }
  }
  const members = models.map(asMember);
  const mean = meanOf(members.map(({ probabilities }) => probabilities));
  const batch = first.shape[0]!;
  const output = (name: string): OnnxValueInfo => ({ name, type: 'float32', shape: [batch, classes] });
  const { network: _, ...own } = card;
  const merged: OnnxModel = {
    irVersion: Math.max(...models.map(({ irVersion }) => irVersion)),
    producerName: models[0]!.producerName,
    producerVersion: models[0]!.producerVersion,
    opsets,
    metadata: Object.assign({}, ...members.map(({ metadata }) => metadata)),
    graph: {
      name: card.name,
      nodes: [...members.flatMap(({ nodes }) => nodes), ...mean.nodes],
      initializers: [...members.flatMap(({ initializers }) => initializers), mean.count],
      inputs: [{ ...first, name: sharedInput }],
      outputs: [output('probabilities'), ...models.map((_model, index) => output(`${memberPrefix(index)}logits`))],
    },
  };
  checkModel(merged);
  return withModelCard(merged, own);
}

/** A member with all its names behind its prefix, and the name of the softmax of its logits. */
function asMember(model: OnnxModel, index: number) {
  const prefix = memberPrefix(index);
  const input = soleInput(model, index).name;
  const rename = (name: string): string => (name === '' ? '' : name === input ? sharedInput : prefix + name);
  const nodes = model.graph.nodes.map(
    (node): OnnxNode => ({
      ...node,
      name: node.name === '' ? '' : prefix + node.name,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    }),
  );
  let probabilities = softmaxOf(nodes, `${prefix}logits`, model.opsets['']!);
  if (probabilities === undefined) {
    const taken = new Set(nodes.flatMap(({ outputs }) => outputs));
    for (const { name } of model.graph.initializers) taken.add(prefix + name);
    probabilities = `${prefix}probabilities`;
    while (taken.has(probabilities)) probabilities += '_';
    nodes.push(operator('Softmax', [`${prefix}logits`], probabilities, { axis: { kind: 'int', value: 1 } }));
  }
  return {
    nodes,
    probabilities,
    initializers: model.graph.initializers.map((tensor) => ({ ...tensor, name: prefix + tensor.name })),
    metadata: Object.fromEntries(Object.entries(model.metadata).map(([key, text]) => [prefix + key, text])),
  };
}

/** The value that is the softmax over the classes of `[batch, classes]` logits, if a node makes it. */
export function softmaxOf(nodes: readonly OnnxNode[], logits: string, opset: number): string | undefined {
  const node = nodes.find(({ opType, domain, inputs, attributes }) => {
    if (opType !== 'Softmax' || domain !== '' || inputs[0] !== logits) return false;
    const axis = attributes.axis?.value ?? (opset < 13 ? 1 : -1);
    return axis === 1 || axis === -1;
  });
  return node?.outputs[0];
}

/** Add is used in place of Mean and Sum, which few small runtimes have. */
function meanOf(values: readonly string[]) {
  const nodes: OnnxNode[] = [];
  let sum = values[0]!;
  for (const [index, value] of values.slice(1).entries()) {
    const next = `committee/sum_${index + 2}`;
    nodes.push(operator('Add', [sum, value], next));
    sum = next;
  }
  nodes.push(operator('Div', [sum, 'committee/count'], 'probabilities'));
  const count = { name: 'committee/count', type: 'float32', shape: [1], data: Float32Array.of(values.length) } as const;
  return { nodes, count };
}

function operator(
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes: OnnxNode['attributes'] = {},
): OnnxNode {
  return { opType, domain: '', name: `${output}/${opType}`, inputs, outputs: [output], attributes };
}

/** The one input that is not a constant: files up to IR version 3 list their constants among the inputs. */
function soleInput(model: OnnxModel, index: number): OnnxValueInfo {
  const constants = new Set(model.graph.initializers.map(({ name }) => name));
  const inputs = model.graph.inputs.filter(({ name }) => !constants.has(name));
  if (inputs.length !== 1) throw misfit(index, 'one input', `${inputs.length}`);
  return inputs[0]!;
}

function checkInput(input: OnnxValueInfo, first: OnnxValueInfo, index: number): void {
  // Any name of a free batch is as good as another.
  const shapeOf = ({ shape }: OnnxValueInfo): string =>
    formatShape(shape.map((extent, axis) => (axis === 0 && typeof extent === 'string' ? 'batch' : extent)) as number[]);
  if (input.type !== first.type || shapeOf(input) !== shapeOf(first)) {
    throw misfit(
      index,
      `input ${first.type} ${shapeOf(first)}, as the first member`,
      `${input.type} ${shapeOf(input)}`,
    );
  }
}

function checkLogits(model: OnnxModel, classes: number, index: number): void {
  const { outputs } = model.graph;
  const logits = outputs.find(({ name }) => name === 'logits');
  if (logits === undefined) {
    throw misfit(index, 'an output "logits"', outputs.map(({ name }) => name).join(', ') || 'no output');
  }
  if (logits.type !== 'float32' || logits.shape.length !== 2 || logits.shape[1] !== classes) {
    const received = `${logits.type} [${logits.shape.join(', ')}]`;
    throw misfit(index, `logits float32 [batch, ${classes}], as the card has ${classes} labels`, received);
  }
}

function checkCard(model: OnnxModel, card: ModelCard, index: number): void {
  const own = modelCardOf(model);
  if (own === undefined) return;
  if (own.committee !== undefined) {
    throw misfit(index, 'a single network', `a committee of ${own.committee.members.length}`);
  }
  if (own.labels.length !== card.labels.length || own.labels.some((label, at) => label !== card.labels[at])) {
    throw misfit(index, `labels ${listed(card.labels)}`, listed(own.labels));
  }
  const framing = ({ framing: { size, box, centre, lines, pen } }: ModelCard): string =>
    `${box} in ${size} pixels by ${centre}${lines === 'keep' ? ', lines kept' : ''}${pen === undefined ? '' : `, pen ${pen}`}`;
  if (framing(own) !== framing(card)) throw misfit(index, `framing ${framing(card)}`, framing(own));
}

function listed(labels: readonly string[]): string {
  return `${labels.slice(0, 12).join(' ')}${labels.length > 12 ? ' ...' : ''}`;
}

function misfit(index: number, expected: string, received: string): UsageError {
  return new UsageError(`merging models, member ${index + 1}: expected ${expected}, received ${received}`);
}
