/** What users' code prints, in whatever thread it runs. */

/** Has `console.log` and its kin write to stderr, since stdout has data that scripts read. */
export function consoleToStderr(): void {
  const { error } = console;
  console.log = error;
  console.info = error;
  console.debug = error;
}
