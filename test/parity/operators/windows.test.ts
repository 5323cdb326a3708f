// Convolution and pooling against reference, finite differences and ONNX Runtime.
import { checkConformance, checkRejections } from './conformance.ts';
import { convolutionCases, convolutionRejections } from './convolutionCases.ts';
import { poolCases, poolOtherRejections, poolRejections } from './poolCases.ts';

checkConformance('convolution', convolutionCases);
checkConformance('pooling', poolCases);
checkRejections('convolution', convolutionRejections);
checkRejections('pooling', [...poolRejections, ...poolOtherRejections]);
