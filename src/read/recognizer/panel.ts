// The networks behind a recogniser, one or several, run on the same pixels: what a single model, a committee in one
// file and a committee of several files have in common. What their scores mean for the answer is `answer.ts`'s.
import { UsageError } from '../../core/floor.ts';
import { distinctNames, maximumMembers, type OnnxModel, readOnnx } from '../../onnx/floor.ts';
import { describeFraming, type Framing } from '../../picture/floor.ts';
import { loadNetwork, type Network, type NetworkOptions } from '../runtime/network.ts';
import type { Committee, Member } from './answer.ts';
import { type Choice, choiceOf } from './choice.ts';
import { checkOptions, type ModelReading, type RecognizerOptions, readModelMeaning } from './modelReading.ts';

/** Networks that were found to fit together. */
export interface Panel {
  readonly labels: readonly string[];
  readonly framing: Framing;
  readonly fullInk: number;
  /** One for a single network. */
  readonly members: readonly Member[];
  /** Undefined for a single network. */
  readonly committee: Committee | undefined;
  /** The models' own batch size, where it is fixed. */
  readonly fixedBatch: number | undefined;
  /** Which classes may be answered, and how often they occur, where a call says nothing of it. */
  readonly choice: Choice;
  /** @param input `[count, pixels]`. @returns for each member `[count, classes]`. */
  run(input: Float32Array, count: number): Float32Array[];
  dispose(): void;
}

/** One model or, for a committee, several: bytes of `.onnx` files, or models already read. */
export type RecognizerSource = Uint8Array | OnnxModel | readonly (Uint8Array | OnnxModel)[];

/**
 * Loads the networks and reads what they mean.
 *
 * @throws as `createRecognizer` does.
 */
export function openPanel(source: RecognizerSource, options: RecognizerOptions & NetworkOptions): Panel {
  const sources = isList(source) ? source : [source];
  if (sources.length === 0 || sources.length > maximumMembers) {
    throw new UsageError(`recognizer: expected 1..${maximumMembers} models, received ${sources.length}`);
  }
  const several = sources.length > 1;
  // The caller's temperature and rule are the committee's; its members keep their own.
  const { temperature: _, rule: __, ...own } = options;
  const opened: { readonly network: Network; readonly reading: ModelReading }[] = [];
  try {
    checkOptions(options);
    for (const each of sources) {
      const model = each instanceof Uint8Array ? readOnnx(each) : each;
      const network = loadNetwork(model, options);
      opened.push({ network, reading: readModelMeaning(model, network, several ? own : options) });
    }
    const { rule = 'votes', temperature = 1 } = options;
    return assemble(opened, several ? { rule, temperature } : undefined, options);
  } catch (error) {
    for (const { network } of opened) network.dispose();
    throw error;
  }
}

function assemble(
  opened: readonly { readonly network: Network; readonly reading: ModelReading }[],
  committee: Committee | undefined,
  { rule, ...choice }: RecognizerOptions,
): Panel {
  const readings = opened.map(({ reading }) => reading);
  const [first] = readings as [ModelReading];
  if (committee !== undefined) checkAgreement(readings);
  else if (first.committee === undefined && rule !== undefined) {
    throw new UsageError(`recognizer, rule "${rule}": expected a committee, received a single network`);
  }
  const names = distinctNames(readings.flatMap(({ members }) => members.map(({ name }) => name)));
  return {
    labels: first.labels,
    framing: first.framing,
    fullInk: first.fullInk,
    members: readings.flatMap(({ members }) => members).map((member, index) => ({ ...member, name: names[index]! })),
    committee: committee ?? first.committee,
    fixedBatch: readings.find(({ fixedBatch }) => fixedBatch !== undefined)?.fixedBatch,
    choice: choiceOf(first.labels, choice),
    run: (input, count) =>
      opened.flatMap(({ network, reading }) => {
        const outputs = reading.members.map(({ output }) => output);
        const results = network.run(input, count, outputs);
        return outputs.map((output) => results[output]!.data);
      }),
    dispose() {
      for (const { network } of opened) network.dispose();
    },
  };
}

/** Members vote on the same classes of the same pixels; whose card differs would vote on something else. */
function checkAgreement(readings: readonly ModelReading[]): void {
  const [first] = readings as [ModelReading];
  let fixedBatch: number | undefined;
  for (const [index, reading] of readings.entries()) {
    const expect = (what: string, expected: string, received: string): void => {
      if (expected !== received) {
        throw new UsageError(`committee, member ${index + 1}: expected ${what} ${expected}, received ${received}`);
      }
    };
    expect('a', 'single network', reading.committee === undefined ? 'single network' : 'committee');
    expect('labels', first.labels.join(' '), reading.labels.join(' '));
    expect('framing', describeFraming(first.framing), describeFraming(reading.framing));
    fixedBatch ??= reading.fixedBatch;
    expect('a batch size of', `${fixedBatch}`, `${reading.fixedBatch ?? fixedBatch}`);
  }
}

function isList(source: RecognizerSource): source is readonly (Uint8Array | OnnxModel)[] {
  return Array.isArray(source);
}
