/**
 * Users' policy files, TypeScript or JavaScript. esbuild turns a file and what it imports into one module, so that
 * every Node reads it, workers get the very code that was checked, and a run costs nothing more than with a policy of
 * the product. Types are removed, not checked: editors and `tsc` check them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Message, Plugin } from 'esbuild';
import { PARAMETER_LIST, parseReference } from '../../core/index.js';
import type { Problem } from './errors.js';
import { checkPolicy } from './policy-checks.js';
import { placeOf, scriptName, shownPath, thrownText } from './policy-errors.js';
import { evaluate, policiesIn, register } from './policy-modules.js';
import { addFailed, isPolicyFile, type PolicyCode } from './policy-registry.js';
import { whileLoading } from './while-loading.js';

/** The package itself is not bundled: a policy shares its constants, and it need not be installed beside the file. */
const ownPackage: Plugin = {
  name: 'ds2p-bench',
  setup(build) {
    build.onResolve({ filter: /^ds2p-bench$/ }, () => ({
      path: new URL('../../core/index.js', import.meta.url).href,
      external: true,
    }));
  },
};

function messageProblem({ text, location }: Message, path: string): Problem {
  const place = location && `${shownPath(resolve(location.file))}:${location.line}:${location.column + 1}`;
  const line = location?.lineText.trim();
  return {
    path: place ?? shownPath(path),
    fact: `${text.replace(/\.$/, '')}${line ? `, in: ${line}` : ''}.`,
    remedy: 'Mend the file at this place.',
  };
}

/** @throws Problem[] where the file does not compile. */
async function bundle(path: string): Promise<PolicyCode> {
  // Loaded only where a file is used: it takes longer to start than the command line itself.
  const { build } = await import('esbuild');
  try {
    const { outputFiles } = await build({
      entryPoints: [resolve(path)],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'es2023',
      charset: 'utf8',
      sourcemap: 'external',
      // Paths in the map are relative to this one.
      outfile: resolve(dirname(path), `${basename(path)}.bundle.js`),
      plugins: [ownPackage],
      logLevel: 'silent',
    });
    const text = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))!.text;
    const code = `${text('.bundle.js')}\n//# sourceURL=${scriptName(path)}`;
    return { path, code, map: text('.map'), hash: createHash('sha256').update(code).digest('hex') };
  } catch (error) {
    const { errors } = error as { errors?: readonly Message[] };
    if (errors === undefined) throw error;
    throw errors.map((message) => messageProblem(message, path));
  }
}

/** Problems of a path that is no readable file. */
function pathProblems(path: string): readonly Problem[] {
  const remedy =
    'Give the path of a .ts or .js file; "ds2p new offloading my-idea" writes one to start from.';
  if (!existsSync(path)) return [{ path, fact: 'there is no such policy file.', remedy }];
  if (!statSync(path).isFile()) return [{ path, fact: 'this is not a file.', remedy }];
  return [];
}

/** The line, from 1, on which a field of the policy stands in the source; that of its export where it is missing. */
function lineOfField(source: string, field: string): number {
  const lines = source.split('\n');
  const at = lines.findIndex((line) => new RegExp(`^\\s*(async\\s+)?${field}\\s*[:(,]`).test(line));
  const exported = lines.findIndex((line) => /^\s*(export|module\.exports)\b/.test(line));
  return Math.max(at >= 0 ? at : exported, 0) + 1;
}

async function load(path: string): Promise<readonly Problem[]> {
  const unreadable = pathProblems(path);
  if (unreadable.length > 0) return unreadable;
  let code: PolicyCode;
  try {
    code = await bundle(path);
  } catch (problems) {
    if (Array.isArray(problems)) return problems;
    throw problems;
  }
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await whileLoading(shownPath(path), () => evaluate(code));
  } catch (thrown) {
    const place = placeOf(thrown, code) ?? shownPath(path);
    return [{ path: place, fact: `${thrownText(thrown)}.`, remedy: 'Mend the file at this place.' }];
  }
  const source = readFileSync(path, 'utf8');
  const at = (field: string) => `${shownPath(path)}:${lineOfField(source, field)}`;
  const found = policiesIn(module);
  if (found.length !== 1) {
    const fact =
      found.length === 0 ? 'the file exports no policy.' : `the file exports ${found.length} policies.`;
    const remedy = 'Export one object with name, kind, doc, source and make, best as "export default".';
    return [{ path: at('export'), fact, remedy }];
  }
  const groups = new Set(PARAMETER_LIST.map(({ name }) => name.slice(0, name.indexOf('.'))));
  const checked = checkPolicy(found[0], at, groups);
  if ('problems' in checked) return checked.problems;
  register(code, checked.policy);
  return [];
}

/** Paths of policy files among references to policies. */
export function policyFilesIn(references: Iterable<string>): readonly string[] {
  const names = [...references].map((text) => parseReference(text).name);
  return [...new Set(names)].filter(isPolicyFile);
}

/**
 * Loads the files among `references`, so that the policies in them can be named like those of the product. Problems of
 * a file are not thrown: whoever checks a reference to it gets them.
 */
export async function loadPolicyFiles(references: Iterable<string>): Promise<void> {
  for (const path of policyFilesIn(references)) {
    const problems = await load(path);
    if (problems.length > 0) addFailed(path, problems);
  }
}
