/** `npm run docs`: writes the documentation that is made from tables of the code. */
import { writeFileSync } from 'node:fs';
import { experimentSchema } from '../experiments/harness/experiment-schema.js';
import { columnsMarkdown } from './columns-markdown.js';
import { parametersMarkdown } from './parameters-markdown.js';
import { policiesMarkdown } from './policies-markdown.js';

const pages = {
  'parameters.md': parametersMarkdown(),
  'columns.md': columnsMarkdown(),
  'policies.md': policiesMarkdown(),
  'experiment.schema.json': `${JSON.stringify(experimentSchema(), null, 2)}\n`,
};
for (const [name, text] of Object.entries(pages)) {
  const target = new URL(`../../docs/${name}`, import.meta.url);
  writeFileSync(target, text);
  console.log(`Wrote ${target.pathname}`);
}
