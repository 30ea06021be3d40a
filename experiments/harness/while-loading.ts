/** Users' code that ends the process, or lets it wait for ever, while its file is loaded: Node says nothing of either. */
import { consoleToStderr } from './console.js';
import type { Problem } from './errors.js';

/** From this code on a signal has ended the process. */
const BY_SIGNAL = 128;

let loading: string | undefined;

/** Loads the file of a user, and has what its code prints from now on go to stderr. */
export async function whileLoading<T>(path: string, load: () => Promise<T>): Promise<T> {
  const before = loading;
  loading = path;
  consoleToStderr();
  try {
    return await load();
  } finally {
    loading = before;
  }
}

/** What there is to say when nothing is left to be done. */
export const neverLoaded = (): Problem | undefined =>
  loading === undefined
    ? undefined
    : {
        path: loading,
        fact: 'the file is never loaded, since its top level awaits what never comes.',
        remedy: 'Take that await out of its top level.',
      };

/** What there is to say when the process ends with `code`. */
export const endedWhileLoading = (code: number): Problem | undefined =>
  loading === undefined || code >= BY_SIGNAL
    ? undefined
    : {
        path: loading,
        fact: 'the file ends the program while it is loaded.',
        remedy: 'Take process.exit out of its top level.',
      };
