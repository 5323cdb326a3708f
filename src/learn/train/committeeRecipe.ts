// A committee as a recipe: one member's recipe, how many of them, and how they vote.
import * as v from 'valibot';
import { FormatError, parseWith } from '../../core/floor.ts';
import type { VotingRule } from '../../onnx/floor.ts';

/** Several networks that are trained independently and decide together. */
export interface CommitteeRecipe {
  readonly name: string;
  readonly description: string;
  /** Names of recipes that come with Ductus, or recipe files: members take them in turn. */
  readonly members: readonly string[];
  /** How many networks are trained; default: one of each. Member i (from 0) has the committee's seed + i. */
  readonly count?: number;
  /** Default `votes`, the report's. */
  readonly rule?: VotingRule;
  /** Default 1. */
  readonly seed?: number;
}

/** As many as one file can hold. */
const mostMembers = 100;

const schema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, 'expected 1 to 64 letters, digits, _ . -')),
  description: v.string(),
  members: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostMembers)),
  count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(mostMembers))),
  rule: v.optional(v.picklist(['votes', 'meanProbability', 'meanLogit'])),
  seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
});

/** Whether parsed JSON means to be a committee's recipe. */
export function isCommitteeRecipe(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'members' in json;
}

/** A committee's recipe from parsed JSON. @throws {FormatError} naming the source and the first wrong field. */
export function parseCommitteeRecipe(json: unknown, source: string): CommitteeRecipe {
  const recipe = parseWith(schema, json, source, 'committee recipe') as CommitteeRecipe;
  if ((recipe.count ?? recipe.members.length) < 2) {
    throw new FormatError(`${source}: committee recipe, field count: expected at least 2 members, received 1`);
  }
  return recipe;
}
