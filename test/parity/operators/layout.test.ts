// Matrix products and operators that move numbers about, against reference, finite differences and ONNX Runtime.
import { checkConformance, checkRejections } from './conformance.ts';
import { layoutCases, layoutRejections } from './layoutCases.ts';

checkConformance('layout and products', layoutCases);
checkRejections('layout and products', layoutRejections);
