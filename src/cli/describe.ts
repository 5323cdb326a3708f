// `ductus describe`: the layers of a network with their shapes, parameters and cost; of a committee its members first.
import { Command } from 'commander';
import type { NetworkConfig } from '../engine/floor.ts';
import type { CardCommittee } from '../onnx/floor.ts';
import { openNetwork } from './openNetwork.ts';
import { examples } from './options.ts';
import { formatTable, printJson, printLine } from './output.ts';

/** The command. */
export function describeCommand(): Command {
  return new Command('describe')
    .summary('print the layers of a network')
    .description(
      'Print the layers of a network: output shape, parameters, multiply-adds; and totals. Of a file that holds a committee:\n' +
        'its members and how they decide, then the layers of each kind of network among them.',
    )
    .argument('<network>', 'a network that comes with Ductus, or a model file (.onnx) or network config (.json)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['ductus describe keras', "the report's Keras network"],
        ['ductus describe models/digits.onnx', 'the network inside a model file'],
      ),
    )
    .action(async (name: string, flags: { json?: boolean }) => {
      const committee = await openCommittee(name);
      if (committee !== undefined) {
        await describeCommittee(committee, flags.json === true);
        return;
      }
      const description = await describeNetwork(await openNetwork(name));
      if (flags.json) printJson(description);
      else printNetwork(description);
    });
}

type NetworkDescription = Awaited<ReturnType<typeof describeNetwork>>;

async function describeNetwork(network: NetworkConfig) {
  const { placeLayers } = await import('../engine/floor.ts');
  const { sizeOf } = await import('../core/floor.ts');
  const layers = placeLayers(network).map((layer) => ({
    name: layer.name,
    type: layer.config.type,
    outputShape: layer.outputShape,
    parameters: layer.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    trained: layer.parameters.reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0),
    multiplyAdds: layer.multiplyAdds,
  }));
  const total = (key: 'parameters' | 'trained' | 'multiplyAdds'): number =>
    layers.reduce((sum, layer) => sum + layer[key], 0);
  const totals = {
    parameters: total('parameters'),
    trained: total('trained'),
    multiplyAdds: total('multiplyAdds'),
  };
  return { name: network.name, description: network.description, input: network.input, layers, totals };
}

function printNetwork({ name, description, input, layers, totals }: NetworkDescription): void {
  printLine(`${name}: ${description}`);
  printLine(
    formatTable(
      [
        ['layer', 'output shape', 'parameters', 'multiply-adds'],
        ['input', input.join(' x '), '', ''],
        ...layers.map((layer) => [
          layer.name,
          layer.outputShape.join(' x '),
          number(layer.parameters),
          number(layer.multiplyAdds),
        ]),
        ['total', '', number(totals.parameters), number(totals.multiplyAdds)],
      ],
      [2, 3],
    ),
  );
  if (totals.trained !== totals.parameters) {
    printLine(`${number(totals.trained)} of the parameters are trained; the rest are running statistics`);
  }
}

/** A committee out of a model file, with the network of each member that has one in its card. */
interface OpenedCommittee {
  readonly name: string;
  readonly description: string;
  readonly temperature: number;
  readonly committee: CardCommittee;
  readonly networks: readonly (NetworkConfig | undefined)[];
}

/** Undefined for what is no model file, and for one that holds a single network. */
async function openCommittee(path: string): Promise<OpenedCommittee | undefined> {
  if (!/\.onnx$/i.test(path)) return undefined;
  const { loadModel, naming } = await import('../platform/node/floor.ts');
  const { model, card } = await loadModel(path);
  if (card?.committee === undefined) return undefined;
  const { modelCardOf, splitModel } = await import('../onnx/floor.ts');
  const { parseNetwork } = await import('../engine/floor.ts');
  const networks = naming(path, () =>
    splitModel(model).map((member, index) => {
      const network = modelCardOf(member)?.network;
      return network === undefined ? undefined : parseNetwork(network, `member ${index + 1}`);
    }),
  );
  const { name, description, temperature, committee } = card;
  return { name, description, temperature, committee, networks };
}

async function describeCommittee(opened: OpenedCommittee, json: boolean): Promise<void> {
  const { name, description, temperature, committee, networks } = opened;
  const described = await Promise.all(networks.map((network) => network && describeNetwork(network)));
  const total = (key: 'parameters' | 'multiplyAdds'): number =>
    described.reduce((sum, network) => sum + (network?.totals[key] ?? 0), 0);
  const totals = { parameters: total('parameters'), multiplyAdds: total('multiplyAdds') };
  if (json) {
    const members = committee.members.map((member, index) => ({ ...member, network: described[index] ?? null }));
    printJson({ name, description, rule: committee.rule, temperature, members, totals });
    return;
  }
  printLine(`${name}: ${description}`);
  printLine(
    `${committee.members.length} networks, which decide by ${committee.rule}; temperature of the vote ${temperature.toFixed(3)}`,
  );
  const rows = committee.members.map((member, index) => {
    const network = described[index];
    return [
      member.name,
      member.seed === undefined ? '' : String(member.seed),
      member.temperature.toFixed(3),
      network?.name ?? 'not in its card',
      network === undefined ? '' : number(network.totals.parameters),
      network === undefined ? '' : number(network.totals.multiplyAdds),
    ];
  });
  const head = ['member', 'seed', 'temperature', 'network', 'parameters', 'multiply-adds'];
  const foot = ['total', '', '', '', number(totals.parameters), number(totals.multiplyAdds)];
  printLine(formatTable([head, ...rows, foot], [1, 2, 4, 5]));
  const kinds = new Map(described.map((network) => [JSON.stringify(network), network]));
  for (const network of kinds.values()) {
    if (network === undefined) continue;
    printLine();
    printNetwork(network);
  }
}

function number(value: number): string {
  return value.toLocaleString('en');
}
