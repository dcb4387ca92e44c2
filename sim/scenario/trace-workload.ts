/**
 * What `workload.trace` needs of a file's reader: who starts which VMs, and when. Readers of formats are passed in by the
 * composition root; they throw InputError with a place in their file.
 */
export interface TraceWorkload {
  accounts: string[];
  /** In order of `startMicros`. */
  vms: TraceVm[];
}

export interface TraceVm {
  /** Once in its account. */
  name: string;
  /** Index into `accounts`. */
  account: number;
  /** Below 0: it ran already when the trace began. */
  startMicros: number;
  /** null: it outlives the trace. */
  endMicros: number | null;
  cpuMillis: number;
  memoryBytes: number;
  /** 0: it has none. */
  diskBytes: number;
  /** Shares of its cores in use, in pieces from its start: how long each is; null: not told. */
  cpuUse: { micros: number[]; ratios: number[] } | null;
}

export type TraceReader = (text: string, file: string) => TraceWorkload;
