// Which pointer may write: one at a time, no second finger, no palm beside a pen. Pure: it sees only properties of an
// event.

/**
 * Time after a pen's last event during which touches count as the writing hand, in milliseconds.
 * A pen hovers (and sends events) while the hand rests. A finger that means to draw comes after a pause.
 */
export const palmRejectionMs = 1000;

/** The properties of a PointerEvent that decide. */
export interface PointerFacts {
  readonly pointerId: number;
  /** `mouse`, `touch`, `pen`, or empty when the system does not know. */
  readonly pointerType: string;
  /** Button that went down: 0 for the main one, the touch, the pen's tip. */
  readonly button: number;
  /** When it happened, in milliseconds on the document's clock. */
  readonly timeStamp: number;
}

/** What a pointer that goes down means. */
export type PressVerdict =
  /** Start a stroke with this pointer. */
  | 'write'
  /** Discard the stroke of the pointer that writes (it was the palm), then start one with this pen. */
  | 'takeOver'
  /** Not for writing. */
  | 'ignore';

/** Admits one writing pointer at a time. */
export interface PointerGate {
  /** Judges a pointer that goes down. A pointer judged `write` or `takeOver` is the writer from then on. */
  press(facts: PointerFacts): PressVerdict;
  /** Notes that a pointer was seen moving or hovering; returns whether it is the writer. */
  move(facts: PointerFacts): boolean;
  /** Notes that a pointer was lifted or cancelled; returns whether it was the writer. */
  lift(facts: PointerFacts): boolean;
}

/** A gate through which nobody writes yet. */
export function pointerGate(): PointerGate {
  let writer: { id: number; type: string } | undefined;
  let penSeen = Number.NEGATIVE_INFINITY;
  const notice = (facts: PointerFacts): void => {
    if (facts.pointerType === 'pen') penSeen = facts.timeStamp;
  };
  return {
    press(facts) {
      const palm = facts.pointerType === 'touch' && facts.timeStamp - penSeen < palmRejectionMs;
      notice(facts);
      if (palm || facts.button !== 0) return 'ignore';
      if (writer !== undefined && !(facts.pointerType === 'pen' && writer.type === 'touch')) return 'ignore';
      const verdict = writer === undefined ? 'write' : 'takeOver';
      writer = { id: facts.pointerId, type: facts.pointerType };
      return verdict;
    },
    move(facts) {
      notice(facts);
      return writer?.id === facts.pointerId;
    },
    lift(facts) {
      notice(facts);
      if (writer?.id !== facts.pointerId) return false;
      writer = undefined;
      return true;
    },
  };
}
