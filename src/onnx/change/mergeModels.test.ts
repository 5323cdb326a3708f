// What a merged file holds and what is refused; that it computes what its members compute, in ONNX Runtime and in the
// runtime of pages, is in `test/parity/committeeModel.test.ts`.
import { describe, expect, it } from 'vitest';
import { perturbedCopy } from '../../../test/parity/perturbedCopy.ts';
import { digitModel, modelOf, node, weight } from '../../../test/parity/runtimeModels.ts';
import { FormatError, UsageError } from '../../core/floor.ts';
import { cardKey, type ModelCard } from '../card/card.ts';
import { modelCardOf, withModelCard } from '../card/cardText.ts';
import { committeeCard } from '../card/committeeCard.ts';
import type { OnnxModel } from '../file/model.ts';
import { readOnnx } from '../file/read.ts';
import { writeOnnx } from '../file/write.ts';
import { halveWeights } from './halveWeights.ts';
import { mergeModels } from './mergeModels.ts';
import { splitModel } from './splitModel.ts';

const labels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const card: ModelCard = {
  format: 1,
  name: 'digits',
  description: 'Random weights.',
  labels,
  framing: { size: 28, box: 20, centre: 'mass' },
  temperature: 1.5,
  network: { layers: [] },
};
const texts = { name: 'committee', description: 'Votes.' };

const member = (seed: number, changes: Partial<ModelCard> = {}): OnnxModel =>
  perturbedCopy(withModelCard(digitModel({ note: `note ${seed}` }), { ...card, ...changes }), seed, 0.1);

const merged = (models: readonly OnnxModel[]): OnnxModel => mergeModels(models, committeeCard(models, texts));

/** One dense layer of 784 inputs with the given last node, no card. */
const dense = (tail: string, output: string, batch: number | string = 'n', units = 10): OnnxModel =>
  modelOf({
    nodes: [node('MatMul', ['x', 'w'], ['scores']), node(tail, ['scores'], [output])],
    initializers: [weight('w', [784, units], 0.02)],
    input: [batch, 784],
    outputs: { [output]: [batch, units] },
  });

describe('mergeModels', () => {
  it('keeps apart what has equal names, and comes through a file', () => {
    const models = [member(1), member(2), member(3)];
    const model = readOnnx(writeOnnx(merged(models)));
    expect(model.graph.inputs).toEqual([{ name: 'input', type: 'float32', shape: ['batch', 1, 28, 28] }]);
    expect(model.graph.outputs.map(({ name }) => name)).toEqual([
      'probabilities',
      'member_1/logits',
      'member_2/logits',
      'member_3/logits',
    ]);
    const stored = (name: string): unknown => model.graph.initializers.find((tensor) => tensor.name === name)?.data;
    for (const [index, { graph }] of models.entries()) {
      for (const { name, data } of graph.initializers) expect(stored(`member_${index + 1}/${name}`)).toEqual(data);
    }
    const outputs = model.graph.nodes.flatMap((each) => each.outputs);
    expect(new Set(outputs).size).toBe(outputs.length);
    // The members' own softmax is used for the mean.
    expect(model.graph.nodes.filter(({ opType }) => opType === 'Softmax')).toHaveLength(3);
  });

  it("has a card that names its members, and keeps the members' own", () => {
    const { committee, network, temperature } = modelCardOf(merged([member(1), member(2)]))!;
    expect({ committee, network, temperature }).toEqual({
      network: undefined,
      temperature: 1,
      committee: {
        rule: 'votes',
        members: [
          { name: 'digits-1', temperature: 1.5 },
          { name: 'digits-2', temperature: 1.5 },
        ],
      },
    });
    const twins = modelCardOf(merged([member(4), member(4)]))!.committee!.members.map(({ name }) => name);
    expect(twins).toEqual(['digits-4 (1)', 'digits-4 (2)']);
  });

  it('can be halved after merging, and merged after halving', () => {
    const models = [member(1), member(2)];
    const after = halveWeights(merged(models));
    expect(after.graph.initializers.filter(({ type }) => type === 'float16')).not.toHaveLength(0);
    expect(splitModel(after).map(({ graph }) => new Set(graph.initializers.map(({ name }) => name)))).toEqual(
      models.map((each) => new Set(halveWeights(each).graph.initializers.map(({ name }) => name))),
    );
    const before = merged(models.map((each) => halveWeights(each)));
    const data = ({ graph }: OnnxModel) => new Map(graph.initializers.map((tensor) => [tensor.name, tensor.data]));
    expect(data(before)).toEqual(data(after));
  });

  it('adds the softmax where a member has none, or another one', () => {
    const model = mergeModels([dense('Identity', 'logits'), dense('Relu', 'logits')], {
      ...card,
      committee: { rule: 'votes', members: ['a', 'b'].map((name) => ({ name, temperature: 1 })) },
    });
    expect(model.graph.nodes.filter(({ opType }) => opType === 'Softmax').map(({ inputs }) => inputs[0])).toEqual([
      'member_1/logits',
      'member_2/logits',
    ]);
  });

  it.each<[string, () => OnnxModel[], RegExp]>([
    ['one model', () => [member(1)], /expected 2\.\.100 models and as many members in the card, received 1 models/],
    [
      'other labels',
      () => [member(1), member(2, { labels: [...labels].reverse() })],
      /member 2: expected labels 0 1 2 .* received 9 8/,
    ],
    [
      'another framing',
      () => [member(1), member(2), member(3, { framing: { ...card.framing, centre: 'box' } })],
      /member 3: expected framing 20 in 28 pixels by mass, received 20 in 28 pixels by box/,
    ],
    [
      'another input',
      () => [member(1), withModelCard(digitModel({}, 32), card)],
      /member 2: expected input float32 \[batch, 1, 28, 28\], as the first member, received float32 \[batch, 1, 32, 32\]/,
    ],
    [
      'a committee',
      () => [member(1), merged([member(2), member(3)])],
      /member 2: expected a single network, received a committee of 2/,
    ],
    [
      'another operator set',
      () => [member(1), { ...member(2), opsets: { '': 17 } }],
      /member 2: expected operator set 21 of domain "", as the first member, received 17/,
    ],
  ])('refuses %s', (_what, models, text) => {
    const run = (): unknown => {
      const all = models();
      const members = all.map((_, index) => ({ name: `${index}`, temperature: 1 }));
      return mergeModels(all, { ...card, committee: { rule: 'votes', members } });
    };
    expect(run).toThrow(text);
    expect(run).toThrow(UsageError);
  });

  it('refuses members whose outputs are not the classes, and cards that do not fit them', () => {
    const committee = { rule: 'votes', members: ['a', 'b'].map((name) => ({ name, temperature: 1 })) } as const;
    const merge = (second: OnnxModel) => () =>
      mergeModels([dense('Identity', 'logits'), second], { ...card, committee });
    expect(merge(dense('Softmax', 'out'))).toThrow(/member 2: expected an output "logits", received out/);
    expect(merge(dense('Identity', 'logits', 'n', 12))).toThrow(
      /expected logits float32 \[batch, 10\].* received float32 \[n, 12\]/,
    );
    expect(merge(dense('Identity', 'logits', 4))).toThrow(
      /expected input float32 \[batch, 784\].*received float32 \[4, 784\]/,
    );
    const third = { ...committee, members: [...committee.members, { name: 'c', temperature: 1 }] };
    expect(() => mergeModels([member(1), member(2)], { ...card, committee: third })).toThrow(
      /received 2 models and 3 members/,
    );
    expect(() => mergeModels([member(1), member(2)], card)).toThrow(/2 models and 0 members/);
    expect(() => committeeCard([digitModel()], texts)).toThrow(/member 1: expected a model with a card/);
  });
});

describe('splitModel', () => {
  it('gives back the members as they were', () => {
    const models = [member(1), member(2, { temperature: 0.9 })];
    const back = splitModel(readOnnx(writeOnnx(merged(models))));
    for (const [index, each] of back.entries()) {
      const { graph, metadata, opsets } = models[index]!;
      expect(each.metadata).toEqual(metadata);
      expect(each.opsets).toEqual(opsets);
      expect(each.graph.initializers).toEqual(graph.initializers);
      expect(each.graph.outputs).toEqual(graph.outputs);
      const renamed = graph.nodes.map(({ inputs, ...rest }) => ({
        ...rest,
        inputs: inputs.map((name) => (name === 'x' ? 'input' : name)),
      }));
      expect(each.graph.nodes.map(({ opType, inputs, outputs }) => [opType, inputs, outputs])).toEqual(
        renamed.map(({ opType, inputs, outputs }) => [opType, inputs, outputs]),
      );
    }
  });

  it("gives a member the temperature of the committee's card, and a card where it had none", () => {
    const whole = merged([member(1), member(2)]);
    const { committee, ...rest } = modelCardOf(whole)!;
    const members = committee!.members.map((each, index) => ({ ...each, temperature: 2 + index }));
    const changed = withModelCard(whole, { ...rest, committee: { rule: 'votes', members } });
    expect(splitModel(changed).map((each) => modelCardOf(each)!.temperature)).toEqual([2, 3]);
    expect(modelCardOf(splitModel(changed)[0]!)!.network).toEqual(card.network);
    const bare = { ...changed, metadata: { [cardKey]: changed.metadata[cardKey]! } };
    expect(modelCardOf(splitModel(bare)[1]!)).toMatchObject({ name: 'digits-2', labels, temperature: 3 });
  });

  it('refuses what is no committee, and files that are not what their card says', () => {
    expect(() => splitModel(member(1))).toThrow(/expected a committee, received a single network/);
    expect(() => splitModel(digitModel())).toThrow(UsageError);
    const whole = merged([member(1), member(2)]);
    const outputs = whole.graph.outputs.slice(0, 2);
    const short = { ...whole, graph: { ...whole.graph, outputs } };
    expect(() => splitModel(short)).toThrow(/output "member_2\/logits"/);
    expect(() => splitModel(short)).toThrow(FormatError);
    const damaged = { ...whole, metadata: { ...whole.metadata, [`member_1/${cardKey}`]: '{' } };
    expect(() => splitModel(damaged)).toThrow(FormatError);
  });
});
