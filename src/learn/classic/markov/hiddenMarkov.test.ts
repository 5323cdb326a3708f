import { testConformance } from '../../../../test/classic/conformance.ts';
import { hiddenMarkov } from './hiddenMarkov.ts';

testConformance({ kind: () => hiddenMarkov(), accuracy: 0.8, otherSizeAccuracy: 0.9 });
