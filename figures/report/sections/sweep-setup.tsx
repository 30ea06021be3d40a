/** What a sweep was planned to be, and what of it is missing. */
import { Fragment } from 'preact';
import { PARAMETER_LIST } from '../../../core/index.js';
import { counted } from '../../../experiments/harness/words.js';
import { alwaysFailing } from '../always-failing.js';
import type { FolderFacts } from '../facts.js';
import { PolicyName } from '../policy-names.js';
import { variedParameters } from '../varied.js';

/** More values than this of one parameter are counted only. */
const TOLD_VALUES = 12;

const valueText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The values that each parameter was planned to take, by its dotted name; of the results where no manifest tells. */
function plannedValues({ summary, manifest }: FolderFacts): ReadonlyMap<string, readonly string[]> {
  const planned = new Map<string, readonly string[]>();
  const add = (name: string, values: readonly string[]) =>
    planned.set(name, [...new Set([...(planned.get(name) ?? []), ...values])]);
  for (const { varied } of manifest?.presets ?? [])
    for (const [name, values] of Object.entries(varied))
      add(name, (Array.isArray(values) ? values : [values]).map(valueText));
  if (planned.size > 0) return planned;
  for (const { name, parameter } of variedParameters(summary))
    add(
      parameter,
      summary.map((row) => row[name] ?? ''),
    );
  return planned;
}

function Values({ parameter, values }: { readonly parameter: string; readonly values: readonly string[] }) {
  const told = values.slice(0, TOLD_VALUES);
  const rest = values.length > TOLD_VALUES ? ` and ${values.length - TOLD_VALUES} more` : '';
  const unit = PARAMETER_LIST.find(({ name }) => name === parameter)?.unit ?? '-';
  const isPolicy = parameter.startsWith('policy.');
  return (
    <div>
      <code>{parameter}</code>:{' '}
      {told.map((value, i) => (
        <Fragment key={value}>
          {i === 0 ? '' : ', '}
          {isPolicy ? <PolicyName reference={value} /> : value}
        </Fragment>
      ))}
      {rest}
      {unit === '-' ? '' : ` ${unit}`}
    </div>
  );
}

/** More scenarios of one pair than this are counted only. */
const TOLD_SCENARIOS = 6;

function scenariosText(scenarios: readonly string[]): string {
  const told = scenarios.filter(Boolean).slice(0, TOLD_SCENARIOS).join('; ');
  const rest = scenarios.length > TOLD_SCENARIOS ? `; and ${scenarios.length - TOLD_SCENARIOS} more` : '';
  return told === '' ? '' : ` (${told}${rest})`;
}

/** Policies that are in no table below, since no run of theirs was completed. */
export function Failing({ folder }: { readonly folder: FolderFacts }) {
  const failing = alwaysFailing(folder);
  if (failing.length === 0) return null;
  return (
    <>
      <p class="error">
        All runs of these configurations failed, so that no table below has them (
        <a href="#trust">errors and commands of all failed runs</a>):
      </p>
      <ul class="error">
        {failing.map(({ pair, migration, offloading, scenarios, runs, errors }) => (
          <li key={`${migration}+${offloading}`}>
            <strong>{pair}</strong> (<code>{`${migration}+${offloading}`}</code>), {counted(runs, 'run')}
            {scenariosText(scenarios)}: {errors[0]}
            {errors.length > 1 ? ` And ${counted(errors.length - 1, 'other error')}.` : ''}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was varied, as planned, and how many runs there are. */
export function Setup({ folder }: { readonly folder: FolderFacts }) {
  const { summary, manifest } = folder;
  const planned = plannedValues(folder);
  const presets = manifest?.presets.map(({ preset }) => preset) ?? [];
  const shownPresets = presets.length > 0 ? presets : [...new Set(summary.map(({ preset }) => preset ?? ''))];
  const failed = Number(manifest?.runs.failed ?? 0);
  const configurations = Number(manifest?.configurations || summary.length);
  return (
    <dl class="made-with">
      <dt>Varied</dt>
      <dd>
        {planned.size === 0 ? 'nothing' : ''}
        {[...planned].map(([parameter, values]) => (
          <Values key={parameter} parameter={parameter} values={values} />
        ))}
      </dd>
      <dt>Preset</dt>
      <dd>{shownPresets.join(', ')}</dd>
      <dt>Runs</dt>
      <dd>
        {counted(configurations, 'configuration')}
        {summary.length < configurations ? `, ${summary.length} of them with results` : ''}
        {manifest === undefined
          ? ''
          : `; ${manifest.runs.completed} of ${counted(Number(manifest.runs.planned), 'run')}, ${failed > 0 ? `${failed} failed` : 'none failed'}`}
        {failed > 0 ? (
          <>
            : see <a href="#trust">what this rests on</a>
          </>
        ) : (
          ''
        )}
      </dd>
    </dl>
  );
}
