// The pieces of HTML that the sections of an evaluation page are made of.

/** A section under a heading. */
export function section(id: string, title: string, content: string): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}\n</section>`;
}

/** Terms with what is said of them. */
export function definitions(entries: readonly (readonly [string, string])[]): string {
  return `<dl>${entries.map(([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`;
}

/** A table that scrolls by itself where the page is narrow; head and rows are HTML. */
export function table(caption: string, head: string, rows: readonly string[]): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead>${head}</thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** What is folded away at first. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>${content}</details>`;
}

/** A share, or that there is none. */
export function share(value: number | null): string {
  return value === null ? 'none' : percent(value);
}

/** A share in percent with some decimals; two: one picture of 10,000 is 0.01 %. */
export function percent(value: number, decimals = 2): string {
  // A no-break space: the sign must not stand alone on the next line.
  return `${(100 * value).toFixed(decimals)}\u00a0%`;
}

/** Text that may stand in HTML and in attributes. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
