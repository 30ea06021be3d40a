/** Who made what a crate holds, and under which licence it may be used. */
import { createRequire } from 'node:module';
import { didYouMean, sentences, shown } from '../experiments/harness/errors.js';
import type { Author } from '../results/crate.js';
import type { Arguments } from './command.js';

export const DEFAULT_LICENCE = 'CC-BY-4.0';

/** The licence as SPDX writes it: identifiers are the same in capitals and small letters. */
export function licenceFrom(given: Arguments): string {
  const text = given.text('license');
  if (text === undefined) return DEFAULT_LICENCE;
  const load = createRequire(import.meta.url);
  const known: readonly string[] = [...load('spdx-license-ids'), ...load('spdx-license-ids/deprecated.json')];
  const found = known.find((identifier) => identifier.toLowerCase() === text.toLowerCase());
  if (found === undefined)
    given.problems.push({
      path: '--license',
      fact: `${shown(text)} is not an SPDX identifier.`,
      remedy: sentences(
        didYouMean(text, known),
        `Give one of https://spdx.org/licenses, as ${DEFAULT_LICENCE} or CC0-1.0.`,
      ),
    });
  return found ?? DEFAULT_LICENCE;
}

/** The last character of an ORCID follows from those before it: ISO/IEC 7064, MOD 11-2. */
function checkCharacter(digits: string): string {
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const rest = (12 - (total % 11)) % 11;
  return rest === 10 ? 'X' : String(rest);
}

/** "Ada Lovelace", or with an ORCID behind it. */
export function authorsFrom(given: Arguments): readonly Author[] {
  return given.texts('author').map((written) => {
    const text = written.trim();
    const match = /^(.+?)\s+(?:https?:\/\/orcid\.org\/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])$/.exec(text);
    const refuse = (fact: string, remedy: string): Author => {
      given.problems.push({ path: '--author', fact: `${shown(text)} ${fact}`, remedy });
      return { name: text };
    };
    if (match === null)
      return /orcid|\d{4}-\d{4}/i.test(text)
        ? refuse('is not a name with an ORCID behind it.', 'Write "Ada Lovelace 0000-0001-2345-6789".')
        : { name: text };
    const [, name, orcid] = match;
    const digits = orcid.replaceAll('-', '').toUpperCase();
    if (checkCharacter(digits.slice(0, -1)) !== digits.slice(-1))
      return refuse('has an ORCID whose last digit does not fit the others.', 'Look for a slip in it.');
    return { name, orcid: `https://orcid.org/${orcid.toUpperCase()}` };
  });
}
