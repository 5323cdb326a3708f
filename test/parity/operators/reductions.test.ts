// Reductions, softmax, losses and batch normalisation against reference, finite differences and ONNX Runtime.
import { checkConformance, checkRejections } from './conformance.ts';
import { normalisationCases, normalisationRejections } from './normalisationCases.ts';
import { reductionAndLossCases, reductionAndLossRejections } from './reductionCases.ts';

checkConformance('reductions and losses', reductionAndLossCases);
checkConformance('batch normalisation', normalisationCases);
checkRejections('reductions and losses', reductionAndLossRejections);
checkRejections('batch normalisation', normalisationRejections);
