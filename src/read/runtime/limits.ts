// What one network may cost, so that a model from a stranger is refused before it takes memory or time, not after.

/**
 * Most bytes of constants, packed weights, intermediate values and scratch memory of one network. The report's
 * largest network takes 60 MB at batch 64, and a browser tab on a phone has about this much to give.
 */
export const maximumNetworkBytes = 512 * 2 ** 20;

/** Most multiply-adds (or elements touched) of one run: about a minute of plain loops on one core. */
export const maximumWork = 1e11;
