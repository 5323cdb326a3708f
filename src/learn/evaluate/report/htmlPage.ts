// The skeleton of every HTML page that Ductus writes to a file: self-contained, without a script, with nothing fetched. What stands
// in it is made of Preact's elements, by `h` rather than TSX, so that the source runs with its types stripped and nothing more; the
// library escapes all text.
import { type ComponentChildren, h } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

/** No script and no request: what the page shows stands in it. Charts carry styles of their own. */
const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** What a page is made of. */
export interface HtmlPage {
  readonly title: string;
  /** CSS, for the page's one style element. */
  readonly style: string;
  readonly body: ComponentChildren;
}

/** The text of an HTML file that needs no other. */
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
