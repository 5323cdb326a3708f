import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { isPictureName, maxFolderPictures, planFolders } from './folders.ts';

describe('planFolders', () => {
  it('gives the same plan whatever the order of the listing', () => {
    const listings = [
      { folder: 'lower_a', files: ['1.png'] },
      { folder: 'digit_7', files: ['b.PNG', 'a.jpeg', 'notes.txt', '.hidden.png'] },
      { folder: 'A', files: ['1.gif'] },
      { folder: '7', files: ['c.webp'] },
      { folder: '.git', files: ['x.png'] },
    ];
    const plan = planFolders('root', listings);
    expect(plan.labels).toEqual(['7', 'A', 'a']);
    expect(plan.pictures).toEqual([
      { folder: '7', file: 'c.webp', target: 0 },
      { folder: 'digit_7', file: 'a.jpeg', target: 0 },
      { folder: 'digit_7', file: 'b.PNG', target: 0 },
      { folder: 'A', file: '1.gif', target: 1 },
      { folder: 'lower_a', file: '1.png', target: 2 },
    ]);
    const shuffled = listings.map(({ folder, files }) => ({ folder, files: [...files].reverse() })).reverse();
    expect(planFolders('root', shuffled)).toEqual(plan);
  });

  it('refuses a folder without class folders and a class without pictures', () => {
    expect(() => planFolders('root', [])).toThrow(FormatError);
    expect(() => planFolders('root', [{ folder: '.git', files: ['a.png'] }])).toThrow('received no folder in it');
    expect(() =>
      planFolders('root', [
        { folder: '1', files: ['a.png'] },
        { folder: '2', files: ['a.txt', 'b'] },
      ]),
    ).toThrow(
      'root/2: reading labelled pictures: expected pictures (png, jpg, jpeg, webp, gif, tif, tiff), received 2',
    );
  });

  it('has a bound', () => {
    const files = new Array<string>(maxFolderPictures + 1).fill('a.png');
    expect(() => planFolders('root', [{ folder: '1', files }])).toThrow('expected at most 1000000 pictures');
  });

  it('knows pictures by their endings', () => {
    expect(['a.png', 'A.JPG', 'a.b.tif', 'a.tiff'].every(isPictureName)).toBe(true);
    expect(['a.bmp', 'png', 'a.png.txt', '.png', '.a.png', 'a'].some(isPictureName)).toBe(false);
  });
});
