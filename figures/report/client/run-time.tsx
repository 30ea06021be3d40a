/** The instant at which a run is looked at. */
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Recording } from '../../../core/recording.js';
import { endOf, secondsText } from '../../run/time-axis.js';

interface Props {
  readonly recording: Recording;
  readonly time: number;
  readonly onChange: (time: number) => void;
}

/** Instants in h:mm:ss. */
function clockText(time: number): string {
  const whole = Math.floor(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** How many decisions there were until `time`, that instant included. */
const decisionsUntil = (decisions: readonly number[], time: number): number =>
  decisions.filter((decision) => decision <= time).length;

export function TimeControl({ recording, time, onChange }: Props) {
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  // What is below scrolls beneath the bar: whatever gets the focus there has to stop before it (run-view.css).
  useLayoutEffect(() => {
    const { current } = bar;
    const around = current?.parentElement;
    if (current == null || around == null) return undefined;
    const height = new ResizeObserver(() =>
      around.style.setProperty('--run-time-height', `${current.offsetHeight}px`),
    );
    height.observe(current);
    return () => height.disconnect();
  }, []);
  const end = endOf(recording);
  // The slider goes from sample to sample: a step in s that is no decimal number would not lead to the end.
  const { decisions_s: decisions, interval_s: interval } = recording;
  const passed = decisionsUntil(decisions, time);
  const before = decisions.filter((decision) => decision < time).at(-1);
  const after = decisions.find((decision) => decision > time);
  return (
    <div class="run-time" ref={bar}>
      <label for={id}>Time</label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.ceil(end / interval)}
        value={time >= end ? Math.ceil(end / interval) : Math.round(time / interval)}
        aria-valuetext={secondsText(time)}
        onInput={({ currentTarget }) => onChange(Math.min(end, currentTarget.valueAsNumber * interval))}
      />
      <output for={id}>
        {secondsText(time)} <span class="soft">({clockText(time)})</span>
      </output>
      {decisions.length > 0 && (
        <span class="run-steps">
          <button type="button" disabled={before === undefined} onClick={() => onChange(before ?? 0)}>
            Decision before
          </button>
          <button type="button" disabled={after === undefined} onClick={() => onChange(after ?? end)}>
            Next decision
          </button>
          <span class="soft">
            {passed} of {decisions.length}
          </span>
        </span>
      )}
    </div>
  );
}
