/**
 * `podtwin bench network`: CPU seconds for finite transfers under exact max-min sharing, and beside them a naive solver of the
 * same transfers in the same process. Guarantees the same transfers at each run; the figures are the machine's.
 */
import { Streams } from '../engine/streams.js';
import { cpuSeconds, machine, type Machine } from './machine.js';
import { VM_MOVES, vmMoves } from './vm-moves.js';
import { naiveEnds, networkEnds, type Transfer } from './transfer-ends.js';

export interface NetworkBenchRow {
  case: 'flows-at-once' | 'flows-poisson' | 'vm-move';
  /** Transfers; of `vm-move` VMs of the customer whose VMs move. */
  flows: number;
  /** Of the best run. */
  cpuSeconds: number;
  /** Of the first run of its case; of the first case, the compiling of all that it uses is in it. */
  firstCpuSeconds: number;
  /** The naive figure, printed beside ours. */
  reference: boolean;
  /** What was measured. */
  of: string;
  /** Naive CPU seconds over ours; of `vm-move` the largest customer's over the smallest's; null for rows of reference. */
  ratio: number | null;
}

export interface NetworkBench {
  bench: 'network';
  machine: Machine;
  seed: number;
  rows: NetworkBenchRow[];
}

export interface NetworkBenchOptions {
  seed?: number;
  flows?: number;
  /** Runs of ours, of which the best counts; the naive solver runs once. */
  runs?: number;
  /** Told each row as it is measured. */
  log?: (row: NetworkBenchRow) => void;
}

/** Transfers and what they run over; a case for each row of ours. */
export interface NetworkCase {
  case: Exclude<NetworkBenchRow['case'], 'vm-move'>;
  capacities: readonly number[];
  transfers: readonly Transfer[];
}

const PODS = 20;
const HOSTS_A_POD = 20;
const HOST_BITS_PER_SECOND = 1e9;
const UPLINK_BITS_PER_SECOND = 1e10;
const MEAN_BYTES = 20e6;
const BYTES = { least: 1e6, most: 100e6 };
const FLOWS_PER_SECOND = 1000;
const MOVING_CUSTOMERS = [10, 10_000];

export function benchNetwork(options: NetworkBenchOptions = {}): NetworkBench {
  const { seed = 42, flows = 10_000, runs = 3, log = () => undefined } = options;
  const rows: NetworkBenchRow[] = [];
  const add = (row: NetworkBenchRow): void => {
    rows.push(row);
    log(row);
  };
  for (const each of networkCases(flows, seed)) {
    const { capacities, transfers } = each;
    const row = { case: each.case, flows: transfers.length };
    const ours = Array.from({ length: runs }, () => cpuSeconds(() => networkEnds(capacities, transfers)));
    const naive = cpuSeconds(() => naiveEnds(capacities, transfers));
    const best = Math.min(...ours);
    const of = `podtwin, the best of ${runs}`;
    add({ ...row, cpuSeconds: best, firstCpuSeconds: ours[0]!, reference: false, of, ratio: naive / best });
    add({
      ...row,
      cpuSeconds: naive,
      firstCpuSeconds: naive,
      reference: true,
      of: 'naive: all rates from scratch',
      ratio: null,
    });
  }
  for (const row of moveRows(seed, runs)) add(row);
  return { bench: 'network', machine: machine(), seed, rows };
}

/** The smallest customer is what the largest is held against. */
function moveRows(seed: number, runs: number): NetworkBenchRow[] {
  const measured = MOVING_CUSTOMERS.map((vms) => {
    const move = vmMoves(vms, new Streams(seed));
    return { vms, seconds: Array.from({ length: runs }, () => cpuSeconds(move)) };
  });
  const least = Math.min(...measured[0]!.seconds);
  return measured.map(({ vms, seconds }, at) => ({
    ...{ case: 'vm-move', flows: vms, cpuSeconds: Math.min(...seconds), firstCpuSeconds: seconds[0]! },
    reference: at === 0,
    of: `${VM_MOVES} moves in a guest network of ${vms} VMs, the best of ${runs}`,
    ratio: at === 0 ? null : Math.min(...seconds) / least,
  }));
}

/** 20 pods of 20 hosts; sizes exponential within bounds, pairs uniform. */
export function networkCases(flows: number, seed: number): NetworkCase[] {
  const hosts = PODS * HOSTS_A_POD;
  const capacities = [
    ...Array<number>(2 * hosts).fill(HOST_BITS_PER_SECOND),
    ...Array<number>(2 * PODS).fill(UPLINK_BITS_PER_SECOND),
  ];
  const transfersOf = (name: NetworkCase['case'], perSecond: number): Transfer[] => {
    const stream = new Streams(seed).stream(`bench/network/${name}`);
    let startSeconds = 0;
    return Array.from({ length: flows }, () => {
      if (perSecond < Infinity) startSeconds += stream.exponential() / perSecond;
      const source = Math.floor(stream.next() * hosts);
      const destination = (source + 1 + Math.floor(stream.next() * (hosts - 1))) % hosts;
      let bytes = 0;
      while (bytes < BYTES.least || bytes > BYTES.most) bytes = Math.round(MEAN_BYTES * stream.exponential());
      return { startSeconds, bits: 8 * bytes, links: pathOf(source, destination) };
    });
  };
  return [
    { case: 'flows-at-once', capacities, transfers: transfersOf('flows-at-once', Infinity) },
    { case: 'flows-poisson', capacities, transfers: transfersOf('flows-poisson', FLOWS_PER_SECOND) },
  ];
}

/** Every cable is a link each way: hosts up, hosts down, pods up, pods down. */
function pathOf(source: number, destination: number): number[] {
  const hosts = PODS * HOSTS_A_POD;
  const [from, to] = [Math.floor(source / HOSTS_A_POD), Math.floor(destination / HOSTS_A_POD)];
  if (from === to) return [source, hosts + destination];
  return [source, 2 * hosts + from, 2 * hosts + PODS + to, hosts + destination];
}
