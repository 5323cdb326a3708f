import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../core/floor.ts';
import { parseSavedReview, type SavedReview } from './savedReview.ts';

const saved: SavedReview = {
  format: 'ductus-review',
  version: 1,
  events: [
    { id: 'scans/1.png', label: '7' },
    { id: 'scans/2.png', skipped: true },
    { id: 'scans/2.png', label: null },
  ],
};

describe('parseSavedReview', () => {
  it('reads what was saved', () => {
    expect(parseSavedReview(JSON.stringify(saved), 'a.json')).toEqual(saved);
  });

  it.each([
    ['no JSON', '{"format":', /a\.json: expected a saved review as JSON/],
    ['another format', '{"format":"x","version":1,"events":[]}', /a\.json: saved review, field format/],
    ['another version', '{"format":"ductus-review","version":2,"events":[]}', /field version/],
    [
      'an answer that is a number',
      '{"format":"ductus-review","version":1,"events":[{"id":"a","label":7}]}',
      /field events/,
    ],
    [
      'a label and a skip',
      '{"format":"ductus-review","version":1,"events":[{"id":"a","label":"7","skipped":true}]}',
      /events/,
    ],
    ['cut off', JSON.stringify(saved).slice(0, -5), /as JSON/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseSavedReview(text, 'a.json')).toThrow(message);
  });

  it('refuses anything else with an error of its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(() => parseSavedReview(text, 'a.json')).toThrow(FormatError);
      }),
    );
  });
});
