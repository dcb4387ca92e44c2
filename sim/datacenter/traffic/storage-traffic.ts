/**
 * What running VMs ask of their disks: operations at the storage servers, and the bits that they put on the way there and
 * back. A server that is asked for more than it can do serves all alike up to a level (weighted max-min, equal weights), and
 * only what it serves is on the links. Followed change by change; a change costs a few steps, reading one a VM of the servers
 * that are short.
 */
import { CompensatedSum } from '../../measures/compensated-sum.js';
import { fairLevel } from '../../../models/workload/cpu-sharing.js';
import type { Domain } from '../domain.js';
import type { PlantObserver } from '../plant-observer.js';
import { into, StandingLoads, type AddLoad } from './standing-loads.js';

/** A VM's use of its disk. */
export interface DiskUse {
  readonly operationsPerSecond: number;
  readonly bytesPerOperation: number;
  /** Share of the operations that reads. */
  readonly readRatio: number;
}

export interface StorageTrafficPorts {
  now(): number;
  /** null: not modelled. */
  useOf(vm: number): DiskUse | null;
  /** The server that holds the VM's disk; null: it has none. */
  serverOf(vm: number): number | null;
  /** What a throttle leaves it, in operations per second; Infinity: all. */
  throttleOf(domain: Domain): number;
  /** From the server to the host; and from the host to the server. Empty on the host's own disk. */
  reads(server: number, host: number): readonly number[];
  writes(server: number, host: number): readonly number[];
  /** The load on links is another from now on. */
  changed?(): void;
}

interface Working {
  readonly vm: number;
  readonly host: number;
  readonly server: number;
  readonly use: DiskUse;
  /** Under its throttle. */
  operationsPerSecond: number;
}

interface Server {
  /** Infinity: not limited (a host's own disk). */
  readonly operationsPerSecond: number;
  readonly working: Map<number, Working>;
  readonly demandSum: CompensatedSum;
  demand: number;
  peakDemand: number;
  sinceMicros: number;
  readonly demandArea: CompensatedSum;
  readonly shortArea: CompensatedSum;
  shortMicros: number;
}

/** Of a storage server after the warm-up; operations per second. */
export interface ServerUse {
  readonly capacity: number;
  readonly meanDemand: number;
  readonly peakDemand: number;
  /** Of what was asked for, what could not be served; and the share of the time in which that was so. */
  readonly shortRatio: number;
  readonly timeShortRatio: number;
}

export class StorageTraffic implements PlantObserver {
  private readonly servers: Server[];
  private readonly working = new Map<number, Working>();
  private readonly standing = new StandingLoads();
  private readonly changedServers = new Set<number>();

  constructor(
    operationsPerSecond: readonly number[],
    private readonly ports: StorageTrafficPorts,
    private readonly warmUpMicros = 0,
  ) {
    this.servers = operationsPerSecond.map((most) => ({
      ...{
        operationsPerSecond: most,
        working: new Map(),
        demandSum: new CompensatedSum(),
        demand: 0,
        peakDemand: 0,
        sinceMicros: 0,
      },
      ...{ demandArea: new CompensatedSum(), shortArea: new CompensatedSum(), shortMicros: 0 },
    }));
  }

  vmRunning(domain: Domain): void {
    const { vm, host } = domain;
    const use = this.ports.useOf(vm);
    const server = use && this.ports.serverOf(vm);
    if (use === null || server === null) return;
    const operationsPerSecond = Math.min(use.operationsPerSecond, this.ports.throttleOf(domain));
    const working: Working = { vm, host, server, use, operationsPerSecond };
    this.working.set(vm, working);
    this.servers[server]!.working.set(vm, working);
    this.change(server, operationsPerSecond);
  }

  vmGone({ vm }: Domain): void {
    const working = this.working.get(vm);
    if (working === undefined) return;
    this.working.delete(vm);
    this.servers[working.server]!.working.delete(vm);
    this.change(working.server, -working.operationsPerSecond);
  }

  vmThrottled(domain: Domain): void {
    const working = this.working.get(domain.vm);
    if (working === undefined) return;
    const before = working.operationsPerSecond;
    working.operationsPerSecond = Math.min(working.use.operationsPerSecond, this.ports.throttleOf(domain));
    this.change(working.server, working.operationsPerSecond - before);
  }

  /** Loads of all links now, in bits per second, added to `loads`. */
  addLoads(loads: Float64Array): void {
    for (const server of this.servers) this.addLoadsOf(server, into(loads));
  }

  /** Of any link the same, within rounding, at the cost of the servers that changed since the last call. */
  standingLoads(): (link: number) => number {
    for (const at of this.changedServers) this.standing.replace(at, (add) => this.addLoadsOf(this.servers[at]!, add));
    this.changedServers.clear();
    return (link) => this.standing.on(link);
  }

  private addLoadsOf(server: Server, add: AddLoad): void {
    const level = levelOf(server);
    for (const { host, server: at, use, operationsPerSecond } of server.working.values()) {
      const bitsPerSecond = Math.min(operationsPerSecond, level) * use.bytesPerOperation * 8;
      for (const link of this.ports.reads(at, host)) add(link, bitsPerSecond * use.readRatio);
      for (const link of this.ports.writes(at, host)) add(link, bitsPerSecond * (1 - use.readRatio));
    }
  }

  /** What operations move now, each once. */
  bitsPerSecond(): number {
    let sum = 0;
    for (const server of this.servers) {
      const level = levelOf(server);
      for (const { use, operationsPerSecond } of server.working.values())
        sum += Math.min(operationsPerSecond, level) * use.bytesPerOperation * 8;
    }
    return sum;
  }

  /** As it stands: of all servers together, and VMs that get less than they ask for. */
  sample(): { demand: number; served: number; vmsShort: number } {
    const sum = { demand: 0, served: 0, vmsShort: 0 };
    for (const server of this.servers) {
      const { demand, operationsPerSecond, working } = server;
      sum.demand += demand;
      sum.served += Math.min(demand, operationsPerSecond);
      const level = levelOf(server);
      if (level < Infinity) for (const one of working.values()) if (one.operationsPerSecond > level) sum.vmsShort++;
    }
    return sum;
  }

  /** What the running VM asks of its disk; null: nothing. */
  useOf(vm: number): DiskUse | null {
    return this.working.get(vm)?.use ?? null;
  }

  /** What the VM's disk does for it now, in operations per second; null: it asks for nothing. */
  servedTo(vm: number): number | null {
    const working = this.working.get(vm);
    return working === undefined ? null : Math.min(working.operationsPerSecond, levelOf(this.servers[working.server]!));
  }

  use(server: number, atMicros: number): ServerUse {
    const one = this.servers[server]!;
    settle(one, atMicros, this.warmUpMicros);
    const micros = Math.max(0, atMicros - this.warmUpMicros);
    return {
      capacity: one.operationsPerSecond,
      meanDemand: micros > 0 ? one.demandArea.value / micros : one.demand,
      peakDemand: Math.max(one.peakDemand, one.demand),
      shortRatio: one.demandArea.value > 0 ? one.shortArea.value / one.demandArea.value : 0,
      timeShortRatio: micros > 0 ? one.shortMicros / micros : 0,
    };
  }

  private change(at: number, by: number): void {
    const server = this.servers[at]!;
    settle(server, this.ports.now(), this.warmUpMicros);
    // Exactly nothing again when nobody is left, and never less.
    if (server.working.size === 0) server.demandSum.reset();
    else server.demandSum.add(by);
    server.demand = Math.max(0, server.demandSum.value);
    this.changedServers.add(at);
    this.ports.changed?.();
  }
}

/** Up to which each VM gets what it asks for; Infinity: all do. */
function levelOf({ demand, operationsPerSecond, working }: Server): number {
  if (demand <= operationsPerSecond) return Infinity;
  const shares = [...working.values()].map((one) => ({ weight: 1, demand: one.operationsPerSecond }));
  return fairLevel(operationsPerSecond, shares);
}

/** Brings the integrals up to a time: before anything changes. */
function settle(server: Server, nowMicros: number, warmUpMicros: number): void {
  const from = Math.max(server.sinceMicros, warmUpMicros);
  server.sinceMicros = nowMicros;
  if (nowMicros <= from) return;
  const { demand, operationsPerSecond } = server;
  server.demandArea.add(demand * (nowMicros - from));
  server.peakDemand = Math.max(server.peakDemand, demand);
  if (demand <= operationsPerSecond) return;
  server.shortArea.add((demand - operationsPerSecond) * (nowMicros - from));
  server.shortMicros += nowMicros - from;
}
