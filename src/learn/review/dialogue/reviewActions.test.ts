import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../core/floor.ts';
import { actionOf, type ReviewKey, reviewWords, type TypedKeys, typeKey } from './reviewActions.ts';

const digits = reviewWords([...'0123456789']);
const letters = reviewWords([...'abclqu-', 'ch']);

/** The result of a row of keys. */
function type(keys: readonly ReviewKey[], words = digits): TypedKeys {
  return keys.reduce<TypedKeys>((before, key) => typeKey(before.typed, key, words), { typed: '' });
}
const key = (sequence: string): ReviewKey => ({ sequence, name: sequence });
const enter = { sequence: '\r', name: 'return' };

describe('the words of a review', () => {
  it('are the classes, and commands that are no class', () => {
    expect(digits.commands).toEqual({ nothing: '-', undo: 'u', later: 'l', quit: 'q' });
    expect(letters.commands).toEqual({ nothing: ':-', undo: ':u', later: ':l', quit: ':q' });
    expect(reviewWords([':u', 'u']).commands.undo).toBe('::u');
  });

  it('are read from lines', () => {
    expect(actionOf('', digits)).toEqual({ kind: 'accept' });
    expect(actionOf('7', digits)).toEqual({ kind: 'answer', label: '7' });
    expect(actionOf('-', digits)).toEqual({ kind: 'answer', label: null });
    expect(actionOf('-', letters)).toEqual({ kind: 'answer', label: '-' });
    expect(actionOf(':q', letters)).toEqual({ kind: 'quit' });
    expect(() => actionOf('77', digits)).toThrow(UsageError);
    expect(() => actionOf('x', digits)).toThrow(/0 1 2 3 4 5 6 7 8 9 - u l q, received "x"/);
  });
});

describe('keys', () => {
  it('answer at once where no longer word begins so', () => {
    expect(type([key('7')])).toEqual({ typed: '', action: { kind: 'answer', label: '7' } });
    expect(type([key('u')])).toEqual({ typed: '', action: { kind: 'undo' } });
    expect(type([key('l')])).toEqual({ typed: '', action: { kind: 'later' } });
    expect(type([enter])).toEqual({ typed: '', action: { kind: 'accept' } });
    expect(type([{ sequence: '\u0003', name: 'c', ctrl: true }])).toEqual({ typed: '', action: { kind: 'quit' } });
  });

  it('wait where one does, for it or for Enter', () => {
    expect(type([key('c')], letters)).toEqual({ typed: 'c' });
    expect(type([key('c'), enter], letters)).toEqual({ typed: '', action: { kind: 'answer', label: 'c' } });
    expect(type([key('c'), key('h')], letters)).toEqual({ typed: '', action: { kind: 'answer', label: 'ch' } });
    expect(type([key(':'), key('u')], letters)).toEqual({ typed: '', action: { kind: 'undo' } });
    expect(type([key(':'), enter], letters)).toEqual({ typed: ':', unknown: true });
    expect(type([key('c'), { sequence: '\u007f', name: 'backspace' }], letters)).toEqual({ typed: '' });
  });

  it('that mean nothing change nothing', () => {
    expect(type([key('x')])).toEqual({ typed: '', unknown: true });
    expect(type([{ sequence: '\u001b[A', name: 'up' }])).toEqual({ typed: '' });
    expect(type([{ name: 'f5' }])).toEqual({ typed: '' });
    expect(type([{ sequence: '\u0001', name: 'a', ctrl: true }])).toEqual({ typed: '' });
  });
});
