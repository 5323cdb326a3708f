// The outcome of a review as a table for spreadsheets and scripts.
import type { ReviewedLabel } from './reviewSession.ts';

/**
 * CSV with a head (RFC 4180, lines ended by a line feed): `file,label,confidence,reviewed`; the label is empty for no
 * character; `reviewed` is person or machine.
 */
export function reviewCsv(labels: readonly ReviewedLabel[]): string {
  const rows = labels.map(({ id, label, confidence, by }) => [id, label ?? '', confidence.toFixed(decimals), by]);
  return [['file', 'label', 'confidence', 'reviewed'], ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

/** Digits of a confidence: one error in a million is still distinct from none. */
const decimals = 6;

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
