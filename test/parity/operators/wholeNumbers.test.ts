// Operators on whole numbers against reference and ONNX Runtime.
import { checkConformance, checkRejections } from './conformance.ts';
import { wholeNumberCases, wholeNumberRejections } from './wholeNumberCases.ts';

checkConformance('operators on whole numbers', wholeNumberCases);
checkRejections('operators on whole numbers', wholeNumberRejections);
