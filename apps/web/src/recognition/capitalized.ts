/** A text with its first letter as a capital, as sentences and headings begin. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
