// The worker's side of `workerRecognizer`: an entry file of its own, named by URL and never imported.
import { type RecognizerPort, serveRecognizer } from '../../read/floor.ts';

// In a worker the global object is the port to the page; the DOM's types know it only as a window.
serveRecognizer(globalThis as unknown as RecognizerPort);
