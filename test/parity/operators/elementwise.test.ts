// Elementwise operators against reference, finite differences and ONNX Runtime.
import { checkConformance, checkRejections } from './conformance.ts';
import { elementwiseCases, elementwiseRejections } from './elementwiseCases.ts';

checkConformance('elementwise operators', elementwiseCases);
checkRejections('elementwise operators', elementwiseRejections);
