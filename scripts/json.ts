/** `--json`: one value on stdout, for scripts. */
import { toggle } from './options.js';
import { print } from './stdout.js';

/** @param what is printed, after "print JSON". */
export const jsonOption = (what: string) => toggle(`print JSON${what === '' ? '' : `: ${what}`}`);

/** Prints a value. JSON has no NaN and no Infinity, which become null. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
