// Order of a graph's nodes: every node comes after those that it needs.
import type { GraphNode, Tensor } from './operator.ts';

/**
 * Nodes that the outputs need, each once, every node after those that feed it. Iterative: deep graphs do not overflow.
 */
export function topologicalOrder(outputs: readonly Tensor[]): GraphNode[] {
  const order: GraphNode[] = [];
  const seen = new Set<GraphNode>();
  const stack: { node: GraphNode; next: number }[] = [];
  const push = (tensor: Tensor): void => {
    if (tensor.origin.kind === 'node' && !seen.has(tensor.origin.node)) {
      seen.add(tensor.origin.node);
      stack.push({ node: tensor.origin.node, next: 0 });
    }
  };
  for (const output of outputs) {
    push(output);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      if (top.next < top.node.inputs.length) push(top.node.inputs[top.next++]!);
      else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
