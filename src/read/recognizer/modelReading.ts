// How a model is read as a recogniser: labels, framing and temperature from its card or from the caller, and which of its
// outputs holds the classes. Checks that all of it fits the network; runs nothing.
import { FormatError, formatShape, sizeOf, UsageError } from '../../core/index.ts';
import { modelCardOf, type OnnxModel } from '../../onnx/index.ts';
import { checkFraming, type Framing } from '../../picture/index.ts';
import type { Network } from '../runtime/network.ts';

/** What a model without a card needs to be told, and what overrides a card. */
export interface RecognizerOptions {
  /** Class texts in the order of the network's outputs. */
  readonly labels?: readonly string[];
  readonly framing?: Framing;
  /** Softmax temperature, above 0; 1 where neither card nor caller says. */
  readonly temperature?: number;
  /** Input value of full ink: 1 for this project's models, 255 for some made by others. */
  readonly fullInk?: number;
}

/** A model's meaning, once it is known to fit its network. */
export interface ModelReading {
  readonly labels: readonly string[];
  readonly framing: Framing;
  readonly temperature: number;
  readonly fullInk: number;
  /** Name of the output that holds the classes. */
  readonly output: string;
  /** Whether that output is probabilities already; their logarithms then serve as logits. */
  readonly probabilities: boolean;
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
  const temperature = options.temperature ?? card?.temperature ?? 1;
  const fullInk = options.fullInk ?? 1;
  for (const [name, value] of Object.entries({ temperature, fullInk })) {
    if (!Number.isFinite(value) || value <= 0) {
      throw new UsageError(`recognizer, ${name}: expected a number above 0, received ${value}`);
    }
  }
  const input = network.inputs[0]!;
  const [batch, ...sample] = input.shape;
  if (sizeOf(sample as number[]) !== framing.size ** 2) {
    throw misfit(
      options.framing === undefined,
      `framing of ${framing.size} x ${framing.size} pixels: expected as many values as the model's input "${input.name}" ${formatShape(sample as number[])} takes, received ${framing.size ** 2}`,
    );
  }
  const { output, probabilities, classes } = classOutput(model, network);
  if (labels.length !== classes || new Set(labels).size !== labels.length) {
    throw misfit(
      options.labels === undefined,
      `labels: expected ${classes} different texts, as output "${output}" has classes, received ${labels.length} (${labels.slice(0, 12).join(' ')})`,
    );
  }
  return {
    labels: [...labels],
    framing: { ...framing },
    temperature,
    fullInk,
    output,
    probabilities,
    fixedBatch: typeof batch === 'number' ? batch : undefined,
  };
}

function classOutput(
  model: OnnxModel,
  network: Network,
): { readonly output: string; readonly probabilities: boolean; readonly classes: number } {
  const { outputs } = network;
  const chosen = outputs.find(({ name }) => name === 'logits') ?? outputs[0];
  if (chosen === undefined) throw new FormatError('model: expected an output with the classes, received none');
  const classes = sizeOf(chosen.shape.slice(1) as number[]);
  if (chosen.shape.length < 2 || chosen.shape[0] !== network.inputs[0]!.shape[0] || classes < 1) {
    throw new FormatError(
      `model output "${chosen.name}": expected [batch, classes], received [${chosen.shape.join(', ')}]`,
    );
  }
  const maker = model.graph.nodes.find((node) => node.outputs.includes(chosen.name));
  return { output: chosen.name, probabilities: maker?.opType === 'Softmax', classes };
}

function misfit(fromCard: boolean, text: string): Error {
  return fromCard ? new FormatError(`model card, ${text}`) : new UsageError(`recognizer, ${text}`);
}
