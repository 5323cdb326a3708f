// Modules that only the bundler knows.
declare module '#kinds' {
  /** The kinds of writing that this page can read, the default first. */
  export const kinds: readonly [import('./model/kind.ts').Kind, ...import('./model/kind.ts').Kind[]];
}
declare module '*.css';
