// The file of a learnt classifier of any kind: an ONNX file without nodes, with tensors as constants and the rest as
// JSON in its metadata. It is like a checkpoint, so one bounded reader serves every file. Other programs cannot run it.
import * as v from 'valibot';
import { FormatError, parseWith } from '../core/floor.ts';
import { type OnnxTensor, readOnnx, writeOnnx } from '../onnx/floor.ts';
import { checksumOf } from './parts/checksumOf.ts';

/** Metadata key of everything except the tensors. */
const headKey = 'ductus.classifier';
/** Written into every file; a file with another number is refused. */
const formatVersion = 1;
/** Bounds against hostile files: classes of any alphabet, pictures far larger than a character's. */
const mostClasses = 65_536;
const largestSide = 4_096;

/** A learnt classifier as plain data. */
export interface SavedClassifier {
  /** Name of its kind. */
  readonly kind: string;
  /** Class texts, in the order of the scores. */
  readonly labels: readonly string[];
  /** Columns of a picture, in pixels. */
  readonly width: number;
  /** Rows of a picture, in pixels. */
  readonly height: number;
  /** Settings and small results of the kind; survives JSON. */
  readonly settings: unknown;
  /** Everything large. */
  readonly tensors: readonly OnnxTensor[];
}

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestSide));
const headSchema = v.strictObject({
  format: v.literal(formatVersion),
  kind: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/, 'expected 1 to 64 small letters, digits, hyphens')),
  labels: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(mostClasses)),
  width: side,
  height: side,
  settings: v.unknown(), // the kind checks it
  checksum: v.number(),
});

/** Bytes of a classifier's file. */
export function writeClassifier(saved: SavedClassifier): Uint8Array {
  const { tensors } = saved;
  const text = JSON.stringify({ format: formatVersion, ...headOf(saved), checksum: checksum(saved) });
  return writeOnnx({
    irVersion: 10,
    producerName: 'ductus',
    producerVersion: '',
    opsets: { '': 21 },
    metadata: { [headKey]: text },
    graph: { name: 'classifier', nodes: [], initializers: tensors, inputs: [], outputs: [] },
  });
}

/**
 * Reads a classifier's file. The kind's `restore` checks what the kind needs beyond this.
 *
 * @param bytes must not be changed afterwards: tensors may be views of it.
 * @param source the file, for the error.
 * @throws {FormatError} when it is damaged, not a classifier or of another version.
 *
 * @example
 * ```ts
 * import { classifierKindNamed, readClassifier, writeClassifier } from 'ductus/classic';
 * import { onnxRuntimeEngine, openDataset } from 'ductus/node';
 * import { limitSamples } from 'ductus/samples';
 *
 * const kind = classifierKindNamed('fuzzy-membership', { engine: onnxRuntimeEngine, now: () => performance.now() });
 * const classifier = await kind.fit(limitSamples(await openDataset('mnist:train'), 100, 1), { seed: 1 });
 * console.log(readClassifier(writeClassifier(classifier.save()), 'mine').kind); // fuzzy-membership
 * ```
 */
export function readClassifier(bytes: Uint8Array, source: string): SavedClassifier {
  let model: ReturnType<typeof readOnnx>;
  try {
    model = readOnnx(bytes);
  } catch (cause) {
    throw new FormatError(`${source}: ${(cause as Error).message}`, { cause });
  }
  const text = model.metadata[headKey];
  if (text === undefined)
    throw new FormatError(`${source}: expected a saved classifier, found an ONNX file without one`);
  const head = parseWith(headSchema, parseHead(text, source), source, 'classifier');
  const saved: SavedClassifier = { ...headOf(head), tensors: model.graph.initializers };
  const found = checksum(saved);
  if (head.checksum !== found) {
    throw new FormatError(`${source}: the classifier is damaged: expected checksum ${head.checksum}, found ${found}`);
  }
  return saved;
}

type Head = Omit<SavedClassifier, 'tensors'>;

/** Everything except the tensors, with its members in a fixed order: the checksum is of its text. */
function headOf({ kind, labels, width, height, settings }: Head): Head {
  return { kind, labels, width, height, settings };
}

function checksum(saved: SavedClassifier): number {
  return checksumOf(JSON.stringify(headOf(saved)), saved.tensors);
}

function parseHead(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${source}: the classifier's metadata is not JSON`, { cause });
  }
}
