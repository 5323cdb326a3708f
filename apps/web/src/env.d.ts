// Modules that only the bundler knows.
declare module '#model?url' {
  /** Address of the model file beside the page. */
  const url: string;
  export default url;
}
declare module '*.css';
