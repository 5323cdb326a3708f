// Digits and letters that look alike when one stands alone in a tight box. Errors between them are called ambiguous.
// Only the groups; `letterMetrics.ts` counts.

/** Characters of one shape. */
export interface LookAlikes {
  /** Class texts; no class is in two groups, so that the groups divide the alphabet. */
  readonly classes: readonly string[];
  /** What would distinguish them, and why it is missing. */
  readonly reason: string;
}

const size = 'the same shape in two sizes: a tight box takes the size away';

/**
 * The groups. The groups with a digit are the ones usually named for handwritten characters. EMNIST's authors merge the
 * same pairs of cases of the others, by the confusions that they found (Cohen et al. 2017: C I J K L M O P S U V W X Y
 * Z). Two choices differ from these sources: L is not grouped with l, a bare stroke without L's foot. And b is grouped
 * with 6, q with 9, by the open and closed bowl alone. Shapes that careful writing keeps apart (u and v, h and n, 4 and
 * 9, 7 and 1) are in no group: confusing them is an error.
 */
export const lookAlikes: readonly LookAlikes[] = [
  { classes: ['0', 'O', 'o'], reason: 'a ring: height, slimness and a stroke through the zero are customs, not rules' },
  {
    classes: ['1', 'I', 'i', 'l'],
    reason: "a bare stroke: flag, serifs and dot are often left out, or lost with a speck's size",
  },
  {
    classes: ['2', 'Z', 'z'],
    reason: 'a stroke to the right, down and to the right: round or sharp corners are habit',
  },
  { classes: ['5', 'S', 's'], reason: 'one snake, where the top of the five is written in one go' },
  { classes: ['6', 'G', 'b'], reason: 'a stem that ends in a bowl: how far it is closed and how straight it begins' },
  {
    classes: ['9', 'g', 'q'],
    reason: 'a bowl with a tail: which way the tail bends, and where the line is that it hangs below',
  },
  { classes: ['C', 'c'], reason: size },
  { classes: ['J', 'j'], reason: 'one hook: the dot is often left out, and the bar, too' },
  { classes: ['K', 'k'], reason: size },
  { classes: ['M', 'm'], reason: `${size}, where the small one is written with corners or the capital with arches` },
  { classes: ['P', 'p'], reason: 'the same shape above the line and below it: a tight box takes the line away' },
  { classes: ['U', 'u'], reason: size },
  { classes: ['V', 'v'], reason: size },
  { classes: ['W', 'w'], reason: size },
  { classes: ['X', 'x'], reason: size },
  { classes: ['Y', 'y'], reason: 'the same shape above the line and below it: a tight box takes the line away' },
];

/** The group of a class; a group of its own, without a reason, when no other class looks like it. */
export function lookAlikesOf(label: string): Pick<LookAlikes, 'classes'> & Partial<LookAlikes> {
  return lookAlikes.find(({ classes }) => classes.includes(label)) ?? { classes: [label] };
}
