import { testConformance, testHost } from '../../../../test/classic/conformance.ts';
import { fourierKinds } from './fourierKinds.ts';

// Shares that are far above the 10 % of guessing and far below those of pixels: that is what the descriptors are worth.
const accuracies = [0.45, 0.5, 0.5, 0.5, 0.5, 0.8];
const names = fourierKinds(testHost).map(({ name }) => name);

for (const [position, name] of names.entries()) {
  testConformance({
    kind: (host) => fourierKinds(host).find((kind) => kind.name === name)!,
    accuracy: accuracies[position]!,
    otherSizeAccuracy: 0.6,
  });
}
