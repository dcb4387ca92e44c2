/**
 * `podtwin bench placement`: CPU seconds and memory for placing VMs through the whole management plane, a row a policy and
 * size, each measured in a process of its own so that its peak memory is its own; beside them what neighbours need.
 * Guarantees the same decisions at each run; the figures are the machine's.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { RunError } from '../base/errors.js';
import { MIB } from '../base/units.js';
import { machine, type Machine } from './machine.js';
import type { PlacementTask } from './placement-process.js';

export interface PlacementBenchRow {
  policy: string;
  hosts: number;
  vms: number;
  cpuSeconds: number;
  /** null: not known. */
  peakRssBytes: number | null;
  cpuMicrosPerVm: number;
  /** Of the plane's history; null for neighbours. */
  transactionsPerVm: number | null;
  /** A neighbour's figure, printed beside ours. */
  reference: boolean;
  /** What was measured, and where a neighbour's figure comes from. */
  of: string;
}

export interface PlacementBench {
  bench: 'placement';
  machine: Machine;
  seed: number;
  rows: PlacementBenchRow[];
}

export interface PlacementBenchOptions {
  policies: readonly string[];
  hosts: readonly number[];
  /** By the number of hosts. */
  vmsFor: (hosts: number) => number;
  seed?: number;
  /** Told each row as it is measured. */
  log?: (row: PlacementBenchRow) => void;
  signal?: AbortSignal;
}

/** What a process measured. */
export interface PlacementAnswer {
  cpuSeconds: number;
  peakRssBytes: number;
  transactions: number;
}

/**
 * Measured once with these programs themselves, on another machine of this class (two cores): 100,000 VMs created on 10,000 hosts and nothing
 * else, without networks, disks, routing appliances or agents. For orientation beside ours: not this machine, nor this work.
 */
const REFERENCES: readonly { policy: string; cpuSeconds: number; peakRssBytes: number | null }[] = [
  { policy: 'CloudSim 3.0.3', cpuSeconds: 49, peakRssBytes: 432 * MIB },
  { policy: 'CloudSim 7G', cpuSeconds: 9.2, peakRssBytes: 354 * MIB },
  { policy: 'CloudSim Plus first fit', cpuSeconds: 15.7, peakRssBytes: 360 * MIB },
  { policy: 'CloudSim Plus worst fit', cpuSeconds: 285, peakRssBytes: null },
];
const REFERENCE = 'the program itself, placement only, measured once on another machine of this class (two cores)';
const REFERENCE_SIZE = { hosts: 10_000, vms: 100_000 };

export async function benchPlacement(options: PlacementBenchOptions): Promise<PlacementBench> {
  const { policies, hosts: sizes, vmsFor, seed = 42, log = () => undefined, signal } = options;
  const rows: PlacementBenchRow[] = [];
  const add = (row: PlacementBenchRow): void => {
    rows.push(row);
    log(row);
  };
  for (const policy of policies)
    for (const hosts of sizes) {
      const vms = vmsFor(hosts);
      const { cpuSeconds, peakRssBytes, transactions } = await measured({ policy, hosts, vms, seed }, signal);
      add({
        ...{ policy, hosts, vms, cpuSeconds, peakRssBytes },
        cpuMicrosPerVm: (cpuSeconds * 1e6) / vms,
        transactionsPerVm: transactions / vms,
        ...{ reference: false, of: 'podtwin: the whole plane, all VMs running' },
      });
    }
  for (const { policy, cpuSeconds, peakRssBytes } of REFERENCES) {
    const cpuMicrosPerVm = (cpuSeconds * 1e6) / REFERENCE_SIZE.vms;
    const figures = { cpuSeconds, peakRssBytes, cpuMicrosPerVm, transactionsPerVm: null };
    add({ policy, ...REFERENCE_SIZE, ...figures, reference: true, of: REFERENCE });
  }
  return { bench: 'placement', machine: machine(), seed, rows };
}

function measured(task: PlacementTask, signal: AbortSignal | undefined): Promise<PlacementAnswer> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('./placement-process.js', import.meta.url));
    const child = fork(script, [JSON.stringify(task)], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const stop = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', stop);
    let answer: PlacementAnswer | null = null;
    let complaint = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('message', (message: PlacementAnswer) => (answer = message));
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(new RunError('interrupted', 'the benchmark was interrupted'));
      else if (answer) resolve(answer);
      else reject(new RunError('process-died', `${task.policy}: its process ended with ${code}: ${complaint.trim()}`));
    });
  });
}
