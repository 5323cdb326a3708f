// `ductus describe`: the layers of a network with their shapes, parameters and cost.
import { Command } from 'commander';
import { openNetwork } from './openNetwork.ts';
import { examples } from './options.ts';
import { formatTable, printJson, printLine } from './output.ts';

/** The command. */
export function describeCommand(): Command {
  return new Command('describe')
    .summary('print the layers of a network')
    .description('Print the layers of a network: output shape, parameters, multiply-adds; and totals.')
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
      const { placeLayers } = await import('../learn/index.ts');
      const { sizeOf } = await import('../core/index.ts');
      const network = await openNetwork(name);
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
      if (flags.json) {
        printJson({ name: network.name, description: network.description, input: network.input, layers, totals });
        return;
      }
      const number = (value: number): string => value.toLocaleString('en');
      printLine(`${network.name}: ${network.description}`);
      printLine(
        formatTable(
          [
            ['layer', 'output shape', 'parameters', 'multiply-adds'],
            ['input', network.input.join(' x '), '', ''],
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
    });
}
