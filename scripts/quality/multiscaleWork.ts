// The claim of multiscale training (Felten, Otto and Fox 1994; Ganapathy and Liew 2008), measured: less training than
// at full size directly. Both networks have the same hidden units and see the same digits; each has its best rate. Held
// back from MNIST's training set; the test set is not read. Run: npx tsx scripts/quality/multiscaleWork.ts [--count
// 4000] [--seeds 3]
import { parseArgs } from 'node:util';
import { multiscaleCurves, workToReach } from '../../src/classic/floor.ts';
import { openDataset } from '../../src/platform/node/floor.ts';
import { limitSamples, splitSamples } from '../../src/samples/floor.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '4000' }, seeds: { type: 'string', default: '3' } },
});
const digits = await openDataset('mnist:train');
const accuracies = [0.7, 0.8, 0.85, 0.88, 0.9, 0.92];
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const runs = seeds.map((seed) => {
  const { train, validation } = splitSamples(limitSamples(digits, Number(values.count), seed), {
    validation: 0.5,
    seed,
  });
  return multiscaleCurves(train, validation, { seed, now: () => process.cpuUsage().user / 1000 });
});
console.log(`${values.count} training digits, half to learn from, ${seeds.length} seeds; one core`);
console.log('accuracy   multiscale                  direct                      direct / multiscale');
for (const accuracy of accuracies) {
  const reached = runs.map(({ multiscale, direct }) => ({
    multiscale: workToReach(multiscale, accuracy),
    direct: workToReach(direct, accuracy),
  }));
  const columns = (['multiscale', 'direct'] as const).map((way) => {
    const points = reached.flatMap((run) => run[way] ?? []);
    const mean = (of: (point: (typeof points)[number]) => number): number =>
      points.reduce((sum, point) => sum + of(point), 0) / points.length;
    const times = points.length === seeds.length ? '' : `, ${points.length} of ${seeds.length} seeds`;
    return {
      complete: points.length === seeds.length,
      work: mean((point) => point.multiplyAdds),
      text:
        points.length === 0
          ? 'not reached'
          : `${(mean((point) => point.multiplyAdds) / 1e9).toFixed(2)} G, ${(mean((point) => point.milliseconds) / 1000).toFixed(2)} s${times}`,
    };
  });
  const [multiscale, direct] = columns as [(typeof columns)[0], (typeof columns)[0]];
  const ratio = multiscale.complete && direct.complete ? (direct.work / multiscale.work).toFixed(2) : '';
  console.log(
    `${(100 * accuracy).toFixed(0).padStart(6)} %   ${multiscale.text.padEnd(26)}  ${direct.text.padEnd(26)}  ${ratio}`,
  );
}
const best = (way: 'multiscale' | 'direct'): string =>
  runs.map((run) => (100 * Math.max(...run[way].map((point) => point.accuracy))).toFixed(1)).join(', ');
console.log(`best accuracy by seed: multiscale ${best('multiscale')} %; direct ${best('direct')} %`);
console.log('work in 10^9 multiply-adds, zeros of the input passed over');
