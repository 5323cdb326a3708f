// What the page tells of Chinese characters to those who cannot read them.

/**
 * A character's usual reading in pinyin with tone marks, and its first meanings in English: `['shí', 'rock; stone']`.
 */
export type Gloss = readonly [reading: string, meaning: string];

/** Glosses by character; not every class of a model has one. */
export type Glosses = ReadonlyMap<string, Gloss>;
