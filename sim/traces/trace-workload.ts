/**
 * A public trace as podtwin sees it, whatever format it came in: accounts, and VMs with size, life and CPU use. Guarantees
 * of what `normalised` gives: VMs in order of their start, then of the source; accounts in the order in which those VMs
 * first name them; names that are safe in paths and streams, unique in their account; whole numbers in base units.
 */
import { assert } from '../base/assert.js';
import { SafeNames } from './safe-names.js';

export interface TraceWorkload {
  accounts: string[];
  /** By startMicros, then in the order of the source. */
  vms: TraceVm[];
}

export interface TraceVm {
  /** Unique within its account. */
  name: string;
  /** Index into accounts (order of first appearance). */
  account: number;
  /** From the trace's beginning; 0 for one that ran already. */
  startMicros: number;
  /** null: outlives the trace. */
  endMicros: number | null;
  cpuMillis: number;
  memoryBytes: number;
  /** 0 where unknown. */
  diskBytes: number;
  /** Consecutive pieces from startMicros: length, CPU use over the VM's own CPU (0 to 1); null: unknown. */
  cpuUse: CpuUse | null;
}

export interface CpuUse {
  micros: number[];
  ratios: number[];
}

/** What was read, and what had to be decided, for people. */
export interface TraceNote {
  label: string;
  value: string;
}

export interface ReadTrace {
  workload: TraceWorkload;
  notes: TraceNote[];
}

/** A VM as a source has it: with the names that stand there. */
export interface SourceVm extends Omit<TraceVm, 'account'> {
  account: string;
}

/** Sorts, names and numbers. What a source says was checked by its reader. */
export function normalised(source: readonly SourceVm[]): TraceWorkload {
  const accountNames = new SafeNames();
  const vmNames = new Map<string, SafeNames>();
  const indices = new Map<string, number>();
  const accounts: string[] = [];
  // The sort is stable: the order of the source stays among equals.
  const sorted = [...source].sort((a, b) => a.startMicros - b.startMicros);
  const vms = sorted.map(({ account, name, ...rest }): TraceVm => {
    assertWhole(rest);
    let index = indices.get(account);
    if (index === undefined) {
      index = accounts.push(accountNames.unique(account)) - 1;
      indices.set(account, index);
      vmNames.set(account, new SafeNames());
    }
    return { name: vmNames.get(account)!.unique(name), account: index, ...rest };
  });
  return { accounts, vms };
}

function assertWhole({
  startMicros,
  endMicros,
  cpuMillis,
  memoryBytes,
  diskBytes,
  cpuUse,
}: Omit<SourceVm, 'account' | 'name'>): void {
  const whole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
  assert(
    whole(startMicros, 0) && (endMicros === null || whole(endMicros, startMicros + 1)),
    'a VM ends after its start',
  );
  assert(whole(cpuMillis, 1) && whole(memoryBytes, 1) && whole(diskBytes, 0), 'a VM has CPU and memory');
  if (cpuUse === null) return;
  const { micros, ratios } = cpuUse;
  assert(micros.length === ratios.length && micros.length > 0, 'a length and a ratio for each piece of CPU use');
}

/** Pieces of CPU use, one after the other; neighbours of equal use become one. Ratios above 1 are cut, and counted. */
export class CpuUsePieces {
  readonly micros: number[] = [];
  readonly ratios: number[] = [];
  /** Pieces added, and those of them above 1. */
  added = 0;
  clamped = 0;

  add(lengthMicros: number, ratio: number): void {
    this.added++;
    if (ratio > 1) this.clamped++;
    const cut = Math.min(1, ratio);
    const last = this.ratios.length - 1;
    if (last >= 0 && this.ratios[last] === cut) this.micros[last]! += lengthMicros;
    else {
      this.micros.push(lengthMicros);
      this.ratios.push(cut);
    }
  }

  get use(): CpuUse | null {
    return this.micros.length === 0 ? null : { micros: this.micros, ratios: this.ratios };
  }
}
