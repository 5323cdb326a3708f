import { describe, expect, it } from 'vitest';
import type { Picture } from '../../picture/floor.ts';
import { formatGlyphs } from './glyphs.ts';

const picture = (...rows: string[]): Picture => ({
  width: rows[0]!.length,
  height: rows.length,
  pixels: Uint8Array.from(rows.join(''), (pixel) => ({ '#': 255, '+': 128, '-': 127 })[pixel] ?? 0),
});

describe('formatGlyphs', () => {
  it('puts two rows into a line, ink from half grey on', () => {
    const glyph = { title: ['a'], picture: picture('#+ -', '# +-', '####') };
    expect(formatGlyphs([glyph], 80)).toBe(['a', '█▀▄', '▀▀▀▀', ''].join('\n'));
  });

  it('sets as many side by side as fit, at least one', () => {
    const glyphs = ['one', 'two', 'three'].map((title) => ({ title: [title], picture: picture('#  #', '#  #') }));
    expect(formatGlyphs(glyphs, 12)).toBe(['one    two', '█  █   █  █', '', 'three', '█  █', ''].join('\n'));
    expect(formatGlyphs(glyphs, 1)).toBe(['one', '█  █', '', 'two', '█  █', '', 'three', '█  █', ''].join('\n'));
    expect(formatGlyphs([], 80)).toBe('');
  });
});
