// The file that a recogniser's worker thread runs; started by `openWorkerRecognizer`, never imported.
import { parentPort } from 'node:worker_threads';
import { serveRecognizer } from '../../../read/floor.ts';

if (parentPort !== null) serveRecognizer(parentPort);
