// The operators that the runtime can run, by their ONNX names. A new one is a file beside this and a line here,
// or, where it is elementwise and of one input, a row in `activations.ts`.
import type { Operator } from '../operator.ts';
import { activationOperators } from './activations.ts';
import { add } from './add.ts';
import { averagePool } from './averagePool.ts';
import { batchNormalization } from './batchNormalization.ts';
import { cast } from './cast.ts';
import { clip } from './clip.ts';
import { concat } from './concat.ts';
import { constant } from './constant.ts';
import { conv } from './conv.ts';
import { dequantizeLinear } from './dequantizeLinear.ts';
import { div } from './div.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { gemm } from './gemm.ts';
import { globalAveragePool } from './globalAveragePool.ts';
import { globalMaxPool } from './globalMaxPool.ts';
import { identity } from './identity.ts';
import { logSoftmax } from './logSoftmax.ts';
import { matMul } from './matMul.ts';
import { maxPool } from './maxPool.ts';
import { mul } from './mul.ts';
import { pad } from './pad.ts';
import { reduceMean } from './reduceMean.ts';
import { reshape } from './reshape.ts';
import { softmax } from './softmax.ts';
import { squeeze } from './squeeze.ts';
import { sub } from './sub.ts';
import { transpose } from './transpose.ts';
import { unsqueeze } from './unsqueeze.ts';

/** Operators of the standard domain by type. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...Object.entries(activationOperators),
  ['Add', add],
  ['AveragePool', averagePool],
  ['BatchNormalization', batchNormalization],
  ['Cast', cast],
  ['Clip', clip],
  ['Concat', concat],
  ['Constant', constant],
  ['Conv', conv],
  ['DequantizeLinear', dequantizeLinear],
  ['Div', div],
  ['Dropout', dropout],
  ['Flatten', flatten],
  ['Gemm', gemm],
  ['GlobalAveragePool', globalAveragePool],
  ['GlobalMaxPool', globalMaxPool],
  ['Identity', identity],
  ['LogSoftmax', logSoftmax],
  ['MatMul', matMul],
  ['MaxPool', maxPool],
  ['Mul', mul],
  ['Pad', pad],
  ['ReduceMean', reduceMean],
  ['Reshape', reshape],
  ['Softmax', softmax],
  ['Squeeze', squeeze],
  ['Sub', sub],
  ['Transpose', transpose],
  ['Unsqueeze', unsqueeze],
]);
