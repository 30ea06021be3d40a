/** `ds2p new`: a policy to start from. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PARAMETER_LIST } from '../../core/index.js';
import { shown, unknownName } from '../../experiments/harness/errors.js';
import { folderProblems, makeFolder } from '../../experiments/harness/folders.js';
import { POLICY_NAME } from '../../experiments/harness/policy-checks.js';
import { type PolicyKind, policiesOfProduct } from '../../experiments/harness/policy-registry.js';
import { replaceFiles, storing } from '../../experiments/harness/storage.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { newPolicyFiles } from '../policy-templates.js';
import { print } from '../stdout.js';

const KINDS: readonly PolicyKind[] = ['offloading', 'migration'];
const DEFAULT_FOLDER = 'policies';

export const newCommand: CommandSpec = {
  name: 'new',
  describe: 'Write a policy to start from, with its test',
  positional: [
    { name: 'kind', describe: 'offloading or migration', values: KINDS },
    { name: 'name', describe: 'name of the policy, lower case with hyphens' },
  ],
  options: {
    out: { describe: 'folder of the policy', type: 'text', fallback: DEFAULT_FOLDER, values: 'folder' },
  },
  examples: [
    ['ds2p new offloading my-idea', 'writes policies/my-idea.ts and policies/my-idea.test.mjs'],
    ['ds2p run --offloading ./policies/my-idea.ts', 'runs it'],
  ],
  run: async (given) => {
    const [kind] = given.positional('kind');
    const [name] = given.positional('name');
    const folder = given.text('out') ?? DEFAULT_FOLDER;
    if (kind !== undefined && !KINDS.includes(kind as PolicyKind))
      given.problems.push(unknownName('kind', 'a kind of policy', kind, KINDS));
    const groups = PARAMETER_LIST.map((parameter) => parameter.name.slice(0, parameter.name.indexOf('.')));
    const taken = KINDS.flatMap((each) => policiesOfProduct(each)).map((policy) => policy.name);
    if (name !== undefined && !POLICY_NAME.test(name))
      given.problems.push({
        path: 'name',
        fact: `${shown(name)} is not a name of a policy.`,
        remedy: 'Write lower case with hyphens: my-idea.',
      });
    else if (name !== undefined && [...taken, ...groups].includes(name))
      given.problems.push({
        path: 'name',
        fact: `${shown(name)} is taken, by a policy of the product or a group of parameters.`,
        remedy: 'Choose another name.',
      });
    given.problems.push(...folderProblems(folder));
    given.check();
    const files = newPolicyFiles(kind as PolicyKind, name, folder);
    for (const file of files.keys())
      if (existsSync(join(folder, file)))
        given.problems.push({
          path: join(folder, file),
          fact: 'the file exists, and is not overwritten.',
          remedy: 'Choose another name, or move the file away.',
        });
    given.check();
    makeFolder(folder);
    const written = new Map([...files].map(([file, text]) => [join(folder, file), text]));
    storing(folder, () => replaceFiles(written));
    for (const path of written.keys()) print(path);
    const path = `./${join(folder, `${name}.ts`).replaceAll('\\', '/')}`;
    const pair = kind === 'offloading' ? `state-aware+${path}` : `${path}+slo-aware`;
    console.error(`Run it:      npx ds2p run --${kind} ${path}
Compare it:  npx ds2p compare --candidate ${pair} --experiment table3
Test it:     node --test ${join(folder, `${name}.test.mjs`)}`);
    return EXIT.done;
  },
};
