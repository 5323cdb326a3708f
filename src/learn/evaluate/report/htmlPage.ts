// The skeleton of every HTML page that Ductus writes to a file: self-contained, without a script, with nothing fetched.
// Its content is built of Preact elements, with `h` instead of TSX, so the source runs with only its types stripped.
// Preact escapes all text.
import { type ComponentChildren, h } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

/** No script and no request: the page contains all that it shows. Charts carry their own styles. */
const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What a page is made of. */
export interface HtmlPage {
  readonly title: string;
  /** CSS for the page's only style element. */
  readonly style: string;
  readonly body: ComponentChildren;
}

/** The text of a self-contained HTML file. */
export function htmlPage({ title, style, body }: HtmlPage): string {
  const page = h('html', { lang: 'en' }, [
    h('head', null, [
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }),
      h('title', null, title),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ]),
    h('body', null, body),
  ]);
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}
