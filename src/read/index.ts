export type {
  Alternative,
  NothingDrawn,
  Recognised,
  Recognition,
  Recognizer,
  RecognizerInput,
} from './recognizer/recognition.ts';
export type { Kernels } from './runtime/kernels/kernels.ts';
export { plainKernels } from './runtime/kernels/plain.ts';
export { maximumNetworkBytes, maximumWork } from './runtime/limits.ts';
export { loadNetwork, type Network, type NetworkOptions, type NetworkOutput } from './runtime/network.ts';
