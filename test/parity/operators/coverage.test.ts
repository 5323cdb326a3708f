// Every operator stands in a conformance case: an operator that nobody checks fails here.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Operator } from '../../../src/engine/graph/operator.ts';
import { topologicalOrder } from '../../../src/engine/graph/traverse.ts';
import { caseGradients, prepare } from './conformance.ts';
import { convolutionCases, convolutionRejections } from './convolutionCases.ts';
import { elementwiseCases, elementwiseRejections } from './elementwiseCases.ts';
import { layoutCases, layoutRejections } from './layoutCases.ts';
import { normalisationCases, normalisationRejections } from './normalisationCases.ts';
import { poolCases, poolOtherRejections, poolRejections } from './poolCases.ts';
import { reductionAndLossCases, reductionAndLossRejections } from './reductionCases.ts';
import { wholeNumberCases, wholeNumberRejections } from './wholeNumberCases.ts';

const folder = new URL('../../../src/engine/graph/operators/', import.meta.url);
const cases = [
  ...convolutionCases,
  ...elementwiseCases,
  ...layoutCases,
  ...normalisationCases,
  ...poolCases,
  ...reductionAndLossCases,
  ...wholeNumberCases,
];
const rejections = [
  ...convolutionRejections,
  ...elementwiseRejections,
  ...layoutRejections,
  ...normalisationRejections,
  ...poolRejections,
  ...poolOtherRejections,
  ...reductionAndLossRejections,
  ...wholeNumberRejections,
];

/** Every exported object whose name ends in `Operator`, by that name. */
async function exportedOperators(): Promise<Map<string, Operator>> {
  const found = new Map<string, Operator>();
  for (const file of readdirSync(fileURLToPath(folder))) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const exports = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exports)) {
      if (name.endsWith('Operator')) found.set(name, value as Operator);
    }
  }
  return found;
}

describe('coverage of the conformance cases', () => {
  it('meets every operator in a forward graph or a gradient graph', async () => {
    const exported = await exportedOperators();
    expect(exported.size).toBeGreaterThan(30);
    const met = new Set<Operator>();
    for (const testCase of cases) {
      const prepared = prepare(testCase);
      const gradients = Object.values(caseGradients(testCase, prepared));
      for (const node of topologicalOrder([...prepared.outputs, ...gradients])) met.add(node.operator);
    }
    expect([...exported].filter(([, operator]) => !met.has(operator)).map(([name]) => name)).toEqual([]);
    expect([...met].filter((operator) => ![...exported.values()].includes(operator)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('has a refused shape or type of every operator', async () => {
    const messages = rejections.map(({ build }) => {
      try {
        return String(build());
      } catch (error) {
        return (error as Error).message;
      }
    });
    const operators = [...(await exportedOperators()).values()];
    const unrefused = operators.filter(({ name }) => !messages.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
    expect(unrefused.map(({ name }) => name)).toEqual([]);
  });

  it('gives every case and every operator a name of its own', async () => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const operators = [...(await exportedOperators()).values()].map(({ name }) => name);
    expect(new Set(operators).size).toBe(operators.length);
  });
});
