import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyLimit, inkHistory } from './inkHistory.ts';

const at = (x: number, y = x) => ({ x, y });

describe('inkHistory', () => {
  it('records strokes point by point, without repeated points', () => {
    const history = inkHistory();
    history.begin(at(1));
    history.extend([at(1), at(2), at(2), at(3)]);
    expect(history.writing).toBe(true);
    expect(history.ink.strokes).toEqual([[at(1), at(2), at(3)]]);
    history.end();
    expect(history.writing).toBe(false);
    expect(history.ink.strokes).toEqual([[at(1), at(2), at(3)]]);
  });
  it('gives ink that does not change afterwards', () => {
    const history = inkHistory();
    history.begin(at(1));
    const before = history.ink;
    history.extend([at(2)]);
    expect(before.strokes).toEqual([[at(1)]]);
  });
  it('undoes and redoes a stroke, a clear and a replacement', () => {
    const history = inkHistory();
    history.begin(at(1));
    history.end();
    history.begin(at(2));
    history.end();
    expect(history.clear()).toBe(true);
    expect(history.clear()).toBe(false);
    expect(history.undo()).toBe(true);
    expect(history.ink.strokes).toEqual([[at(1)], [at(2)]]);
    history.undo();
    expect(history.ink.strokes).toEqual([[at(1)]]);
    expect(history.redo()).toBe(true);
    expect(history.ink.strokes).toEqual([[at(1)], [at(2)]]);
    history.replace({ strokes: [[], [at(7)]] });
    expect(history.ink.strokes).toEqual([[at(7)]]);
    expect(history.canRedo).toBe(false);
    history.undo();
    expect(history.ink.strokes).toEqual([[at(1)], [at(2)]]);
  });
  it('undo takes an unfinished stroke, cancel leaves no step', () => {
    const history = inkHistory();
    history.begin(at(1));
    expect(history.canUndo).toBe(true);
    history.undo();
    expect(history.ink.strokes).toEqual([]);
    expect(history.redo()).toBe(true);
    history.begin(at(5));
    history.cancel();
    expect(history.ink.strokes).toEqual([[at(1)]]);
  });
  it('a new stroke forgets what was undone', () => {
    const history = inkHistory();
    history.begin(at(1));
    history.end();
    history.undo();
    history.begin(at(2));
    history.end();
    expect(history.redo()).toBe(false);
  });
  it('keeps a bounded number of steps', () => {
    const history = inkHistory();
    for (let index = 0; index < historyLimit + 20; index++) {
      history.begin(at(index));
      history.end();
    }
    let steps = 0;
    while (history.undo()) steps++;
    expect(steps).toBe(historyLimit);
  });
  it('undoing everything after any acts gives an empty pad, redoing everything what was there', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('stroke' as const), x: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ kind: fc.constantFrom('clear' as const, 'undo' as const, 'redo' as const), x: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const history = inkHistory();
        for (const { kind, x } of acts) {
          if (kind !== 'stroke') history[kind]();
          else {
            history.begin(at(x));
            history.end();
          }
        }
        while (history.redo());
        const whole = history.ink.strokes;
        while (history.undo());
        expect(history.ink.strokes).toEqual([]);
        while (history.redo());
        expect(history.ink.strokes).toEqual(whole);
      }),
    );
  });
});
