// Every public name says in a sentence what it is, and so does every member of a public interface or class.
// @module-tag slow
import { describe, expect, it } from 'vitest';
import { publicApi } from './publicApi.ts';

const api = publicApi();

/** A sentence: a capital or what code starts with, and a full stop; a formula or a list may follow. */
const sentence = /^[A-Z0-9`'"<(].*?[.:;](\s|$)/s;

describe('docstrings', () => {
  it('are there for every public name, a sentence at least', () => {
    expect(api.length).toBeGreaterThan(200);
    const wanting = api.filter(({ docs }) => !sentence.test(docs));
    expect(wanting.map(({ entry, name, place }) => `${place} ${entry} ${name}`)).toEqual([]);
  });

  it('are there for every member of a public interface or class', () => {
    const members = api.flatMap(({ name, members }) => members.map((member) => ({ ...member, of: name })));
    expect(members.length).toBeGreaterThan(300);
    const wanting = members.filter(({ docs }) => docs === '');
    expect(wanting.map(({ place, of, name }) => `${place} ${of}.${name}`)).toEqual([]);
  });
});
