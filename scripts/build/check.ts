// `npm run check`: everything that CI checks, one step after the other, ending at the first that fails.
// Each step is an npm script of its own, so that a failed one can be run again alone. Takes no decision about what is
// right: the rules stand in biome.json, the tsconfig files and test/house.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

interface Step {
  readonly title: string;
  readonly script: string;
}

const steps: readonly Step[] = [
  { title: 'Format and lint', script: 'check:lint' },
  { title: 'Types', script: 'check:types' },
  { title: 'Types of the benchmarks', script: 'check:bench' },
  { title: 'Import direction', script: 'check:imports' },
  { title: 'Tests', script: 'test' },
  { title: 'Build', script: 'build' },
  { title: 'Packed and installed', script: 'check:packed' },
];

const { values } = parseArgs({ options: { 'skip-tests': { type: 'boolean', default: false } } });
const chosen = steps.filter((step) => !(values['skip-tests'] && step.script === 'test'));

const started = performance.now();
for (const [index, step] of chosen.entries()) {
  console.log(`\n=== ${index + 1}/${chosen.length} ${step.title}: npm run ${step.script}`);
  const stepStarted = performance.now();
  const { status, signal } = spawnSync('npm', ['run', '--silent', step.script], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(
      `\n=== ${step.title} failed (${signal ?? `exit code ${status}`}); again alone: npm run ${step.script}`,
    );
    process.exit(status || 1);
  }
  console.log(`=== ${step.title}: ${seconds(stepStarted)}`);
}
console.log(`\n=== All ${chosen.length} steps passed in ${seconds(started)}`);

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
