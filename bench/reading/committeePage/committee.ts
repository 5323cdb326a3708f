// The page of benchmark `committee-page`: five networks read the same strokes and vote, on this thread or in a worker
// each.
import { frameCharacter, type Ink, mnistFraming, rasterizeInk } from '../../../src/picture/floor.ts';
import { fetchRecognizer, workerRecognizer } from '../../../src/platform/browser/floor.ts';
import { type Recognised, type Recognizer, vote } from '../../../src/read/floor.ts';

/** What the benchmark calls. */
export interface CommitteePage {
  /** Seats the members. @param urls a model for each. @param workers each member in a worker of its own. */
  open(urls: readonly string[], workers: boolean): Promise<void>;
  /** From strokes to the committee's decision. @returns the winner's label and the milliseconds that it took. */
  decide(ink: Ink): Promise<{ label: string; milliseconds: number }>;
}

let members: Recognizer[] = [];

const page: CommitteePage = {
  async open(urls, workers) {
    for (const member of members) member.dispose();
    members = await Promise.all(urls.map((url) => (workers ? workerRecognizer(url) : fetchRecognizer(url))));
  },
  async decide(ink) {
    const start = performance.now();
    const framed = frameCharacter(rasterizeInk(ink), mnistFraming);
    if (framed === undefined) throw new Error('expected strokes, received an empty drawing');
    const answers = await Promise.all(members.map((member) => member.recognizeFramed([framed])));
    const { winner } = vote(answers.map(([answer]) => (answer as Recognised).probabilities));
    return { label: members[0]!.labels[winner]!, milliseconds: performance.now() - start };
  },
};

(globalThis as unknown as { committeePage: CommitteePage }).committeePage = page;
