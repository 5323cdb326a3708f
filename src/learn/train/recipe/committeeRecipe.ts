// A committee as a recipe: one member's recipe, how many of them, and how they vote.
import * as v from 'valibot';
import { countUpTo, FormatError, fileName, parseWith, schemaOf, strictObject, whole } from '../../../core/floor.ts';
import { maximumMembers, type VotingRule, votingRules } from '../../../onnx/floor.ts';

/** Several networks that are trained independently and decide together. */
export interface CommitteeRecipe {
  readonly name: string;
  readonly description: string;
  /** Names of shipped recipes, or recipe files: members take them in turn. */
  readonly members: readonly string[];
  /** How many networks are trained; default: one of each. Member i (from 0) has the committee's seed + i. */
  readonly count?: number;
  /** Default `votes`, the report's. */
  readonly rule?: VotingRule;
  /** Default 1. */
  readonly seed?: number;
}

/** The schema of a committee recipe's file, which may name its JSON schema as a recipe's may. */
export const committeeRecipeSchema = schemaOf<CommitteeRecipe>()(
  v.pipe(
    strictObject({
      $schema: v.exactOptional(v.string()),
      name: fileName,
      description: v.string(),
      members: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(maximumMembers)),
      count: v.exactOptional(v.pipe(countUpTo(maximumMembers), v.minValue(2))),
      rule: v.exactOptional(v.picklist(votingRules)),
      seed: v.exactOptional(whole),
    }),
    v.transform(({ $schema: _, ...recipe }) => recipe),
  ),
);

/** Whether parsed JSON is meant as a committee's recipe. */
export function isCommitteeRecipe(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'members' in json;
}

/** A committee's recipe from parsed JSON. @throws {FormatError} naming the source and the first wrong field. */
export function parseCommitteeRecipe(json: unknown, source: string): CommitteeRecipe {
  const recipe = parseWith(committeeRecipeSchema, json, source, 'committee recipe');
  if ((recipe.count ?? recipe.members.length) < 2) {
    throw new FormatError(`${source}: committee recipe, field count: expected at least 2 members, received 1`);
  }
  return recipe;
}
