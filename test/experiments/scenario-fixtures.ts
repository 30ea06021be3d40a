/** Small hand-made scenarios and measured input that several tests share. */
import type { ScenarioJson } from '../../experiments/harness/scenario-file.js';

/** Every field of the format, with three nodes, two functions and two keys. */
export const WHOLE = {
  name: 'small',
  nodes: [
    { name: 'Rome', kind: 'edge', memory_mb: 2048, storage_mb: 1024, speedup: 1.5 },
    { name: 'Paris', kind: 'cloud', memory_mb: 8192 },
    { name: 'London', kind: 'store' },
  ],
  latency_ms: [
    [0, 12.5, 20],
    [12.5, 0, 5],
    [20, 5, 0],
  ],
  bandwidth_mbps: [
    [0, 100, 50],
    [100, 0, 1000],
    [50, 1000, 0],
  ],
  functions: [
    {
      name: 'resize',
      memory_mb: 256,
      warm_duration_s: 0.2,
      cold_start_s: 0.5,
      rate_per_s: 2,
      t_max_s: 0.2,
      keys: [
        { key: 'photo', probability: 1 },
        { key: 'index', probability: 0.25 },
      ],
    },
    { name: 'notify', memory_mb: 64, warm_duration_s: 0.05, cold_start_s: 0 },
  ],
  keys: [{ name: 'photo', size_bytes: 2_000_000, node: 'Paris' }, { name: 'index' }],
  arrivals: { trace: 'arrivals.csv' },
  provenance: { source: 'hand-made' },
} satisfies ScenarioJson;

export const ARRIVALS = 'function,time_ms,node\nresize,0,Rome\nnotify,12.5,Rome\nresize,12.5,Rome\n';

/** Inputs of the importer: a trace, functions and round-trip times in the columns of the real files. */
export const TRACE = 'func_name,invoke_time_ms\nbeta,5\nalpha,7\nbeta,7\n';
export const FUNCTIONS =
  'func_name,cold_dur_ms,warm_dur_ms,mem_mb,mean_iat\nalpha,1500,500,128,1\nbeta,40,30,16,2\n';

/** Four regions on a line, A - B - C - D; A to B takes 20 ms and B to A takes 24 ms. */
export const LATENCY = 'source,A,B,C,D\nA,,20,50,90\nB,24,,30,70\nC,50,30,,40\nD,90,70,40,\n';
