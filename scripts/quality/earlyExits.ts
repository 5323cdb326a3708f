// How good and how costly an answer is at each depth of a network that was trained at several: the auxiliary outputs,
// which the model file no longer has, out of the checkpoint of the run. On the samples that the training held back, or
// with --test on its test sets. Run: npx tsx scripts/quality/earlyExits.ts runs/casia100-1 [--test] [--json]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { networkExits, networkParameters, type TensorBuffer } from '../../src/engine/floor.ts';
import {
  Evaluator,
  fittedRecipe,
  parseRecipe,
  readCheckpoint,
  recipeNetwork,
  stateOptions,
  stateSpecs,
} from '../../src/learn/floor.ts';
import { modelCardOf, readOnnx } from '../../src/onnx/floor.ts';
import {
  holdBack,
  onnxRuntimeEngine,
  openTestSets,
  openTrainingData,
  readFileBounded,
  runFiles,
} from '../../src/platform/node/floor.ts';
import { type Samples, viewOf } from '../../src/samples/floor.ts';
import { markdownTable } from '../documents/markdownTable.ts';

/** Largest file of a run that is read. */
const maxBytes = 2 ** 31;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { test: { type: 'boolean' }, json: { type: 'boolean' }, threads: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(
    'usage: npx tsx scripts/quality/earlyExits.ts RUN [--test] [--json] [--threads N], RUN the folder of a finished training',
  );
  process.exit(2);
}
const file = join(folder, runFiles.model);
const training = modelCardOf(readOnnx(await readFileBounded(file, maxBytes)))?.training;
if (training === undefined) throw new Error(`${file}: expected a model with its training in the card`);
const kept = parseRecipe(training.recipe, file);
if (kept.keep === 'best') {
  throw new Error(
    `${file}: expected the weights of the last epoch, received a recipe that keeps the best: its auxiliary outputs are not kept`,
  );
}
const all = await openTrainingData(kept.data);
// A network that is named was made to fit the data.
const recipe = fittedRecipe(kept, viewOf(all.samples).dataset);
const checkpoint = join(folder, runFiles.checkpoint);
const { state } = readCheckpoint(
  await readFileBounded(checkpoint, maxBytes),
  stateSpecs(stateOptions(recipe)),
  checkpoint,
);
const sets: { name: string; samples: Samples }[] = [];
if (values.test) {
  for await (const set of openTestSets(recipe.data, viewOf(all.samples).dataset.labels)) sets.push(set);
} else {
  const { validation } = holdBack(all, recipe.data, training.splitSeed ?? training.seed);
  if (validation === undefined)
    throw new Error(`${file}: expected a training that held samples back; --test measures on its test sets`);
  sets.push({ name: 'validation', samples: validation });
}
const engine = await onnxRuntimeEngine();
const exits = networkExits(recipeNetwork(recipe));
const rows: { after: string; multiplyAdds: number; share: number; data: string; count: number; accuracy: number }[] =
  [];
for (const { after, network, multiplyAdds } of exits) {
  const judge = await Evaluator.compile(engine, network, undefined, Number(values.threads ?? 1));
  const weights: Record<string, TensorBuffer> = {};
  for (const { name, shape } of networkParameters(network)) {
    weights[name] = {
      type: 'float32',
      shape,
      data: state.get(recipe.average === undefined ? name : `average/${name}`)!,
    };
  }
  for (const { name, samples } of sets) {
    const { count, accuracy } = await judge.evaluate(samples, weights);
    const share = multiplyAdds / exits.at(-1)!.multiplyAdds;
    rows.push({ after, multiplyAdds, share, data: name, count, accuracy });
  }
  await judge.dispose();
}
if (values.json) console.log(JSON.stringify({ recipe: recipe.name, seed: training.seed, exits: rows }));
else {
  const head = ['output after', 'multiply-adds', 'share', 'data', 'samples', 'accuracy'];
  const cells = rows.map(({ after, multiplyAdds, share, data, count, accuracy }) => [
    String(after),
    multiplyAdds.toLocaleString('en'),
    `${(100 * share).toFixed(1)} %`,
    data,
    String(count),
    `${(100 * accuracy).toFixed(2)} %`,
  ]);
  process.stdout.write(markdownTable(head, cells, { padded: false }));
}
