import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { planRuns } from '../../experiments/harness/expand.js';
import { readExperimentFile } from '../../experiments/harness/experiment-file.js';
import { runColumns, TIMING_COLUMNS } from '../../results/columns.js';
import { columnsMarkdown } from '../../scripts/columns-markdown.js';
import { COMMANDS } from '../../scripts/commands/index.js';
import { parametersMarkdown } from '../../scripts/parameters-markdown.js';
import { policiesMarkdown } from '../../scripts/policies-markdown.js';
import { ROOT } from './process.js';

t.test('docs/parameters.md is the table of parameters; "npm run docs" writes it anew', async (t) => {
  t.equal(readFileSync(join(ROOT, 'docs/parameters.md'), 'utf8'), parametersMarkdown());
});

t.test('docs/policies.md is made from the registries; "npm run docs" writes it anew', async (t) => {
  t.equal(readFileSync(join(ROOT, 'docs/policies.md'), 'utf8'), policiesMarkdown());
});

t.test('docs/columns.md is the table of columns; "npm run docs" writes it anew', async (t) => {
  const text = readFileSync(join(ROOT, 'docs/columns.md'), 'utf8');
  t.equal(text, columnsMarkdown());
  for (const { name } of [...runColumns(true), ...TIMING_COLUMNS]) t.match(text, `\`${name}\``);
});

/** Lines of code blocks that call ds2p, continued lines joined. */
function commandsIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map((match) => match[1]);
  const indented = text.split('\n').filter((line) => line.startsWith('    '));
  const lines = [
    ...blocks
      .join('\n')
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n'),
    ...indented,
  ];
  return lines.map((line) => line.trim()).filter((line) => /^(npx )?ds2p /.test(line));
}

const documents = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => join('docs', name))].filter(
  (path) => path.endsWith('.md') && existsSync(join(ROOT, path)),
);

for (const path of documents)
  t.test(`every ds2p command in ${path} and every option in it exists`, async (t) => {
    for (const line of commandsIn(readFileSync(join(ROOT, path), 'utf8'))) {
      const [name, ...rest] = line
        .replace(/^(npx )?ds2p /, '')
        .replace(/ #.*$/, '')
        .split(/\s+/);
      const spec = COMMANDS.find(({ name: own, aliases = [] }) => [own, ...aliases].includes(name));
      if (name.startsWith('--')) continue;
      if (t.ok(spec, line))
        for (const word of rest.filter((each) => each.startsWith('--')))
          t.ok(
            ['help', ...Object.keys(spec!.options)].includes(word.slice(2).split('=')[0]),
            `${word} in: ${line}`,
          );
    }
  });

t.test('the experiments that docs/sweeps.md shows are good ones, in JSON and in TypeScript', async (t) => {
  const text = readFileSync(join(ROOT, 'docs/sweeps.md'), 'utf8');
  const folder = t.testdir();
  for (const [language, extension] of [
    ['json', 'json'],
    ['ts', 'ts'],
  ] as const) {
    const block = text.match(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm'))?.[1];
    const path = join(folder, `shown.${extension}`);
    writeFileSync(path, block!);
    const { experiment, problems } = await readExperimentFile(path);
    t.strictSame(problems, []);
    t.ok(planRuns(experiment, { seed: 1 }).runs.length > 0);
  }
});
