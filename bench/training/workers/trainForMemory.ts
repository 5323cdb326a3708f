// A process that trains for some steps and prints its memory. Run: trainForMemory.ts NETWORK BATCH STEPS
import { networkNamed } from 'ductus/engine';
import { openDataset } from 'ductus/node';
import { sharedDataset } from '#node';
import { memoryMiB } from '../../harness/processes.ts';
import { openTraining } from '../training.ts';

const [network, batch, steps] = process.argv.slice(2);
const digits = sharedDataset(await openDataset('mnist:train')); // as `ductus train` does
const before = memoryMiB('VmHWM');
const training = await openTraining(networkNamed(network!), Number(batch), digits);
await training.steps(Number(steps));
process.stdout.write(JSON.stringify({ before, peak: memoryMiB('VmHWM') }));
await training.dispose();
