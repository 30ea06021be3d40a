/** docs/parameters.md, made from the table of parameters and the registries of policies. */
import { defaultOf, PARAMETER_LIST, type Parameter, type PresetName } from '../core/index.js';
import { rangeText, valueText } from '../experiments/harness/values.js';

const cell = (text: string) => text.replaceAll('|', '\\|');

function row(parameter: Parameter): string {
  const value = (preset: PresetName) => valueText(defaultOf(parameter, preset));
  const { name, flag, unit, kind, doc, source } = parameter;
  const [published, written] = [value('as-published'), value('as-written')];
  const cells = [
    flag === undefined ? `\`${name}\`` : `\`${name}\`, \`--${flag}\``,
    unit,
    published === written ? published : `**${published}**`,
    published === written ? written : `**${written}**`,
    rangeText(kind),
    doc,
    source,
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Groups are what stands before the dot of a name, in the order of the table. */
function groups(): readonly (readonly [string, readonly Parameter[]])[] {
  const all = new Map<string, Parameter[]>();
  for (const parameter of PARAMETER_LIST) {
    const group = parameter.name.slice(0, parameter.name.indexOf('.'));
    all.set(group, [...(all.get(group) ?? []), parameter]);
  }
  return [...all];
}

export function parametersMarkdown(): string {
  const sections = groups().map(([group, parameters]) =>
    [
      `## ${group}`,
      '',
      '| parameter | unit | as-published | as-written | range | meaning | source |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      ...parameters.map(row),
    ].join('\n'),
  );
  return `# Parameters

Made from \`core/parameters.ts\` by \`npm run docs\`; a test fails when the two differ.

Every parameter can be set with \`--set name=value\` (a list as \`1,2,3\` or as JSON), in a JSON file with \`--config\`
(\`{"slo.tMax": 0.2}\` or \`{"slo": {"tMax": 0.2}}\`, beside \`"preset"\`), or by its own option where it has one. The command
line overrides the file, and the file overrides the preset. Where the presets differ, the values are bold:
\`as-written\` is the text of the paper, \`as-published\` what yields the numbers of its Table 3.
Sources: "sec." and "Table" are the paper's; "model" is [reproduction.md](reproduction.md).

${sections.join('\n\n')}
`;
}
