// The 15-layer network of the framework of Chen, Wang, Fan, Sun and Naoi (2015), trained at three depths at once.
import type { AuxiliaryOutput, Initializer, LayerConfig, NetworkConfig } from '../config.ts';

/** What may differ between networks of fifteen layers. */
export interface FifteenLayers {
  readonly name: string;
  /** Side of the square picture, at least 24 pixels: the second auxiliary output reads a quarter of it. */
  readonly side: number;
  readonly classes: number;
  /** Filters of the convolutions before the first, second and third pooling, and of the last one. */
  readonly widths: readonly [number, number, number, number];
  /**
   * Units of the hidden dense layers. A single one leaves room for another layer before it: the mean of 2 x 2 pixels,
   * which divides the weights of the dense layer by four.
   */
  readonly units: readonly [number] | readonly [number, number];
  /** Share of these layers' units that is set to 0 in training. */
  readonly dropout: number;
  /** The same for the outputs of the first, second and third pooling; default 0. */
  readonly poolingDropout?: readonly [number, number, number];
  readonly initializer: Initializer;
  /**
   * Batch-normalise every layer except outputs (Ioffe and Szegedy 2015); the paper, of the same year, does not have
   * this.
   */
  readonly normalised: boolean;
  /** Weight of each auxiliary loss; 0: no auxiliary outputs. */
  readonly supervision: number;
}

/**
 * In-Conv-Conv-MaxP-Conv-Conv-MaxP-Conv-Conv-Conv-MaxP-Conv-Full-Full-Out, or -Conv-AverageP-Full-Out, with input and
 * pooling counted, as in the reading of {@link chen8}: fifteen. The source gives 15 layers and softmax outputs at
 * several depths. It leaves open their order, kernels, widths, rates and positions. The auxiliary outputs read layers 5
 * and 10, a third and two thirds of the depth; their weight of 0.3 is GoogLeNet's (Szegedy et al. 2015).
 */
export function fifteenLayers(options: FifteenLayers): NetworkConfig {
  const { name, side, classes, widths, units, dropout, poolingDropout, initializer, normalised, supervision } = options;
  const [a, b, c, d] = widths;
  const convolution = (filters: number): LayerConfig[] =>
    normalised
      ? [
          { type: 'conv2d', filters, kernel: [3, 3], padding: 'same', bias: false, initializer },
          { type: 'batchNorm', activation: 'relu' },
        ]
      : [{ type: 'conv2d', filters, kernel: [3, 3], padding: 'same', activation: 'relu', initializer }];
  const pooling = (n: 0 | 1 | 2): LayerConfig[] => {
    const rate = poolingDropout?.[n] ?? 0;
    return [
      { type: 'maxPool2d', size: [2, 2] },
      ...(rate > 0 ? [{ type: 'dropout', rate, draw: 'exact' } as const] : []),
    ];
  };
  const full = (width: number): LayerConfig[] => [
    ...(normalised
      ? ([
          { type: 'dense', units: width, bias: false, initializer },
          { type: 'batchNorm', activation: 'relu' },
        ] as const)
      : [{ type: 'dense', units: width, activation: 'relu', initializer } as const]),
    { type: 'dropout', rate: dropout, draw: 'exact' },
  ];
  /**
   * The n-th convolution's output, pooled to 3 x 3 values per filter, so that the auxiliary output stays small compared
   * with the network.
   */
  const output = (n: number, extent: number): AuxiliaryOutput => ({
    after: `${normalised ? 'batchNorm' : 'conv2d'}_${n}`,
    weight: supervision,
    layers: [
      { type: 'averagePool2d', size: [Math.floor(extent / 3), Math.floor(extent / 3)] },
      { type: 'flatten' },
      { type: 'dense', units: classes, initializer },
    ],
  });
  return {
    name,
    description: `15 layers after Chen et al. 2015${supervision > 0 ? ', trained at three depths at once' : ''} (order, kernels, widths and rates ours).`,
    input: [1, side, side],
    layers: [
      ...convolution(a),
      ...convolution(a),
      ...pooling(0),
      ...convolution(b),
      ...convolution(b),
      ...pooling(1),
      ...convolution(c),
      ...convolution(c),
      ...convolution(c),
      ...pooling(2),
      ...convolution(d),
      ...(units.length === 1 ? [{ type: 'averagePool2d', size: [2, 2] } as const] : []),
      { type: 'flatten' },
      ...units.flatMap(full),
      { type: 'dense', units: classes, initializer },
    ],
    ...(supervision > 0 && { auxiliary: [output(3, Math.floor(side / 2)), output(7, Math.floor(side / 4))] }),
  };
}

/** Fifteen layers for digits, small enough to train in minutes. */
export const chen15: NetworkConfig = fifteenLayers({
  name: 'chen15',
  side: 28,
  classes: 10,
  widths: [16, 32, 48, 64],
  units: [256, 128],
  dropout: 0.5,
  initializer: 'heNormal',
  normalised: false,
  supervision: 0.3,
});
