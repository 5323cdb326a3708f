// A labelled folder by its path: one folder of pictures per class.
import { resolve } from 'node:path';
import { isFolder } from '../../files/isFile.ts';
import type { DataSource } from '../dataSource.ts';
import { loosePictures } from '../namedData.ts';
import { readPictureFolder } from '../readers/pictureFolder.ts';

/** Labelled folders. */
export const folder: DataSource = {
  names: 'a folder with one folder of pictures a class',
  async find(where) {
    if (!(await isFolder(where))) return undefined;
    return loosePictures({ identity: resolve(where) }, (onProgress) => readPictureFolder(where, onProgress));
  },
};
