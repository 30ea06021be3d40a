/** What would drift apart unnoticed: versions, the direction of imports, the commands in the README. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import t from 'tap';

const read = (path: string): string => readFileSync(path, 'utf8');

t.test('package.json, CITATION.cff and CHANGELOG.md tell of one version', async (t) => {
  const { version } = JSON.parse(read('package.json'));
  t.equal(read('CITATION.cff').match(/^version: (.+)$/m)?.[1], version);
  t.equal(read('CHANGELOG.md').match(/^## (\d\S+)$/m)?.[1], version);
});

const STAGES = ['core', 'experiments', 'results', 'figures', 'scripts'];
/** The harness writes rows, whose columns and statistics stand in results/ (ARCHITECTURE.md). */
const EXCEPTION = ['experiments/harness/', 'results/'] as const;

t.test('imports point to the left: core, experiments, results, figures, scripts', async (t) => {
  for (const stage of STAGES) {
    const files = readdirSync(stage, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    for (const file of files.map((name) => join(stage, name))) {
      for (const [, specifier] of read(file).matchAll(/from '(\.[^']+)'/g)) {
        const target = relative('.', normalize(join(dirname(file), specifier)));
        const to = STAGES.indexOf(target.split('/')[0]);
        const allowed =
          to <= STAGES.indexOf(stage) || (file.startsWith(EXCEPTION[0]) && target.startsWith(EXCEPTION[1]));
        if (!allowed || to < 0) t.fail(`${file} imports ${target}`);
      }
    }
  }
  t.pass('every import was looked at');
});

t.test(
  'the core imports nothing from outside but solvers, and reads no clock and no Math.random',
  async (t) => {
    const files = readdirSync('core', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    for (const file of files) {
      const code = read(join('core', file));
      const statements = [...code.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'/gm)];
      const dynamic = [...code.matchAll(/\bimport\('([^']+)'\)/g)];
      const outside = [...statements, ...dynamic].filter(([, specifier]) => !specifier.startsWith('.'));
      for (const [, specifier] of outside) t.match(specifier, /^(glpk\.js\/node|highs)$/, file);
      t.notMatch(code, /Math\.random\(|Date\.now|new Date\b|performance\.now|process\./, file);
    }
  },
);

t.test('the README starts with the two commands, which package.json has', async (t) => {
  const commands = [...read('README.md').matchAll(/^ {4}(\S.*?)(?: {2,}#.*)?$/gm)].map(
    ([, command]) => command,
  );
  t.equal(commands[0], 'npm ci && npm run reproduce');
  t.equal(commands[1], 'npm ci && npm test');
  const { scripts } = JSON.parse(read('package.json'));
  t.type(scripts.reproduce, 'string');
  t.type(scripts.test, 'string');
});
