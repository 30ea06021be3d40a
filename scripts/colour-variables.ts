/** NO_COLOR and FORCE_COLOR, before anything of the program is loaded: parts of Node read them when they are. */

/**
 * Takes FORCE_COLOR away where NO_COLOR overrules it, and a NO_COLOR that is empty: with both there, Node follows the
 * other one and warns of it on stderr.
 */
export function settleColourVariables(env: Record<string, string | undefined> = process.env): void {
  if (env.NO_COLOR === '') delete env.NO_COLOR;
  if (env.NO_COLOR) delete env.FORCE_COLOR;
}
