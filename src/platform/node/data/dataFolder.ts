// The folder of data sets that do not come with a package; the environment may name it.

/** The folder that the environment variable DUCTUS_DATA names, or `data` in the current folder. */
export function dataFolder(): string {
  return process.env.DUCTUS_DATA || 'data';
}
