/**
 * What a trace amounts to: distributions over its VMs, and the most that runs at once. Guarantees quantiles that are values
 * of the trace: the q-quantile of n is the one at position floor(n q) of the sorted ones, from 0.
 */
import type { TraceWorkload } from './trace-workload.js';

export interface Distribution {
  min: number;
  median: number;
  p95: number;
  max: number;
}

export interface TraceFigures {
  accounts: number;
  vms: number;
  /** The last start, end or piece of CPU use that is known. */
  lengthMicros: number;
  cpuMillis: Distribution;
  memoryBytes: Distribution;
  /** Of those that outlive the trace up to its length: longer in truth. */
  lifetimeMicros: Distribution;
  outlive: number;
  vmsPerAccount: Distribution;
  /** Each at its own worst moment. */
  peak: { vms: number; cpuMillis: number; memoryBytes: number };
  /** Use over CPU of the VMs whose use is known, weighted by both; null: none is. */
  cpuUse: number | null;
}

export function traceFigures({ accounts, vms }: TraceWorkload): TraceFigures {
  const lengthMicros = lengthOf(vms);
  const owned = new Array<number>(accounts.length).fill(0);
  for (const { account } of vms) owned[account]!++;
  return {
    accounts: accounts.length,
    vms: vms.length,
    lengthMicros,
    cpuMillis: distributionOf(vms.map((vm) => vm.cpuMillis)),
    memoryBytes: distributionOf(vms.map((vm) => vm.memoryBytes)),
    lifetimeMicros: distributionOf(vms.map(({ startMicros, endMicros }) => (endMicros ?? lengthMicros) - startMicros)),
    outlive: vms.filter(({ endMicros }) => endMicros === null).length,
    vmsPerAccount: distributionOf(owned),
    peak: peakOf(vms),
    cpuUse: cpuUseOf(vms),
  };
}

export function distributionOf(values: readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  const at = (position: number): number => sorted[Math.min(sorted.length - 1, Math.floor(position))] ?? 0;
  const { length } = sorted;
  return { min: at(0), median: at(length * 0.5), p95: at(length * 0.95), max: at(length) };
}

function lengthOf(vms: TraceWorkload['vms']): number {
  let last = 0;
  for (const { startMicros, endMicros, cpuUse } of vms) {
    const used = cpuUse ? cpuUse.micros.reduce((sum, length) => sum + length, 0) : 0;
    last = Math.max(last, endMicros ?? startMicros + used);
  }
  return last;
}

/** Ends before starts at the same time. */
function peakOf(vms: TraceWorkload['vms']): TraceFigures['peak'] {
  const ending = vms.filter(({ endMicros }) => endMicros !== null).sort((a, b) => a.endMicros! - b.endMicros!);
  const now = { vms: 0, cpuMillis: 0, memoryBytes: 0 };
  const peak = { ...now };
  let ended = 0;
  for (const { startMicros, cpuMillis, memoryBytes } of vms) {
    for (; ended < ending.length && ending[ended]!.endMicros! <= startMicros; ended++) {
      now.vms--;
      now.cpuMillis -= ending[ended]!.cpuMillis;
      now.memoryBytes -= ending[ended]!.memoryBytes;
    }
    now.vms++;
    now.cpuMillis += cpuMillis;
    now.memoryBytes += memoryBytes;
    peak.vms = Math.max(peak.vms, now.vms);
    peak.cpuMillis = Math.max(peak.cpuMillis, now.cpuMillis);
    peak.memoryBytes = Math.max(peak.memoryBytes, now.memoryBytes);
  }
  return peak;
}

function cpuUseOf(vms: TraceWorkload['vms']): number | null {
  let used = 0;
  let whole = 0;
  for (const { cpuMillis, cpuUse } of vms)
    cpuUse?.micros.forEach((length, at) => {
      used += length * cpuUse.ratios[at]! * cpuMillis;
      whole += length * cpuMillis;
    });
  return whole === 0 ? null : used / whole;
}
