// The JSON schema of recipes, made from the schemas that recipes are read by. An editor that is given it completes
// keys, shows ranges and marks slips.
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { activationSchema, layerSchema, networkSchema } from '../../src/engine/floor.ts';
import { committeeRecipeSchema, recipeSchema } from '../../src/learn/floor.ts';

/** A JSON schema, as far as this project looks into one. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

/** The schema of a recipe's file, of one network or of a committee. */
export function recipeJsonSchema(): JsonSchema {
  const { $schema, ...rest } = toJsonSchema(v.union([recipeSchema, committeeRecipeSchema]), {
    // What stands in the file, not what reading makes of it: a preset by its name.
    typeMode: 'input',
    definitions: {
      activation: activationSchema,
      layer: layerSchema,
      network: networkSchema,
      recipe: recipeSchema,
      committee: committeeRecipeSchema,
    },
    // Rules between several fields, and "finite", which JSON's numbers are, have no form in a JSON schema.
    ignoreActions: ['check', 'raw_check', 'finite'],
  });
  return { $schema, title: 'A recipe of Ductus', ...rest } as JsonSchema;
}
