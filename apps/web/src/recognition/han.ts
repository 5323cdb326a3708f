// Which texts are Chinese characters: they are marked as such, so that fonts and screen readers choose right.

/** Whether a text is one or more Chinese characters and nothing else. */
export function isHan(text: string): boolean {
  return /^\p{Script=Han}+$/u.test(text);
}

/** A text in parts: at even places what is not Chinese (perhaps nothing), at odd ones runs of Chinese characters. */
export function hanRuns(text: string): readonly string[] {
  return text.split(/(\p{Script=Han}+)/u);
}
