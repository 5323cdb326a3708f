// docs/api.md says what the docstrings say.
// @module-tag slow
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiDocument, apiPage } from '../../scripts/documents/apiDocument.ts';

it('docs/api.md lists every public name (npx tsx scripts/documents/apiDocument.ts)', () => {
  expect(readFileSync(apiPage, 'utf8')).toBe(apiDocument());
});
