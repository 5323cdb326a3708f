import { expect, it } from 'vitest';
import { reviewCsv } from './reviewCsv.ts';

it('writes a row a reading, quoting what would break it', () => {
  expect(
    reviewCsv([
      { id: 'scans/1.png', label: '7', confidence: 0.98765432, by: 'machine' },
      { id: 'a, "b".png', label: ',', confidence: 1, by: 'person' },
      { id: 'blank.png', label: null, confidence: 0, by: 'machine' },
    ]),
  ).toBe(
    'file,label,confidence,reviewed\nscans/1.png,7,0.987654,machine\n"a, ""b"".png",",",1.000000,person\nblank.png,,0.000000,machine\n',
  );
});
