// How reports write shares.

/** A share in percent. Default two decimals: one picture of 10,000 is 0.01 %. */
export function percent(value: number, decimals = 2): string {
  return `${(100 * value).toFixed(decimals)}\u00a0%`;
}

/** A share in percent, or a mark where there is none. */
export function percentOrNone(value: number | null): string {
  return value === null ? 'none' : percent(value);
}
