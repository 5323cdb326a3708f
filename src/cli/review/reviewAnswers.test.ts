import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { reviewWords } from '../../learn/floor.ts';
import { type KeyInput, terminalAnswers } from './reviewAnswers.ts';

it('takes keys as they are typed, keeps those that come early, and leaves the terminal as it was', async () => {
  const modes: boolean[] = [];
  const keyboard = new PassThrough();
  const input: KeyInput = Object.assign(keyboard, { setRawMode: (raw: boolean) => modes.push(raw) });
  let shown = '';
  const output = new PassThrough().on('data', (bytes) => {
    shown += String(bytes);
  });
  const answers = terminalAnswers(reviewWords(['a', 'b', 'bc', 'u']), input, output);
  expect(modes).toEqual([true]);
  // All at once: an arrow, what is no word, a word that another begins with, a command, Enter, Ctrl-C.
  keyboard.write('\u001b[Azb\r:u\r\u0003');
  const taken = [];
  for (let count = 0; count < 4; count++) taken.push(await answers.next());
  expect(taken).toEqual([{ kind: 'answer', label: 'b' }, { kind: 'undo' }, { kind: 'accept' }, { kind: 'quit' }]);
  expect(shown).toContain('> b');
  expect(shown).toContain('\u0007');
  keyboard.end();
  expect(await answers.next()).toBeUndefined();
  answers.close();
  expect(modes).toEqual([true, false]);
});
