/** The view of one run, and the choice of it. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { unpackRecording } from '../../run/pack-recording.js';
import { endOf } from '../../run/time-axis.js';
import type { PageMetric } from '../page-data.js';
import { type PackedRun, type RunList, runFileName } from '../run-data.js';
import { Select } from './controls.js';
import { DataDistancePart } from './data-distance-part.js';
import { KeyPlacesPart } from './key-places-part.js';
import { NodeMapPart } from './node-map-part.js';
import { ContainersPart, MemoryPart, OverTimePart } from './over-time-part.js';
import { RunFacts } from './run-facts.js';
import { TimeControl } from './run-time.js';
import { useWidth } from './use-width.js';
import { whenSeen } from './when-seen.js';

interface RunViewProps {
  readonly run: PackedRun;
  readonly metrics: readonly PageMetric[];
  /** The chosen instant in s, which stays when another run is chosen; infinite is the end of any run. */
  readonly time: number;
  readonly onTime: (time: number) => void;
  /** Called when the parts are there and have asked to be drawn. */
  readonly onReady: () => void;
}

export function RunView({ run, metrics, time: wanted, onTime, onReady }: RunViewProps) {
  const recording = useMemo(() => unpackRecording(run.recording), [run]);
  const [node, setNode] = useState(0);
  const { element, width } = useWidth();
  const isMeasured = width > 0;
  useEffect(() => {
    if (isMeasured) onReady();
  }, [isMeasured]);
  const time = Math.min(wanted, endOf(recording));
  const part = { recording, runName: runFileName(run), time, width };
  return (
    <div ref={element} class="run">
      <RunFacts run={run} metrics={metrics} />
      <TimeControl recording={recording} time={time} onChange={onTime} />
      {isMeasured && (
        <>
          <KeyPlacesPart {...part} />
          <OverTimePart {...part} />
          <MemoryPart {...part} />
          <ContainersPart {...part} />
          <NodeMapPart {...part} node={node} onNode={setNode} />
          <DataDistancePart {...part} node={node} onNode={setNode} />
        </>
      )}
    </div>
  );
}

interface RunsViewProps {
  readonly list: RunList;
  /** The run that an element holds. */
  readonly load: (element: string) => PackedRun | undefined;
}

/** A run is read from the page when it is needed first. */
export function RunsView({ list, load }: RunsViewProps) {
  const place = useRef<HTMLDivElement>(null);
  // The paper's own pair of policies comes last in its table, and keys move in it.
  const [chosen, setChosen] = useState(list.runs.at(-1)!.element);
  const [run, setRun] = useState<PackedRun | undefined>(undefined);
  // The end of a run shows what it came to.
  const [time, setTime] = useState(Number.POSITIVE_INFINITY);
  const ready = useRef<() => void>(() => undefined);

  useLayoutEffect(
    () =>
      whenSeen(
        place.current!,
        () =>
          new Promise<void>((resolve) => {
            ready.current = resolve;
            setRun(load(chosen));
          }),
      ),
    [],
  );
  const choose = (element: string) => {
    setChosen(element);
    setRun(load(element));
  };
  return (
    <div ref={place}>
      <div class="controls">
        <Select
          label="Run"
          value={chosen}
          options={list.runs.map(({ element, label }) => ({ value: element, label }))}
          onChange={choose}
        />
      </div>
      <p class="on-paper">Run: {list.runs.find(({ element }) => element === chosen)?.label}</p>
      {run !== undefined && (
        <RunView
          key={chosen}
          run={run}
          metrics={list.metrics}
          time={time}
          onTime={setTime}
          onReady={() => ready.current()}
        />
      )}
    </div>
  );
}
