/**
 * A made-up zone for tests of what is recorded and reported: customers come, start VMs, and go; what happens is told as
 * transactions in the order in which a plane tells them. It decides nothing the way the real plane does, but what it
 * tells is consistent: states follow their tables, ids count up, capacity and VLAN IDs are never given twice.
 */
import type { Change, Transaction } from '../../sim/control/history.js';
import { countNetwork, zoneFigures, zoneLayout, type NetworkCounts } from '../../sim/measures/fragmentation.js';
import { fragmentRate } from '../../sim/measures/fragment-rate.js';
import type { RunHeader, Sample } from '../../sim/store/types.js';
import { networkFigures } from './synthetic-traffic.js';

export const GIB = 1024 ** 3;
const MINUTE = 60_000_000;

export interface SyntheticZoneOptions {
  name: string;
  pods: number;
  hostsPerPod: number;
  vlans: number;
  /** Customers that arrive in a day, and how many there are at the start. */
  arrivalsPerDay: number;
  initial: number;
  /** VMs use their CPU. */
  cpuUse?: boolean;
  /** VMs exchange traffic, and use their disks. */
  network?: boolean;
}

interface Vm {
  id: number;
  network: number;
  host: number;
  cpuMillis: number;
  memoryBytes: number;
  endsAt: number;
  request: number;
}

interface Host {
  pod: number;
  cpuMillis: number;
  memoryBytes: number;
  freeCpuMillis: number;
  freeMemoryBytes: number;
}

const SIZES = [
  { cpuMillis: 1000, memoryBytes: 2 * GIB, diskBytes: 20 * GIB },
  { cpuMillis: 2000, memoryBytes: 4 * GIB, diskBytes: 40 * GIB },
  { cpuMillis: 8000, memoryBytes: 16 * GIB, diskBytes: 80 * GIB },
];
export const SYNTHETIC_OFFERINGS = ['small', 'medium', 'large', 'router'];

export class SyntheticZone {
  readonly refused: Record<string, number> = {};
  readonly totals = { requested: 0, started: 0, stopped: 0, vlanPeak: 0, vlanSum: 0, samples: 0 };
  private readonly hosts: Host[];
  private readonly freeVlans: number[];
  private readonly networks: { vlan: number | null; vms: Map<number, Vm> }[] = [];
  private readonly vms = new Map<number, Vm>();
  private readonly next = { vm: 0, request: 0, command: 0, question: 0 };
  private readonly diskBytes = new Map<number, number>();
  private readonly capacity: { cpuMillis: number; memoryBytes: number; diskBytes: number };
  private number = 0;
  private state: number;

  constructor(
    readonly options: SyntheticZoneOptions,
    seed: number,
    private readonly tell: (number: number, transaction: Transaction) => void,
  ) {
    const { pods, hostsPerPod, vlans } = options;
    this.state = seed >>> 0;
    this.hosts = Array.from({ length: pods * hostsPerPod }, (_, at) => {
      const cpuMillis = 31_000;
      const memoryBytes = 252 * GIB;
      const pod = Math.floor(at / hostsPerPod);
      return { pod, cpuMillis, memoryBytes, freeCpuMillis: cpuMillis, freeMemoryBytes: memoryBytes };
    });
    this.freeVlans = Array.from({ length: vlans }, (_, at) => 600 + at);
    const count = this.hosts.length;
    this.capacity = { cpuMillis: count * 31_000, memoryBytes: count * 252 * GIB, diskBytes: pods * 40 * 1024 * GIB };
  }

  get header(): RunHeader['zones'][number] {
    const { name, pods, hostsPerPod, vlans } = this.options;
    const two = (value: number): string => String(value + 1).padStart(2, '0');
    return {
      name,
      vlanCapacity: vlans,
      pods: Array.from({ length: pods }, (_, pod) => ({
        name: `${name}/p${two(pod)}`,
        hosts: Array.from({ length: hostsPerPod }, (_, host) => ({
          name: `${name}/p${two(pod)}/h${two(host)}`,
          type: 'standard',
          role: 'both',
          cpuMillis: 31_000,
          memoryBytes: 252 * GIB,
          nodes: 2,
          localDiskBytes: 0,
          inService: true,
        })),
        storage: [{ name: `${name}/p${two(pod)}/s1`, type: 'filer', capacityBytes: 40 * 1024 * GIB, iops: 40_000 }],
      })),
    };
  }

  /** What happens in the minutes up to `at`; the step after which a sample may be taken. */
  step(at: number, minutes: number): void {
    const arrivals = at === 0 ? this.options.initial : this.count((this.options.arrivalsPerDay * minutes) / 1440);
    for (let count = 0; count < arrivals; count++) this.customer(at);
    for (let network = 0; network < this.networks.length; network++)
      if (this.draw() < minutes / 1440) this.start(at, network);
    for (const vm of [...this.vms.values()]) if (vm.endsAt <= at) this.destroy(at, vm);
  }

  sample(at: number): Sample {
    const layout = zoneLayout(this.hosts);
    const counts: NetworkCounts[] = this.networks.map(({ vms }) => countNetwork([...vms.values()], null, layout));
    const figures = zoneFigures(counts, layout);
    const inUse = this.options.vlans - this.freeVlans.length;
    const used = (field: 'cpuMillis' | 'memoryBytes'): number =>
      [...this.vms.values()].reduce((sum, vm) => sum + vm[field], 0);
    this.totals.vlanPeak = Math.max(this.totals.vlanPeak, inUse);
    this.totals.vlanSum += inUse;
    this.totals.samples++;
    return {
      atMicros: at,
      zone: this.options.name,
      runningVms: figures.vms,
      runningAppliances: figures.networks,
      customers: figures.networks,
      fragmentation: figures.fragmentation,
      hostFragmentation: figures.hostFragmentation,
      podsPerCustomer: figures.podsPerCustomer,
      hostsPerCustomer: figures.hostsPerCustomer,
      phantomDomains: figures.phantomDomains,
      fragmentRate16: fragmentRate(
        16,
        this.hosts.map(({ freeCpuMillis }) => freeCpuMillis),
      ),
      vlansInUse: inUse,
      nics: counts.reduce((sum, { hosts }) => sum + hosts, 0),
      cpuMillisUsed: used('cpuMillis'),
      cpuMillisCapacity: this.capacity.cpuMillis,
      cpuMillisPhysical: this.capacity.cpuMillis,
      memoryBytesUsed: used('memoryBytes'),
      memoryBytesCapacity: this.capacity.memoryBytes,
      memoryBytesPhysical: this.capacity.memoryBytes,
      diskBytesUsed: [...this.diskBytes.values()].reduce((sum, bytes) => sum + bytes, 0),
      diskBytesCapacity: this.capacity.diskBytes,
      cpuMillisDemand: this.options.cpuUse ? used('cpuMillis') * 0.4 : null,
      cpuMillisShort: this.options.cpuUse ? used('cpuMillis') * 0.01 : null,
      vmsShort: this.options.cpuUse ? Math.floor(figures.vms / 50) : null,
      ...networkFigures(this.options, at, figures.vms),
    };
  }

  private emit(at: number, change: Change): void {
    this.tell(this.number++, { ...change, at } as Transaction);
  }

  private customer(at: number): void {
    const account = this.networks.length;
    this.emit(at, { kind: 'account', account, name: `c${account}`, zone: this.options.name });
    this.emit(at, {
      kind: 'network',
      network: account,
      account,
      name: 'default',
      address: 0x0a000000,
      prefixLength: 8,
      gateway: 0x0a010101,
    });
    this.networks.push({ vlan: null, vms: new Map() });
    const vms = 2 + Math.floor(this.draw() * 4);
    for (let count = 0; count < vms; count++) this.start(at, account);
  }

  private start(at: number, network: number): void {
    const offering = this.draw() < 0.6 ? 0 : this.draw() < 0.75 ? 1 : 2;
    const { cpuMillis, memoryBytes, diskBytes } = SIZES[offering]!;
    const vm = this.next.vm++;
    const request = this.next.request++;
    const type = 'start-new';
    this.totals.requested++;
    const sizes = { cpuMillis, memoryBytes, diskBytes };
    const head = { vm, name: `vm${vm}`, account: network, networks: [network], role: 'user' } as const;
    this.emit(at, { kind: 'vm', ...head, offering, ...sizes, storage: 'pod', template: null });
    this.emit(at, { kind: 'request', request, type, ref: request, account: network, vm });
    this.emit(at, { kind: 'address-assigned', vm, interface: 'eth0', address: 0x0a010102 + vm });
    this.emit(at, { kind: 'vm-state', vm, event: 'create', from: 'destroyed', to: 'requested', request, reason: null });
    const record = this.networks[network]!;
    record.vlan ??= this.takeVlan(at, network);
    if (record.vlan === null) return this.refuse(at, vm, request, 'requested', 'vlan-exhausted');
    this.emit(at, {
      kind: 'vm-state',
      vm,
      event: 'network-ready',
      from: 'requested',
      to: 'placing',
      request,
      reason: null,
    });
    const question = this.next.question++;
    this.emit(at, { kind: 'asked', question, vm });
    const host = this.place(cpuMillis, memoryBytes);
    if (host < 0) return this.refuse(at, vm, request, 'placing', 'no-capacity');
    this.emit(at, { kind: 'placed', vm, host, nodes: [vm % 2], question });
    this.run(at, vm, request);
    this.emit(at, { kind: 'request-ended', request, type, ref: request, vm, outcome: 'done', reason: null });
    const endsAt = at - Math.log(1 - this.draw()) * 2880 * MINUTE;
    const made: Vm = { id: vm, network, host, cpuMillis, memoryBytes, endsAt, request };
    this.vms.set(vm, made);
    this.diskBytes.set(vm, diskBytes);
    record.vms.set(vm, made);
    this.totals.started++;
  }

  /** From placed to running, with a command for each step. */
  private run(at: number, vm: number, request: number): void {
    const steps = [
      ['place', 'placing', 'provisioning', 'create-disk'],
      ['provisioned', 'provisioning', 'mounting', 'mount-disk'],
      ['mounted', 'mounting', 'starting', 'start-vm'],
      ['started', 'starting', 'running', null],
    ] as const;
    for (const [event, from, to, type] of steps) {
      this.emit(at, { kind: 'vm-state', vm, event, from, to, request, reason: null });
      if (type === null) continue;
      const command = this.next.command++;
      const deadline = at + MINUTE;
      const server = type === 'create-disk' ? 0 : null;
      const host = type === 'create-disk' ? null : 0;
      this.emit(at, { kind: 'command', command, type, subject: vm, host, server, attempt: 1, deadline });
      this.emit(at, { kind: 'command-ended', command, outcome: 'done', reason: null });
    }
  }

  private refuse(
    at: number,
    vm: number,
    request: number,
    from: 'requested' | 'placing',
    reason: 'vlan-exhausted' | 'no-capacity',
  ): void {
    this.refused[reason] = (this.refused[reason] ?? 0) + 1;
    this.emit(at, { kind: 'vm-state', vm, event: 'refuse', from, to: 'stopped', request, reason });
    this.emit(at, {
      kind: 'request-ended',
      request,
      type: 'start-new',
      ref: request,
      vm,
      outcome: 'refused',
      reason,
    });
  }

  private destroy(at: number, { id: vm, network, host, cpuMillis, memoryBytes }: Vm): void {
    const request = this.next.request++;
    const type = 'destroy';
    const steps = [
      ['stop', 'running', 'stopping'],
      ['halted', 'stopping', 'dismounting'],
      ['dismounted', 'dismounting', 'stopped'],
      ['destroy', 'stopped', 'destroying'],
      ['disk-destroyed', 'destroying', 'destroyed'],
    ] as const;
    this.emit(at, { kind: 'request', request, type, ref: request, account: network, vm });
    for (const [event, from, to] of steps) {
      if (event === 'dismounted') this.emit(at, { kind: 'unplaced', vm, host, heldUntil: null });
      this.emit(at, { kind: 'vm-state', vm, event, from, to, request, reason: null });
    }
    this.emit(at, { kind: 'request-ended', request, type, ref: request, vm, outcome: 'done', reason: null });
    this.hosts[host]!.freeCpuMillis += cpuMillis;
    this.hosts[host]!.freeMemoryBytes += memoryBytes;
    this.vms.delete(vm);
    this.diskBytes.delete(vm);
    const record = this.networks[network]!;
    record.vms.delete(vm);
    this.totals.stopped++;
    if (record.vms.size > 0) return;
    this.emit(at, { kind: 'vlan-released', network, vlan: record.vlan! });
    this.freeVlans.unshift(record.vlan!);
    record.vlan = null;
  }

  private takeVlan(at: number, network: number): number | null {
    const vlan = this.freeVlans.shift() ?? null;
    if (vlan !== null) this.emit(at, { kind: 'vlan-assigned', network, vlan });
    return vlan;
  }

  /** The first host with room from a random one on: scatters customers, as a report should show. */
  private place(cpuMillis: number, memoryBytes: number): number {
    const from = Math.floor(this.draw() * this.hosts.length);
    for (let count = 0; count < this.hosts.length; count++) {
      const at = (from + count) % this.hosts.length;
      const host = this.hosts[at]!;
      if (host.freeCpuMillis < cpuMillis || host.freeMemoryBytes < memoryBytes) continue;
      host.freeCpuMillis -= cpuMillis;
      host.freeMemoryBytes -= memoryBytes;
      return at;
    }
    return -1;
  }

  private count(mean: number): number {
    return Math.floor(mean) + (this.draw() < mean % 1 ? 1 : 0);
  }

  private draw(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 2 ** 32;
  }
}
