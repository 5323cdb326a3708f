// Measures several contestants in turns, so that whatever else the machine does falls on all of them alike.

/** Somebody who can be measured again and again. */
export interface Contestant {
  readonly name: string;
  /** One measurement; every one of the same unit. */
  measure(): Promise<number> | number;
}

/** Rounds unless a benchmark has a reason for another number: the median of 7 bears three disturbed ones. */
export const usualRounds = 7;

/**
 * Measurements of each contestant by name, in the order of the rounds.
 *
 * Each is measured once for warming up, which is dropped; then once a round, in an order that turns round every other
 * round, so that nobody always comes after the same neighbour.
 */
export async function alternate(
  contestants: readonly Contestant[],
  rounds: number = usualRounds,
): Promise<Map<string, number[]>> {
  const measured = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await contestant.measure();
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contestants : [...contestants].reverse();
    for (const contestant of order) measured.get(contestant.name)!.push(await contestant.measure());
  }
  return measured;
}

/** Calls a second of some work, over at least that many seconds and at least one call. */
export async function callsPerSecond(seconds: number, work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  let count = 0;
  do {
    await work();
    count++;
  } while (performance.now() - start < seconds * 1000);
  return (count / (performance.now() - start)) * 1000;
}
