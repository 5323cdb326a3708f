import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { maxSamplePoints, parseInkLine } from './inkLine.ts';

const classes = new Map([
  ['A', 0],
  ['x', 1],
]);
const parse = (line: string) => parseInkLine(line, 'a-ink.ndjson line 3', classes);
const sample = {
  label: 'x',
  writer: 12,
  strokes: [
    [0, 10, 5, 20.5],
    [-3, 4],
  ],
};

describe('parseInkLine', () => {
  it('reads label, writer and strokes, and leaves other fields alone', () => {
    const ink = {
      strokes: [
        [
          { x: 0, y: 10 },
          { x: 5, y: 20.5 },
        ],
        [{ x: -3, y: 4 }],
      ],
    };
    expect(parse(JSON.stringify({ ...sample, source: 'HAMEX', rel: 0.3 }))).toEqual({ target: 1, writer: 12, ink });
    const { writer, ...unknown } = sample;
    expect(parse(JSON.stringify(unknown)).writer).toBe(0);
  });

  it.each<[string, string]>([
    ['', 'expected a JSON object, received'],
    ['{"label":"x"', 'expected a JSON object, received {"label":"x"'],
    ['[]', 'expected a JSON object, received []'],
    ['null', 'expected a JSON object, received null'],
    ['{"strokes":[[0,0]]}', 'expected "label" to be one of A x, received nothing'],
    ['{"label":"a","strokes":[[0,0]]}', 'expected "label" to be one of A x, received a'],
    ['{"label":"__proto__","strokes":[[0,0]]}', 'expected "label" to be one of A x'],
    [
      '{"label":"x","writer":-1,"strokes":[[0,0]]}',
      'expected "writer" to be a whole number of 0 to 65535, received -1',
    ],
    [
      '{"label":"x","writer":"me","strokes":[[0,0]]}',
      'expected "writer" to be a whole number of 0 to 65535, received me',
    ],
    ['{"label":"x"}', 'expected "strokes" to be a list of at least one, received nothing'],
    ['{"label":"x","strokes":[]}', 'expected "strokes" to be a list of at least one, received []'],
    ['{"label":"x","strokes":[[]]}', 'expected stroke 0 to be a list of x, y, x, y, ..., received []'],
    ['{"label":"x","strokes":[[0,0],[1,2,3]]}', 'expected stroke 1 to be a list of x, y, x, y, ..., received [1,2,3]'],
    ['{"label":"x","strokes":[{"x":1,"y":2}]}', 'expected stroke 0 to be a list'],
    ['{"label":"x","strokes":[[0,"1"]]}', 'expected stroke 0 to have numbers up to 1000000000, received 1'],
    ['{"label":"x","strokes":[[1e999,0]]}', 'expected stroke 0 to have numbers up to 1000000000, received null'],
    [
      JSON.stringify({ label: 'x', strokes: [new Array(2 * maxSamplePoints).fill(0), [0, 0]] }),
      `expected at most ${maxSamplePoints} points, received ${maxSamplePoints + 1}`,
    ],
  ])('refuses %.60s', (line, message) => {
    expect(() => parse(line)).toThrow(FormatError);
    expect(() => parse(line)).toThrow(`a-ink.ndjson line 3: reading strokes: ${message}`);
  });

  it('throws only its own errors, whatever the line', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ label: fc.constantFrom('A', 'x'), writer: fc.jsonValue(), strokes: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
      fc
        .record({ label: fc.constant('A'), strokes: fc.array(fc.array(fc.oneof(fc.double(), fc.constant('a')))) })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(line, (text) => {
        try {
          const { ink } = parse(text);
          expect(ink.strokes.flat().every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 400 },
    );
  });
});
