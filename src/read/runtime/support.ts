// Says whether the runtime can run a graph at all, before anything is computed: every operator that it lacks in one
// message.
import { UnsupportedError } from '../../core/floor.ts';
import type { OnnxModel } from '../../onnx/floor.ts';
import { nodeTitle } from './nodeReader.ts';
import type { Operator } from './operator.ts';
import { operators } from './operators/table.ts';

/** Newest version of the standard operator set whose rules were compared with the operators here. */
export const newestOpset = 23;

/**
 * Refuses a model with operators, attributes or an operator set that the runtime does not know.
 *
 * @param known what it knows; default: all that there is.
 * @throws {UnsupportedError} naming each operator once, or the attributes that would have to be honoured.
 */
export function checkSupport(model: OnnxModel, known: ReadonlyMap<string, Operator> = operators): void {
  const unknown = new Set<string>();
  const unhonoured = new Set<string>();
  for (const node of model.graph.nodes) {
    const operator = node.domain === '' ? known.get(node.opType) : undefined;
    if (operator === undefined) {
      unknown.add(node.domain === '' ? node.opType : `${node.domain}.${node.opType}`);
      continue;
    }
    for (const name of Object.keys(node.attributes)) {
      if (!operator.attributes.includes(name)) unhonoured.add(`${name} of ${nodeTitle(node)}`);
    }
  }
  if (unknown.size > 0) {
    throw new UnsupportedError(
      `model uses operators that the runtime cannot run: ${[...unknown].sort().slice(0, 50).join(', ')}; it can run ${[...known.keys()].join(', ')}`,
    );
  }
  if (unhonoured.size > 0) {
    throw new UnsupportedError(
      `model uses attributes that the runtime does not honour: ${[...unhonoured].slice(0, 50).join(', ')}`,
    );
  }
  const opset = model.opsets['']!;
  if (opset > newestOpset) {
    throw new UnsupportedError(`model asks for operator set ${opset}; the runtime knows those up to ${newestOpset}`);
  }
}
