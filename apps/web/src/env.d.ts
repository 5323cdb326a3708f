// Modules that only the bundler knows.
declare module '#model' {
  /** The model's file beside the page, and the classes that it reads. */
  export const model: { readonly url: string; readonly labels: readonly string[] };
}
declare module '#committee' {
  /** The committee's file beside the page; undefined when the page was built without one. */
  export const committee: { readonly url: string; readonly bytes: number } | undefined;
}
declare module '*.css';
