import { describe, expect, it } from 'vitest';
import { type KeyFacts, penCursor } from './penCursor.ts';

const key = (name: string, held: Partial<KeyFacts> = {}): KeyFacts => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...held,
});

describe('penCursor', () => {
  it('steers by arrows, finer with Shift, and stays on the pad', () => {
    const cursor = penCursor(1000);
    expect(cursor.press(key('ArrowRight'))).toBe('move');
    expect(cursor.position).toEqual({ x: 550, y: 500 });
    cursor.press(key('ArrowRight', { shiftKey: true }));
    expect(cursor.position).toEqual({ x: 562.5, y: 500 });
    for (let press = 0; press < 30; press++) cursor.press(key('ArrowRight', { repeat: true }));
    expect(cursor.position.x).toBe(1000);
  });
  it('two arrows held together steer diagonally', () => {
    const cursor = penCursor(1000);
    cursor.press(key('ArrowLeft'));
    cursor.press(key('ArrowDown'));
    expect(cursor.position).toEqual({ x: 400, y: 550 });
    cursor.release('ArrowLeft');
    cursor.press(key('ArrowDown'));
    expect(cursor.position).toEqual({ x: 400, y: 600 });
  });
  it('sets the pen down and lifts it, once for a held key', () => {
    const cursor = penCursor(1000);
    expect(cursor.press(key(' '))).toBe('down');
    expect(cursor.press(key(' ', { repeat: true }))).toBeUndefined();
    expect(cursor.down).toBe(true);
    expect(cursor.press(key(' '))).toBe('up');
    cursor.press(key(' '));
    expect(cursor.press(key('Escape'))).toBe('up');
    expect(cursor.press(key('Escape'))).toBeUndefined();
    cursor.press(key(' '));
    expect(cursor.rest()).toBe(true);
    expect(cursor.rest()).toBe(false);
  });
  it('knows undo, redo and clear, and leaves other keys alone', () => {
    const cursor = penCursor(1000);
    expect(cursor.press(key('z', { ctrlKey: true }))).toBe('undo');
    expect(cursor.press(key('Z', { metaKey: true, shiftKey: true }))).toBe('redo');
    expect(cursor.press(key('y', { ctrlKey: true }))).toBe('redo');
    expect(cursor.press(key('Delete'))).toBe('clear');
    expect(cursor.press(key('Tab'))).toBeUndefined();
    expect(cursor.press(key('c', { ctrlKey: true }))).toBeUndefined();
    expect(cursor.press(key('ArrowLeft', { altKey: true }))).toBeUndefined();
  });
});
