// What a Chinese character is read as, and what it means.
import type { Gloss } from '../../model/glosses.ts';
import { Words } from './Words.tsx';

export function GlossText({ gloss: [reading, meaning] }: { readonly gloss: Gloss }) {
  return (
    <>
      <span lang="zh-Latn-pinyin">{reading}</span>
      {', '}
      <Words>{meaning}</Words>
    </>
  );
}
