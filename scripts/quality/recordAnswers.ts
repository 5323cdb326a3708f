// Records what every shipped model answers to real pictures, and holds a record against an earlier one: after a change
// that should change no answer, none may have changed, to the last bit. Run before and after:
// npx tsx scripts/quality/recordAnswers.ts --data mnist:test --data chars74k:test --limit 2000 --out runs/answers.json
// npx tsx scripts/quality/recordAnswers.ts --data mnist:test --data chars74k:test --limit 2000 --against
// runs/answers.json
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { listModels, openPictures, openRecognizer } from '../../src/platform/node/index.ts';
import type { Recognition } from '../../src/read/index.ts';

/**
 * A model's answers to a set: a line a picture, label, confidence to the last bit, and hash of all probabilities and of
 * what the network saw.
 */
type Answers = Record<string, readonly string[]>;

const { values } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: ['mnist:test'] },
    limit: { type: 'string', default: '2000' },
    out: { type: 'string' },
    against: { type: 'string' },
  },
});

const answers: Record<string, readonly string[]> = {};
for (const { name } of await listModels()) {
  const recognizer = await openRecognizer(name);
  for (const where of values.data) {
    const { pictures, inks } = await openPictures(where);
    // Evenly over the set: sets are often sorted by class or writer.
    const count = Math.min(Number(values.limit), pictures.length);
    const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * pictures.length) / count));
    const read = await recognizer.recognizeAll(chosen.map((index) => inks?.[index] ?? pictures[index]!));
    answers[`${name} ${where}`] = read.map(lineOf);
    console.log(`${name}, ${where}: ${read.length} pictures, ${hashOf(answers[`${name} ${where}`]!.join('\n'))}`);
  }
}
if (values.out !== undefined) {
  mkdirSync(dirname(values.out), { recursive: true });
  writeFileSync(values.out, JSON.stringify(answers));
}
if (values.against !== undefined) compare(JSON.parse(readFileSync(values.against, 'utf8')) as Answers);

function lineOf(answer: Recognition): string {
  if (answer.empty) return 'empty';
  const bits = Buffer.from(Float64Array.of(answer.confidence).buffer).toString('hex');
  return `${answer.label} ${bits} ${hashOf(answer.probabilities)} ${hashOf(answer.framed.pixels)}`;
}

function hashOf(content: string | Float32Array | Uint8Array): string {
  const bytes =
    typeof content === 'string' ? content : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** Says how many answers changed, by model and set; the exit code is 1 where any did. */
function compare(before: Answers): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(answers)])) {
    const [was, is] = [before[name], answers[name]];
    if (was === undefined || is === undefined || was.length !== is.length) {
      console.log(`${name}: in one record only, or of another length`);
      process.exitCode = 1;
      continue;
    }
    const changed = was.filter((line, index) => line !== is[index]).length;
    const labels = was.filter((line, index) => line.split(' ')[0] !== is[index]!.split(' ')[0]).length;
    console.log(`${name}: ${changed} of ${was.length} answers changed, ${labels} of them in what was read`);
    if (changed > 0) process.exitCode = 1;
  }
}
