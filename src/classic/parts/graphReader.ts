// A reader for systems that are a graph of the engine, from bytes of pictures to one row of numbers per picture.
import { type Engine, input, type Tensor, tensorBuffer, toOnnx } from '../../engine/floor.ts';
import { writeOnnx } from '../../onnx/floor.ts';
import type { PictureReader } from '../systemKind.ts';

/** Pictures per run: 250 x 6,000 distances to a class of MNIST are 6 MB. */
const batch = 250;

/**
 * Compiles the graph and reads with it, 250 pictures per run; surplus rows of the last run are ignored.
 *
 * @param pixels number of pixels in a picture.
 * @param build from `images`, uint8 `[batch, pixels]`, to the output, `[batch, ...]`.
 * @param scoresOf from the output's row of one picture to the scores of the classes.
 */
export async function graphReader(
  engine: Engine,
  pixels: number,
  build: (images: Tensor) => Tensor,
  scoresOf: (row: Float32Array | Int32Array) => ArrayLike<number>,
): Promise<PictureReader> {
  const rows = build(input('images', [batch, pixels], 'uint8'));
  const program = await engine.compile(writeOnnx(toOnnx({ rows }, { name: 'reader' })), { threads: 1 });
  return {
    batch,
    async read(images, scores) {
      const asked = tensorBuffer([batch, pixels], 'uint8');
      const found = tensorBuffer(rows.shape, rows.type);
      asked.data.set(images);
      await program.run({ images: asked }, { rows: found });
      const numbers = found.data as Float32Array | Int32Array;
      const count = images.length / pixels;
      const [size, classes] = [numbers.length / batch, scores.length / count];
      for (let row = 0; row < count; row++) {
        scores.set(scoresOf(numbers.subarray(row * size, (row + 1) * size)), row * classes);
      }
    },
    dispose: () => program.dispose(),
  };
}
