import { describe, expect, it } from 'vitest';
import { type PointerFacts, palmRejectionMs, pointerGate } from './pointerGate.ts';

const facts = (pointerType: string, pointerId: number, timeStamp = 0, button = 0): PointerFacts => ({
  pointerType,
  pointerId,
  timeStamp,
  button,
});

describe('pointerGate', () => {
  it('lets one pointer write until it is lifted', () => {
    const gate = pointerGate();
    expect(gate.press(facts('touch', 1))).toBe('write');
    expect(gate.press(facts('touch', 2))).toBe('ignore');
    expect(gate.move(facts('touch', 2))).toBe(false);
    expect(gate.lift(facts('touch', 2))).toBe(false);
    expect(gate.move(facts('touch', 1))).toBe(true);
    expect(gate.lift(facts('touch', 1))).toBe(true);
    expect(gate.lift(facts('touch', 1))).toBe(false);
    expect(gate.press(facts('touch', 2))).toBe('write');
  });
  it('takes only the main button of a mouse', () => {
    const gate = pointerGate();
    expect(gate.press(facts('mouse', 1, 0, 2))).toBe('ignore');
    expect(gate.press(facts('mouse', 1, 0, 0))).toBe('write');
  });
  it('ignores touches for a while after the last sign of a pen, hovering too', () => {
    const gate = pointerGate();
    expect(gate.move(facts('pen', 1, 100))).toBe(false);
    expect(gate.press(facts('touch', 2, 100 + palmRejectionMs - 1))).toBe('ignore');
    expect(gate.press(facts('touch', 3, 100 + palmRejectionMs))).toBe('write');
  });
  it('gives the pad to a pen that comes after the palm, but not to a second mouse', () => {
    const gate = pointerGate();
    gate.press(facts('touch', 1));
    expect(gate.press(facts('pen', 2, 50))).toBe('takeOver');
    expect(gate.lift(facts('touch', 1, 60))).toBe(false);
    expect(gate.press(facts('mouse', 3, 70))).toBe('ignore');
    expect(gate.lift(facts('pen', 2, 80))).toBe(true);
  });
});
