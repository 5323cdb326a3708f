// The comparison's result for one system: plain JSON, kept in one file per system so that a comparison can be resumed.
import * as v from 'valibot';
import { parseWith } from '../../core/floor.ts';

/** Written into every result; a file with another number is refused. */
export const resultFormat = 2;

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const amount = v.pipe(v.number(), v.minValue(0), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const rate = v.strictObject({ count: whole, correct: whole, accuracy: share });

const resultSchema = v.strictObject({
  format: v.literal(resultFormat),
  system: v.string(),
  description: v.string(),
  published: v.nullable(v.strictObject({ text: v.string(), source: v.string() })),
  scores: v.string(),
  seed: whole,
  /** `note` says why it learnt from fewer samples than were `offered`, where it did. */
  training: v.strictObject({ data: v.string(), count: whole, offered: whole, note: v.nullable(v.string()) }),
  test: v.strictObject({
    data: v.string(),
    ...rate.entries,
    /** Wilson's, 95 %. */
    interval: v.tuple([share, share]),
    topTwo: share,
    /** Rows: true classes. */
    confusion: v.array(v.array(whole)),
    labels: v.array(v.string()),
  }),
  /** Seconds of one core and on the clock; milliseconds of one core per character. */
  time: v.strictObject({ learning: amount, learningOnClock: amount, reading: amount }),
  /** Bytes of the saved file. */
  bytes: whole,
  /** Bytes of resident memory: before the system was made, and the peak from then on. */
  memory: v.strictObject({ before: whole, peak: whole }),
  /** Accuracy on some changed test pictures; `clean` on the same ones unchanged. */
  trials: v.record(v.string(), rate),
  touching: v.strictObject({
    count: whole,
    /** Share of the pairs whose two classes come first and second. */
    bothFirst: share,
    /** Share of the pairs refused by the margin that refuses `refusing` of single characters. */
    refused: share,
    refusing: share,
  }),
  /** Errors that remain when the answers with the narrowest margins are refused. */
  rejection: v.array(v.strictObject({ coverage: share, error: share })),
  /** The same with the system's own rule, where it has one. */
  ownRejection: v.nullable(v.strictObject({ coverage: share, error: v.nullable(share) })),
});

/** All measurements of one system. */
export type SystemResult = v.InferOutput<typeof resultSchema>;

/** A share of right answers. */
export type Rate = v.InferOutput<typeof rate>;

/** A result from parsed JSON. @throws {FormatError} naming the source and the first wrong field. */
export function parseSystemResult(json: unknown, source: string): SystemResult {
  return parseWith(resultSchema, json, source, 'result');
}
