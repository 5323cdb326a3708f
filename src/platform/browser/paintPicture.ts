// Shows a grey picture on a canvas, pixel for pixel. The style sheet enlarges it (`image-rendering: pixelated`).
import type { Picture } from '../../picture/floor.ts';

/** Sets the canvas to the picture's size and paints it: 0 black, 255 white. */
export function paintPicture(canvas: HTMLCanvasElement, picture: Picture): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(picture.width, picture.height);
  for (let index = 0; index < picture.pixels.length; index++) {
    image.data.fill(picture.pixels[index]!, 4 * index, 4 * index + 3);
    image.data[4 * index + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
