/** `npm run docs`: writes the documentation that is made from tables of the code. */
import { writeFileSync } from 'node:fs';
import { parametersMarkdown } from './parameters-markdown.js';

const target = new URL('../../docs/parameters.md', import.meta.url);
writeFileSync(target, parametersMarkdown());
console.log(`Wrote ${target.pathname}`);
