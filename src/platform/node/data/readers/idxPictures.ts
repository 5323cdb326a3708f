// Reads the pictures of an IDX images file piece by piece into memory that threads can share. A set as large as EMNIST
// ByClass is then in memory once, from its file to the last training step. idxFiles.ts and storedPart.ts read the files
// beside it.
import { FormatError, formatShape } from '../../../../core/floor.ts';
import { type IdxPictures, idxPictures, parseIdxHeader } from '../../../../samples/floor.ts';
import { readPieces } from '../../files/files.ts';
import { sharedBytes } from '../sharedArrays.ts';

/**
 * Largest IDX file, unzipped, in bytes: 1 GiB. The largest set of this kind that we know, EMNIST ByClass, has 547 MB
 * of pictures.
 */
export const maxIdxBytes = 2 ** 30;

/** Bytes of the header of three axes. */
const headerBytes = 16;

/**
 * Reads an IDX images file `[count, row, column]`, plain or gzip.
 *
 * @returns the pixels in a `SharedArrayBuffer`.
 * @throws {MissingError} when there is no such file.
 * @throws {FormatError} when it is damaged, larger than {@link maxIdxBytes}, or its size is not what its header says.
 */
export async function readIdxPictures(path: string): Promise<IdxPictures> {
  const header = new Uint8Array(headerBytes);
  let pictures: IdxPictures | undefined;
  let received = 0;
  for await (const piece of readPieces(path, maxIdxBytes)) {
    let rest = piece;
    if (received < headerBytes) {
      const begun = piece.subarray(0, headerBytes - received);
      header.set(begun, received);
      received += begun.length;
      if (received < headerBytes) continue;
      rest = piece.subarray(begun.length);
    }
    pictures ??= announced(header, path);
    if (received - headerBytes + rest.length > pictures.images.length)
      throw wrongSize(path, pictures, 'more (too long)');
    pictures.images.set(rest, received - headerBytes);
    received += rest.length;
  }
  pictures ??= announced(header.subarray(0, received), path);
  if (received !== headerBytes + pictures.images.length) {
    throw wrongSize(path, pictures, `${received} bytes (too short)`);
  }
  return pictures;
}

/** Memory for the announced size. Nothing is written to it, so a false header costs only address space. */
function announced(header: Uint8Array, path: string): IdxPictures {
  const { shape } = parseIdxHeader(header, path, idxPictures);
  const [count, height, width] = shape as unknown as [number, number, number];
  const bytes = count * height * width;
  if (headerBytes + bytes > maxIdxBytes) {
    throw new FormatError(
      `${path}: reading IDX: expected at most ${maxIdxBytes} bytes, received a header of ${formatShape(shape)}`,
    );
  }
  return { count, height, width, images: sharedBytes(bytes) };
}

function wrongSize(path: string, { count, height, width, images }: IdxPictures, received: string): FormatError {
  const shape = formatShape([count, height, width]);
  return new FormatError(
    `${path}: reading IDX: expected ${headerBytes + images.length} bytes for uint8 ${shape}, received ${received}`,
  );
}
