/** docs/policies.md, made from the registries of policies. */
import { MIGRATION_POLICIES, OFFLOADING_POLICIES } from '../core/index.js';
import type { AnyPolicy } from '../experiments/harness/policy-registry.js';
import { rangeText, valueText } from '../experiments/harness/values.js';

const cell = (text: string) => text.replaceAll('|', '\\|');
const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

const code = (names: readonly string[]) =>
  names.length === 0 ? '-' : names.map((name) => `\`${name}\``).join(', ');

const policyTable = (policies: readonly AnyPolicy[]): string =>
  table(
    ['policy', 'meaning', 'source', 'reads', 'parameters of its own'],
    policies.map(({ name, doc, source, reads = [], parameters = {} }) => [
      `\`${name}\``,
      doc,
      source,
      code(reads),
      code(Object.keys(parameters).map((own) => `${name}.${own}`)),
    ]),
  );

const parameterTable = (policies: readonly AnyPolicy[]): string =>
  table(
    ['parameter', 'unit', 'default', 'range', 'meaning'],
    policies.flatMap(({ name, parameters = {} }) =>
      Object.entries(parameters).map(([own, row]) => [
        `\`${name}.${own}\``,
        row.unit,
        valueText(row.default),
        rangeText(row.kind),
        row.doc,
      ]),
    ),
  );

export function policiesMarkdown(): string {
  return `# Policies

Made from the registries \`core/offloading/index.ts\` and \`core/migration/index.ts\` by \`npm run docs\`; a test fails when
the two differ. "sec." is the paper's; \`reads\` names parameters of the simulator ([parameters.md](parameters.md)) that
change what the policy decides. How they compare stands in [heuristics.md](heuristics.md), how to add one of your own in
[write-a-policy.md](write-a-policy.md).

## Offloading: where a request runs (\`--offloading\`)

${policyTable(OFFLOADING_POLICIES)}

## Migration: where each key lives (\`--migration\`)

${policyTable(MIGRATION_POLICIES)}

## Parameters of their own

Set with \`--set <policy>.<parameter>=<value>\`, in a configuration file under the same name, or behind the name of the
policy wherever one is taken: \`--offloading skippy:prefer=cloud:dataWeight=2\`.

${parameterTable([...OFFLOADING_POLICIES, ...MIGRATION_POLICIES])}

## What is left out

Policies that copy keys to several nodes and evict the copies, as caching by least recent use does (Cloudburst, Faa$T), are
out of scope: in the paper's model a key has exactly one place, for reading and for writing (sec. 2), and a cache would
need a model of consistency that the paper does not have. \`gradient\` and \`spring\` place one operator at a time, as
their keys do not exchange data with each other; the registry of images in \`skippy\`'s second contribution is replaced by
the cold start, since every node of DS2P has a copy of the code (sec. 2).
`;
}
