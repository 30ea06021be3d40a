/** Paths of whoever ran something, as far as a page may tell them to others, and so that commands can still be typed. */
import { homedir } from 'node:os';

/** What a path may follow: the start of a word, "=" or the "+" of a pair, a tag, a quote, or the "//" of an address. */
const BEFORE = String.raw`(?<=^|[\s'"=+(,:;>\[|]|:\/\/)`;
/** What may follow a whole segment of a path. */
const AFTER = String.raw`(?=[\/\\\s'"<>&,;:)\]|]|$)`;
/** Folders of users, up to their name. */
const USERS = String.raw`(?:\/home|\/Users)\/[^\/\s'"<>&,;:)\]|]+|\/root|[A-Za-z]:\\Users\\[^\\\s'"<>&]+`;

/** Where a path after one of these begins, no word begins, so that a shell would leave "~" as it is. */
const IN_A_WORD = '=+,:';

const escaped = (path: string): string => path.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
const segments = (pattern: string): RegExp => new RegExp(`${BEFORE}(?:${pattern})${AFTER}`, 'g');

/**
 * A text without the home folder of anybody. Paths below the folder of the call become relative to it. The reader's own
 * home is "~" where a shell expands that, at the start of a word, and "$HOME" within one.
 */
export function withoutPaths(text: string, home: string, folder: string): string {
  const relative = folder.length > 1 ? text.replaceAll(segments(escaped(folder)), '.') : text;
  const own =
    home.length > 1
      ? relative.replaceAll(segments(escaped(home)), (_, at: number) =>
          IN_A_WORD.includes(relative[at - 1] ?? ' ') ? '$HOME' : '~',
        )
      : relative;
  return own.replaceAll(segments(USERS), '~');
}

/** The same for whoever writes the page. */
export const withoutHome = (text: string): string => withoutPaths(text, homedir(), process.cwd());

/** The same of every text and name within some JSON. */
export function withoutHomes(value: unknown): unknown {
  if (typeof value === 'string') return withoutHome(value);
  if (Array.isArray(value)) return value.map(withoutHomes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [withoutHome(key), withoutHomes(own)]));
}

/** Code, styles and data of a page; text of others cannot look like that, since it is escaped. */
const ELEMENTS = /(<(?:script|style)\b[^>]*>[\s\S]*?<\/(?:script|style)>)/;

/** The same of the text of a page; its code, styles and data stay as they are. */
export const htmlWithoutHome = (html: string): string =>
  html
    .split(ELEMENTS)
    .map((part, i) => (i % 2 === 1 ? part : withoutHome(part)))
    .join('');
