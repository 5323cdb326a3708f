// Modules that only the bundler knows.
declare module '#model?url' {
  /** Address of the model file beside the page. */
  const url: string;
  export default url;
}
declare module '#committee' {
  /** The committee's file beside the page; undefined when the page was built without one. */
  export const committee: { readonly url: string; readonly bytes: number } | undefined;
}
declare module '*.css';
