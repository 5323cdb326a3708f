// What the page can read: a kind of writing and the files that read it. The list is made by the page's build.
import type { Glosses } from './glosses.ts';

/** The kinds of writing that the page may offer; `own` is that of a model of one's own, which stands alone. */
export type KindName = 'digits' | 'letters' | 'chinese' | 'own';

/** A model's file beside the page. */
export interface KindFile {
  readonly url: string;
  /** Size of the file as it is; a server that compresses states another. */
  readonly bytes: number;
}

/** A kind of writing that the page can read. */
export interface Kind {
  readonly name: KindName;
  /** The classes of the model's card, known before the file has come: words and switches stand where they will stay. */
  readonly labels: readonly string[];
  readonly model: KindFile;
  /** Where there is one: several networks for the same classes, which vote. */
  readonly committee?: KindFile;
  /** Fetches what is told of the classes; there where they are Chinese characters. */
  readonly glosses?: () => Promise<{ readonly glosses: Glosses }>;
}
