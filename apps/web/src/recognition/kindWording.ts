// What the page calls its kinds of writing and their models. Words only.
import type { Kind, KindName } from '../model/kind.ts';
import { capitalized } from './capitalized.ts';

/** The kinds in the switch; one's own model stands alone and has none. */
export const kindTexts: Readonly<Record<KindName, string>> = {
  digits: 'Digits',
  letters: 'Letters',
  chinese: 'Chinese',
  own: 'Own model',
};

/** The model that reads a kind, in a sentence. */
export function modelNameOf({ name }: Kind): string {
  if (name === 'own') return 'the model';
  return `the model of ${name === 'chinese' ? 'Chinese characters' : name}`;
}

/** What a screen reader hears when another model than before has begun to read. */
export function readsNow(kind: Kind, voting: boolean): string {
  return voting ? 'The committee reads now' : `${capitalized(modelNameOf(kind))} reads now`;
}
