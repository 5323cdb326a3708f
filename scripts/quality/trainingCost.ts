// What a recipe costs whose data this machine does not have: images a second of its network on one core, framing, and
// memory, measured on enlarged MNIST digits; hours on more cores by multiplication, which says what it would be at
// best. Run: npx tsx scripts/quality/trainingCost.ts casia-hwdb --images 900000 --classes 3755 [--steps 4] [--cores
// 2,16,64] [--json]
import { parseArgs } from 'node:util';
import { classCount, placeAuxiliary, placeLayers } from '../../src/engine/floor.ts';
import { fittedRecipe, frameOf, recipeNetwork, shardsOf, train } from '../../src/learn/floor.ts';
import { frameCharacter } from '../../src/picture/floor.ts';
import { onnxRuntimeEngine, openDataset, openRecipe } from '../../src/platform/node/floor.ts';
import { type Dataset, materialize, pictureAt, subset } from '../../src/samples/floor.ts';
import { thisMachine } from '../documents/runLog.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    images: { type: 'string' },
    classes: { type: 'string' },
    steps: { type: 'string', default: '4' },
    cores: { type: 'string', default: '2,16,64' },
    json: { type: 'boolean' },
  },
});
const [name] = positionals;
const [images, classes, steps] = [Number(values.images), Number(values.classes), Number(values.steps)];
if (name === undefined || !(images >= 1) || !(classes >= 2) || !(steps >= 1)) {
  console.error(
    'usage: npx tsx scripts/quality/trainingCost.ts RECIPE --images N --classes N [--steps 4] [--cores 2,16,64] [--json]',
  );
  process.exit(2);
}
const labels = Array.from({ length: classes }, (_, index) => `class ${index}`);
const recipe = fittedRecipe(await openRecipe(name), { name: 'the data', labels });
const frame = frameOf(recipe.data);
const network = recipeNetwork(recipe);

/** Seconds of this process's work on the processor, on all threads: other work on the machine does not count. */
const worked = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

// Framing, as every picture goes through it once.
const count = recipe.batch * (steps + 1);
const digits = await openDataset('mnist:train');
const sources = materialize(
  subset(
    digits,
    Array.from({ length: count }, (_, index) => index % digits.count),
  ),
);
const pixels = new Uint8Array(count * frame.size ** 2);
const framingFrom = worked();
for (let index = 0; index < count; index++) {
  const framed = frameCharacter(pictureAt(sources, index), frame);
  if (framed !== undefined) pixels.set(framed.pixels, index * frame.size ** 2);
}
const framedPerSecond = count / (worked() - framingFrom);

const dataset: Dataset = {
  ...{ name: 'enlarged digits', labels, width: frame.size, height: frame.size, count, images: pixels },
  targets: Uint16Array.from({ length: count }, (_, index) => index % classes),
};
const engine = await onnxRuntimeEngine();
const marks: number[] = [];
const once = { ...recipe, epochs: 1 };
for await (const event of train({
  engine,
  recipe: once,
  seed: 1,
  train: dataset,
  dataHash: '',
  now: () => performance.now(),
})) {
  if (event.type === 'step') marks.push(worked());
}
// The first step compiles.
const perSecond = (recipe.batch * (marks.length - 1)) / (marks.at(-1)! - marks[0]!);
const seen = images * recipe.epochs;
const cores = values.cores.split(',').map(Number);
const multiplyAdds = placeLayers(network).reduce((sum, layer) => sum + layer.multiplyAdds, 0);
const auxiliary = placeAuxiliary(network).flatMap((output) => output.layers);
const result = {
  recipe: recipe.name,
  date: new Date().toISOString().slice(0, 10),
  machine: thisMachine(),
  node: process.versions.node,
  images,
  epochs: recipe.epochs,
  classes: classCount(network),
  multiplyAdds,
  multiplyAddsOfAuxiliaryOutputs: auxiliary.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
  shards: shardsOf(recipe),
  imagesPerCoreSecond: Number(perSecond.toFixed(1)),
  framedPerCoreSecond: Number(framedPerSecond.toFixed(0)),
  framingMinutes: Number((images / framedPerSecond / 60).toFixed(1)),
  hours: Object.fromEntries(cores.map((number) => [number, Number((seen / perSecond / number / 3600).toFixed(1))])),
  gigabytesOfPictures: Number(((images * frame.size ** 2) / 1e9).toFixed(2)),
  gigabytesOfThisProcess: Number(((process.resourceUsage().maxRSS * 1024) / 1e9).toFixed(2)),
};
if (values.json) console.log(JSON.stringify(result));
else {
  for (const [key, value] of Object.entries(result))
    console.log(`${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  console.log('Hours are measured work divided by cores: none waits for another, and none for memory.');
}
