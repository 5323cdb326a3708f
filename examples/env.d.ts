// Modules that only the bundler knows, as Vite's own declaration has them.
declare module '*?url' {
  /** Address of the file beside the page. */
  const url: string;
  export default url;
}
