// `ductus describe`: the layers of a network with their shapes, parameters and cost; for a committee, its members
// first.
import { Command } from 'commander';
import type { NetworkDescription } from '../engine/floor.ts';
import type { CommitteeDescription } from '../platform/node/floor.ts';
import { examples } from './options.ts';
import { formatTable, printJson, printLine } from './output.ts';

/** The command. */
export function describeCommand(): Command {
  return new Command('describe')
    .summary('print the layers of a network')
    .description(
      'Print the layers of a network: output shape, parameters, multiply-adds; and totals. For a file that holds a committee:\n' +
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
      const { describeModel } = await import('../platform/node/floor.ts');
      const description = await describeModel(name);
      if (flags.json) printJson(description);
      else if ('members' in description) printCommittee(description);
      else printNetwork(description);
    });
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

function printCommittee({ name, description, rule, temperature, members, totals }: CommitteeDescription): void {
  printLine(`${name}: ${description}`);
  printLine(`${members.length} networks, which decide by ${rule}; temperature of the vote ${temperature.toFixed(3)}`);
  const rows = members.map((member) => [
    member.name,
    member.seed === undefined ? '' : String(member.seed),
    member.temperature.toFixed(3),
    member.network?.name ?? 'not in its card',
    member.network === null ? '' : number(member.network.totals.parameters),
    member.network === null ? '' : number(member.network.totals.multiplyAdds),
  ]);
  const head = ['member', 'seed', 'temperature', 'network', 'parameters', 'multiply-adds'];
  const foot = ['total', '', '', '', number(totals.parameters), number(totals.multiplyAdds)];
  printLine(formatTable([head, ...rows, foot], [1, 2, 4, 5]));
  const kinds = new Map(members.map(({ network }) => [JSON.stringify(network), network]));
  for (const network of kinds.values()) {
    if (network === null) continue;
    printLine();
    printNetwork(network);
  }
}

function number(value: number): string {
  return value.toLocaleString('en');
}
