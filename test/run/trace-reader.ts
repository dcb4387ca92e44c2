/** A trace for tests, in lines of JSON: [account, VM, start in seconds, end in seconds or null, cores, GiB]. */
import * as loader from '../../sim/scenario/loader.js';
import { REASONS } from '../../sim/control/ports.js';
import type { LoadedScenario } from '../../sim/scenario/loader.js';
import type { TraceVm, TraceWorkload } from '../../sim/scenario/trace-workload.js';

export type Row = readonly [account: string, vm: string, start: number, end: number | null, cores: number, gib: number];

export function readRows(text: string): TraceWorkload {
  const rows = text.split('\n').map((line) => JSON.parse(line) as Row);
  const accounts = [...new Set(rows.map(([account]) => account))];
  const vms = rows.map(([account, name, start, end, cores, gib]): TraceVm => ({
    ...{
      name,
      account: accounts.indexOf(account),
      startMicros: start * 1e6,
      endMicros: end === null ? null : end * 1e6,
    },
    ...{ cpuMillis: cores * 1000, memoryBytes: gib * 2 ** 30, diskBytes: 0, cpuUse: null },
  }));
  return { accounts, vms: vms.sort((a, b) => a.startMicros - b.startMicros) };
}

export function rowsText(rows: readonly Row[]): string {
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

/** `rows`: what the file of a trace of format `rows` holds. */
export function loadWithRows(text: string, rows: readonly Row[], set: readonly string[] = []): LoadedScenario {
  return loader.loadScenario('t.yaml', {
    set,
    policies: ['first-fit', 'random'],
    reasons: REASONS,
    traceReaders: { rows: readRows },
    readFile: (path) => (path === 't.yaml' ? text : rowsText(rows)),
  });
}
