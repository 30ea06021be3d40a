/** Colours of the terminal. All output takes them from here; stdout and stderr are decided apart. */
import pc from 'picocolors';
import type { Style } from '../experiments/harness/style.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A stream of this process, or a stand-in of a test. */
export interface ColourStream {
  readonly isTTY?: boolean;
  readonly hasColors?: (env?: object) => boolean;
}

/**
 * Whether a stream gets colours: no where NO_COLOR is set and not empty (no-color.org), yes where FORCE_COLOR is, unless it
 * is 0 or false; otherwise where the stream is a terminal that has colours, which Node decides by TERM and others.
 */
export function hasColour(stream: ColourStream, env: Environment = process.env): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return !['0', 'false'].includes(env.FORCE_COLOR);
  // Node takes an empty variable for one that is set.
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = env;
  return stream.isTTY === true && (stream.hasColors?.(rest) ?? false);
}

/** The style of a stream: colours, or plain text. */
export function styleOf(stream: ColourStream, env?: Environment): Style {
  const { bold, green, red, yellow, dim } = pc.createColors(hasColour(stream, env));
  return { strong: bold, good: green, bad: red, doubtful: yellow, faint: dim };
}

/** For what goes to stdout. Data in JSON take no style. */
export const onStdout: Style = styleOf(process.stdout);

/** For what goes to stderr. */
export const onStderr: Style = styleOf(process.stderr);
