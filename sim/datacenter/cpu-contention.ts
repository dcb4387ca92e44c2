/**
 * What the running VMs of a zone ask of their hosts' CPU over time, and what the hosts do not have. It follows the plant;
 * a host is settled only when a VM comes, goes or begins another piece of its trace, or when a figure is read, and then
 * exactly: nothing is polled, and reading changes nothing.
 *
 * A host has the CPU of all its NUMA nodes together: that a VM sits in one of them is ignored, and so is what bridges,
 * booting VMs and VMs without a known use take. What of its demand a host is short of does not depend on how it shares its
 * CPU; who is short of it does (`vmsShort`, by models/workload/cpu-sharing.ts).
 */
import { assert } from '../base/assert.js';
import { CompensatedSum } from '../measures/compensated-sum.js';
import type { ZoneCpuResult } from '../measures/cpu-result.js';
import { constantUse, pieceAt, useAt, type CpuUse } from '../../models/workload/cpu-use.js';
import { fairLevel } from '../../models/workload/cpu-sharing.js';
import { CpuDemand, exceeds, type SteadyUse } from './cpu-demand.js';
import type { Domain } from './domain.js';
import type { PlantObserver } from './plant-observer.js';

export interface CpuContentionPorts {
  now(): number;
  /** null: it is not known what the VM uses. */
  useOf(vm: number): CpuUse | null;
  /** `nextPiece(vm)` is to be called then; a handle to cancel it by. */
  at(timeMicros: number, vm: number): number;
  cancel(handle: number): void;
}

/** What a host physically has. */
export interface CpuHost {
  readonly cpuMillis: number;
  readonly inService: boolean;
}

/** Figures of a zone at an instant: thousandths of a core, and VMs that get less than they ask for. */
export interface CpuSample {
  cpuMillisDemand: number;
  cpuMillisShort: number;
  vmsShort: number;
}

interface HostRecord {
  readonly cpuMillis: number;
  /** In service, or found with a VM all the same. */
  counted: boolean;
  readonly demand: CpuDemand;
  readonly vms: Map<number, Running>;
  sinceMicros: number;
}

interface Running {
  readonly vm: number;
  readonly host: number;
  cpuMillis: number;
  readonly use: CpuUse;
  /** How it counts in the sums now. */
  steady: SteadyUse;
  /** When the VM first ran: its trace goes on from there. */
  readonly firstRanMicros: number;
  next: number | null;
}

export class CpuContention implements PlantObserver {
  /** Customers' VMs that came up without a known use, as often as they did. */
  withoutUse = 0;
  private readonly hosts: HostRecord[];
  private readonly running = new Map<number, Running>();
  /** Of VMs with a trace, from their first running to `forget`. */
  private readonly firstRan = new Map<number, number>();
  private readonly demand = new CompensatedSum();
  private readonly short = new CompensatedSum();
  private readonly hostShort = new CompensatedSum();
  private readonly vmShort = new CompensatedSum();
  private vmMicros = 0;
  /** Of all hosts together, for the zone's peak. */
  private readonly zone = new CpuDemand();
  private zoneSinceMicros = 0;
  private peakDemandMillis = 0;
  private peakHostDemandRatio = 0;

  constructor(
    hosts: readonly CpuHost[],
    private readonly ports: CpuContentionPorts,
    private readonly warmUpMicros = 0,
  ) {
    this.hosts = hosts.map(({ cpuMillis, inService }) => ({
      cpuMillis,
      counted: inService,
      demand: new CpuDemand(),
      vms: new Map(),
      sinceMicros: 0,
    }));
  }

  vmRunning({ vm, host, cpuMillis, role }: Domain): void {
    const use = this.ports.useOf(vm);
    if (use === null) {
      if (role === 'user') this.withoutUse++;
      return;
    }
    const now = this.ports.now();
    const firstRanMicros = this.firstRan.get(vm) ?? now;
    const steady = use.kind === 'trace' ? constantUse(useAt(use, now, firstRanMicros)) : use;
    const running: Running = { vm, host, cpuMillis, use, steady, firstRanMicros, next: null };
    if (use.kind === 'trace') {
      this.firstRan.set(vm, firstRanMicros);
      this.scheduleNext(running);
    }
    const record = this.hosts[host]!;
    this.settle(record);
    record.counted = true;
    record.vms.set(vm, running);
    this.running.set(vm, running);
    this.count(running, 1);
  }

  vmGone({ vm }: Domain): void {
    const running = this.running.get(vm);
    if (running === undefined) return;
    if (running.next !== null) this.ports.cancel(running.next);
    const record = this.hosts[running.host]!;
    this.settle(record);
    record.vms.delete(vm);
    this.running.delete(vm);
    this.count(running, -1);
  }

  /** Its use is a share of its CPU: of more, or less, from now on. */
  vmResized({ vm, cpuMillis }: Domain): void {
    const running = this.running.get(vm);
    if (running === undefined) return;
    this.settle(this.hosts[running.host]!);
    this.count(running, -1);
    running.cpuMillis = cpuMillis;
    this.count(running, 1);
  }

  /** The next piece of the VM's trace begins. */
  nextPiece(vm: number): void {
    const running = this.running.get(vm);
    assert(running?.use.kind === 'trace', () => `VM ${vm} runs and has a trace`);
    this.settle(this.hosts[running.host]!);
    this.count(running, -1);
    running.steady = constantUse(useAt(running.use, this.ports.now(), running.firstRanMicros));
    this.count(running, 1);
    this.scheduleNext(running);
  }

  /** The VM will not run again. */
  forget(vm: number): void {
    this.firstRan.delete(vm);
  }

  /** As it stands. */
  sample(): CpuSample {
    const now = this.ports.now();
    let cpuMillisShort = 0;
    let vmsShort = 0;
    for (const { cpuMillis, demand, vms } of this.hosts) {
      // Most hosts cannot be short, whatever the time.
      if (!exceeds(demand.highest, cpuMillis)) continue;
      const asked = demand.at(now);
      if (!exceeds(asked, cpuMillis)) continue;
      cpuMillisShort += asked - cpuMillis;
      vmsShort += countShort(cpuMillis, [...vms.values()], now);
    }
    return { cpuMillisDemand: this.zone.at(now), cpuMillisShort, vmsShort };
  }

  /** What the run came to, up to `atMicros`. */
  result(atMicros: number): ZoneCpuResult {
    for (const host of this.hosts) this.settle(host, atMicros);
    const counted = this.hosts.filter((host) => host.counted);
    const capacityMillis = counted.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0);
    const micros = Math.max(0, atMicros - this.warmUpMicros);
    return {
      demandArea: this.demand.value,
      shortArea: this.short.value,
      capacityArea: capacityMillis * micros,
      hostMicros: counted.length * micros,
      hostShortMicros: this.hostShort.value,
      vmMicros: this.vmMicros,
      vmShortMicros: this.vmShort.value,
      peakDemandRatio: capacityMillis > 0 ? this.peakDemandMillis / capacityMillis : 0,
      peakHostDemandRatio: this.peakHostDemandRatio,
    };
  }

  private count({ host, cpuMillis, steady }: Running, sign: 1 | -1): void {
    const { demand } = this.hosts[host]!;
    if (sign > 0) demand.add(cpuMillis, steady);
    else demand.remove(cpuMillis, steady);
    if (sign > 0) this.zone.add(cpuMillis, steady);
    else this.zone.remove(cpuMillis, steady);
  }

  private scheduleNext(running: Running): void {
    const { vm, use, firstRanMicros } = running;
    assert(use.kind === 'trace', 'only traces have pieces');
    const start = use.startMicros[pieceAt(use, this.ports.now() - firstRanMicros) + 1];
    running.next = start === undefined ? null : this.ports.at(firstRanMicros + start, vm);
  }

  /** Brings the host's integrals, and the zone's peak, up to a time: before anything changes on it. */
  private settle(host: HostRecord, now = this.ports.now()): void {
    this.settlePeak(now);
    const from = Math.max(host.sinceMicros, this.warmUpMicros);
    host.sinceMicros = now;
    if (now <= from || host.vms.size === 0) return;
    const { demand, cpuMillis, vms } = host;
    const { demandArea, shortArea, shortMicros } = demand.over(from, now, cpuMillis);
    this.demand.add(demandArea);
    this.vmMicros += vms.size * (now - from);
    if (cpuMillis > 0 && demand.highest > this.peakHostDemandRatio * cpuMillis)
      this.peakHostDemandRatio = Math.max(this.peakHostDemandRatio, demand.peak(from, now) / cpuMillis);
    if (shortMicros === 0) return;
    this.short.add(shortArea);
    this.hostShort.add(shortMicros);
    this.vmShort.add(vms.size * shortMicros);
  }

  private settlePeak(now: number): void {
    const from = Math.max(this.zoneSinceMicros, this.warmUpMicros);
    this.zoneSinceMicros = now;
    if (now <= from || this.zone.highest <= this.peakDemandMillis) return;
    this.peakDemandMillis = Math.max(this.peakDemandMillis, this.zone.peak(from, now));
  }
}

/** VMs that ask for more than the level up to which their host gives. */
function countShort(cpuMillis: number, vms: readonly Running[], atMicros: number): number {
  const shares = vms.map((vm) => ({
    weight: vm.cpuMillis,
    demand: vm.cpuMillis * useAt(vm.steady, atMicros, vm.firstRanMicros),
  }));
  const level = fairLevel(cpuMillis, shares);
  return shares.filter(({ weight, demand }) => demand > weight * level).length;
}
