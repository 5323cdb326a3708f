// Brings a graph's nodes into an order in which each finds its inputs made. ONNX asks files to be in such an order
// already; a file from a stranger may not be, or may run in a circle.
import { FormatError } from '../../core/floor.ts';
import type { OnnxNode } from '../../onnx/floor.ts';
import { nodeTitle } from './nodeReader.ts';

/**
 * The nodes in an order of execution (Kahn 1962); the file's own order is kept where it is one.
 *
 * @param given names of graph inputs and constants.
 * @throws {FormatError} naming the nodes of a cycle, or a node and the input that nothing makes.
 */
export function sortNodes(nodes: readonly OnnxNode[], given: ReadonlySet<string>): OnnxNode[] {
  const maker = new Map<string, number>();
  for (const [index, node] of nodes.entries()) {
    for (const output of node.outputs) if (output !== '') maker.set(output, index);
  }
  const missing = new Int32Array(nodes.length);
  const users: number[][] = nodes.map(() => []);
  for (const [index, node] of nodes.entries()) {
    for (const input of node.inputs) {
      if (input === '' || given.has(input)) continue;
      const source = maker.get(input);
      if (source === undefined) {
        throw new FormatError(
          `${nodeTitle(node)}: expected something that makes its input "${input}", received nothing`,
        );
      }
      users[source]!.push(index);
      missing[index] = missing[index]! + 1;
    }
  }
  const order: number[] = [];
  for (const index of nodes.keys()) if (missing[index] === 0) order.push(index);
  for (let at = 0; at < order.length; at++) {
    for (const user of users[order[at]!]!) {
      missing[user] = missing[user]! - 1;
      if (missing[user] === 0) order.push(user);
    }
  }
  if (order.length < nodes.length) {
    const cycle = findCycle(nodes, maker, missing);
    throw new FormatError(`graph: expected no cycle, received one through ${cycle.map(nodeTitle).join(', ')}`);
  }
  return order.map((index) => nodes[index]!);
}

/** Most nodes of a cycle that a message names. */
const mostNamed = 10;

function findCycle(nodes: readonly OnnxNode[], maker: ReadonlyMap<string, number>, missing: Int32Array): OnnxNode[] {
  // Every node that is left waits for another one that is left: walking back must come round.
  const seen = new Map<number, number>();
  const path: number[] = [];
  let index = missing.findIndex((count) => count > 0);
  while (!seen.has(index)) {
    seen.set(index, path.length);
    path.push(index);
    index = nodes[index]!.inputs.map((input) => maker.get(input)).find(
      (source) => source !== undefined && missing[source]! > 0,
    )!;
  }
  const cycle = path.slice(seen.get(index)!).reverse();
  const first = cycle.indexOf(Math.min(...cycle.slice(0, mostNamed)));
  const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
  return turned.slice(0, mostNamed).map((at) => nodes[at]!);
}
