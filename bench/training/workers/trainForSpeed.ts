// A process that trains for some seconds and prints its images a second. Run: trainForSpeed.ts NETWORK BATCH SECONDS
// THREADS
import { networkNamed } from 'ductus/engine';
import { openDataset } from 'ductus/node';
import { openTraining } from '../training.ts';

const [network, batch, seconds, threads] = process.argv.slice(2);
const digits = await openDataset('mnist:train');
const training = await openTraining(networkNamed(network!), Number(batch), digits, { threads: Number(threads) });
await training.imagesPerSecond(0.5); // compiles, and lays memory out
process.stdout.write(JSON.stringify({ imagesPerSecond: await training.imagesPerSecond(Number(seconds)) }));
await training.dispose();
