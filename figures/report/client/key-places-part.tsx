/** Where each key lives, with a choice of keys. */

import { useMemo, useState } from 'preact/hooks';
import { counted } from '../../../experiments/harness/words.js';
import {
  chooseKeys,
  firstChoice,
  type KeyChoice,
  keyPlaceRows,
  keyPlacesSpec,
} from '../../run/key-places.js';
import { keyPlacesCsv } from '../../run/run-csv.js';
import { Select } from './controls.js';
import { LiveChart } from './live-chart.js';
import { type PartProps, plotWidth } from './run-parts.js';

const NAMES: Readonly<Record<string, string>> = {
  all: 'all keys',
  busy: 'accessed or moved',
  accessed: 'accessed',
  moved: 'moved',
};

const choiceOf = (value: string): KeyChoice =>
  value in NAMES ? (value as KeyChoice) : { function: Number(value) };

export function KeyPlacesPart({ recording, runName, time, width }: PartProps) {
  const [value, setValue] = useState(() => String(firstChoice(recording)));
  const chosen = useMemo(() => chooseKeys(recording, choiceOf(value)), [recording, value]);
  const rows = useMemo(() => keyPlaceRows(recording, chosen.keys), [chosen]);
  const spec = useMemo(
    () => keyPlacesSpec(recording, rows, { width: plotWidth(width) }),
    [recording, rows, width],
  );
  const { keys, moves } = recording;
  return (
    <div class="run-part">
      <h3>Where each key lives over time</h3>
      <div class="controls">
        <Select
          label="Keys"
          value={value}
          options={[
            ...Object.entries(NAMES).map(([each, label]) => ({ value: each, label })),
            ...recording.functions.name.map((name, f) => ({ value: String(f), label: `of ${name}` })),
          ]}
          onChange={setValue}
        />
      </div>
      <p class="status" aria-live="polite">
        {chosen.keys.length} of {keys.name.length} keys, {moves.key.length} moves in the run.
        {chosen.keys.length > 1 &&
          ' They stand by the function that accesses them most, its likeliest key first; keys that no function accesses come last.'}
        {chosen.leftOut > 0 &&
          ` For want of room, the drawing leaves out ${counted(chosen.leftOut, 'key')} of this choice.`}
      </p>
      {rows.length > 0 && (
        <LiveChart
          name={`${runName}-key-places`}
          title="Where each key lives over time"
          spec={spec}
          rows={rows}
          csv={() => keyPlacesCsv(recording, rows)}
          time={time}
        />
      )}
    </div>
  );
}
