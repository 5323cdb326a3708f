// The graph that finds nearest neighbours: squared distances as whole numbers, exactly, by one integer matrix product a class.
import type { OnnxNode, OnnxTensor, OnnxValueInfo } from '../../../onnx/floor.ts';
import { type PictureRows, squaredNorms, transposed } from '../../parts/pictureRows.ts';
import { integers, plainGraph, plainNode } from '../../parts/plainGraph.ts';

/**
 * The graph: `images` uint8 `[batch, pixels]` to `distances` int64 `[batch, classes, neighbours]`, for every class the squared
 * distances to its nearest pictures, least first; a class of fewer pictures than `neighbours` repeats its farthest.
 *
 * `|x - y|^2 = |x|^2 - 2 x.y + |y|^2`, all in int32.
 *
 * @param classes the training pictures of each, at least one.
 */
export function nearestGraph(classes: readonly PictureRows[], neighbours: number, batch: number): Uint8Array {
  const nodes: OnnxNode[] = [
    plainNode('Cast', ['images'], ['wide'], { to: { kind: 'int', value: 6 } }),
    plainNode('Mul', ['wide', 'wide'], ['squares']),
    plainNode('ReduceSum', ['squares', 'lastAxis'], ['norms']),
  ];
  const initializers: OnnxTensor[] = [
    integers('lastAxis', 1),
    { name: 'two', type: 'int32', shape: [], data: Int32Array.of(2) },
  ];
  const pixels = classes[0]!.pixels;
  classes.forEach((pictures, index) => {
    const { count } = pictures;
    const kept = Math.min(neighbours, count);
    const name = (what: string): string => `${what}${index}`;
    initializers.push(
      { name: name('pictures'), type: 'uint8', shape: [pixels, count], data: transposed(pictures) },
      { name: name('own'), type: 'int32', shape: [1, count], data: squaredNorms(pictures) },
      integers(name('kept'), kept),
      integers(name('padding'), 0, 0, 0, neighbours - kept),
    );
    nodes.push(
      plainNode('MatMulInteger', ['images', name('pictures')], [name('products')]),
      plainNode('Mul', [name('products'), 'two'], [name('doubled')]),
      plainNode('Sub', [name('own'), name('doubled')], [name('partial')]),
      plainNode('TopK', [name('partial'), name('kept')], [name('least'), name('positions')], {
        axis: { kind: 'int', value: 1 },
        largest: { kind: 'int', value: 0 },
        sorted: { kind: 'int', value: 1 },
      }),
      plainNode('Add', [name('least'), 'norms'], [name('nearest')]),
      plainNode('Pad', [name('nearest'), name('padding')], [name('padded')], {
        mode: { kind: 'string', value: 'edge' },
      }),
      plainNode('Unsqueeze', [name('padded'), 'lastAxis'], [name('row')]),
    );
  });
  nodes.push(
    plainNode(
      'Concat',
      classes.map((_, index) => `row${index}`),
      ['all'],
      { axis: { kind: 'int', value: 1 } },
    ),
    plainNode('Cast', ['all'], ['distances'], { to: { kind: 'int', value: 7 } }),
  );
  const inputs: OnnxValueInfo[] = [{ name: 'images', type: 'uint8', shape: [batch, pixels] }];
  const outputs: OnnxValueInfo[] = [{ name: 'distances', type: 'int64', shape: [batch, classes.length, neighbours] }];
  return plainGraph({ name: 'nearest', nodes, initializers, inputs, outputs });
}
