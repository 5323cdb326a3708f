// Where data sets are that do not come with a package: one folder, which the environment may name.

/** The folder that the environment variable DUCTUS_DATA names, or `data` where the user is. */
export function dataFolder(): string {
  return process.env.DUCTUS_DATA || 'data';
}
