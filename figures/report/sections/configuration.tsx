/** Parameters: what the two presets differ in, and the full configuration of each experiment. */
import { defaultOf, PARAMETER_LIST, type ParameterValue, type PresetName } from '../../../core/index.js';
import { valueText } from '../../../experiments/harness/values.js';
import { ColumnName } from '../column-name.js';
import type { FolderFacts } from '../facts.js';
import type { PresetFacts } from '../manifest-facts.js';
import { TextTable } from '../text-table.js';

/** More values than this of one parameter are counted only. */
const TOLD_VALUES = 60;

/** The address of the table of what presets differ in. */
export const PRESETS_ANCHOR = 'presets';

const withUnit = (text: string, unit: string): string => (unit === '-' ? text : `${text} ${unit}`);

/** What `as-written` and `as-published` differ in, with the source of both. */
export function PresetDifferences() {
  const differing = PARAMETER_LIST.filter(
    (parameter) =>
      valueText(defaultOf(parameter, 'as-written')) !== valueText(defaultOf(parameter, 'as-published')),
  );
  const value = (parameter: (typeof differing)[number], preset: PresetName) =>
    withUnit(valueText(defaultOf(parameter, preset)), parameter.unit);
  return (
    <TextTable
      label="What differs between the presets"
      caption="as-written is the text of the paper, as-published what yields the numbers of its Table 3. They differ in these parameters and in no other."
      head={['Parameter', 'as-written', 'as-published', 'Meaning', 'Source']}
      rows={differing.map((parameter) => [
        <ColumnName key={parameter.name} name={parameter.name} />,
        value(parameter, 'as-written'),
        value(parameter, 'as-published'),
        parameter.doc,
        parameter.source,
      ])}
    />
  );
}

const shownValue = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : valueText(value as ParameterValue);
};

/** The values that a parameter took, each list in brackets. */
function variedText(values: unknown): string {
  const all = Array.isArray(values) ? values : [values];
  const texts = all
    .slice(0, TOLD_VALUES)
    .map((value) => (Array.isArray(value) ? `[${shownValue(value)}]` : shownValue(value)));
  const rest = all.length - texts.length;
  return `${texts.join(' | ')}${rest > 0 ? ` | and ${rest} more` : ''}`;
}

const unitOf = (name: string): string =>
  PARAMETER_LIST.find((parameter) => parameter.name === name)?.unit ?? '-';

const Parameters = ({ name, facts }: { readonly name: string; readonly facts: PresetFacts }) => (
  <TextTable
    label={`Parameters of ${name}, preset ${facts.preset}`}
    caption={`Preset ${facts.preset}: parameters that vary first, then those that do not.`}
    head={['Parameter', 'Value', 'Unit']}
    rows={[
      ...Object.entries(facts.varied).map(([parameter, values]) => [
        <ColumnName key={parameter} name={parameter} />,
        <strong key="values">{variedText(values)}</strong>,
        unitOf(parameter),
      ]),
      ...Object.entries(facts.fixed).map(([parameter, value]) => [
        <ColumnName key={parameter} name={parameter} />,
        shownValue(value),
        unitOf(parameter),
      ]),
    ]}
  />
);

/** Every parameter of every experiment, folded away. */
export const Configurations = ({ folders }: { readonly folders: readonly FolderFacts[] }) => (
  <>
    {folders.map(({ name, path, manifest }) =>
      manifest === undefined ? null : (
        <details key={path} class="stays-folded">
          <summary>
            All parameters of <code>{name}</code>
          </summary>
          {manifest.question === '' ? '' : <p class="prose">{manifest.question}</p>}
          {manifest.presets.map((facts) => (
            <Parameters key={facts.preset} name={name} facts={facts} />
          ))}
        </details>
      ),
    )}
  </>
);
