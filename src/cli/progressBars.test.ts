import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ProgressBars } from './progressBars.ts';

/** A stream with a terminal's width, and what is on its screen: cursor movements and clearing carried out. */
function terminal(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 60 });
  let written = '';
  stream.on('data', (text) => {
    written += text;
  });
  const screen = (): string[] => {
    const lines = [''];
    let row = 0;
    for (const part of written.replaceAll('\n', '\u001b[B').split('\u001b[')) {
      const [, count, order, text] = /^(\d*)([ABJ]?)(.*)$/.exec(part)!;
      if (order === 'A') row -= Number(count);
      if (order === 'B') lines[++row] ??= '';
      if (order === 'J') lines.splice(row, Infinity, '');
      lines[row] += order === '' ? part : text!;
    }
    return lines.filter((line) => line !== '');
  };
  return { stream, screen };
}

describe('ProgressBars', () => {
  it('draws one line a bar, with what is written above them, and leaves only that', () => {
    const { stream, screen } = terminal(true);
    const bars = new ProgressBars(stream);
    const first = bars.add(10, 2, ({ bar, done, total, left }) => `first ${bar} ${done}/${total} ${left}`);
    bars.add(4, 0, ({ bar, left }) => `second ${bar}${left} ${'long '.repeat(20)}`);
    first.update(6);
    bars.log('a remark');
    expect(screen()).toEqual([
      'a remark',
      expect.stringMatching(/^first \u2588{14}\u2591{10} 6\/10 \d+ s$/),
      expect.stringMatching(/^second \u2591{24} long [long ]*$/),
    ]);
    bars.close();
    expect(screen()).toEqual(['a remark']);
  });

  it('keeps lines shorter than the terminal is wide', () => {
    const { stream, screen } = terminal(true);
    new ProgressBars(stream).add(1, 0, () => 'x'.repeat(100));
    expect(screen()[0]).toHaveLength(59);
  });

  it('draws nothing where there is no terminal, but writes lines', () => {
    const { stream, screen } = terminal(false);
    const bars = new ProgressBars(stream);
    bars.add(10, 0, () => 'a bar').update(5);
    bars.log('a remark');
    bars.close();
    expect(screen()).toEqual(['a remark']);
  });
});
