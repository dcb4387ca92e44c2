/**
 * The truth of a zone: hosts with their NUMA nodes, what their hypervisors run, virtual NICs and bridges, storage servers,
 * disks and mounts. It knows no management plane: VMs, disks and guest networks are numbers that somebody gave them.
 * An operation happens as a whole and at once, or comes back with why it cannot; how long things take is durations.ts.
 */
import { assert } from '../base/assert.js';
import { Bridges } from './bridges.js';
import { Consoles } from './consoles.js';
import {
  networksOf,
  sameDomain,
  sameThrottle,
  type Domain,
  type DomainSpec,
  type DomainState,
  type DomainThrottle,
} from './domain.js';
import type { PlantFailure } from './failure.js';
import { NetworkRules } from './network-rules.js';
import { NodeLedger, type NodeCapacity } from './node-ledger.js';
import { Passages, type NewDisk } from './passages.js';
import type { PlantObserver } from './plant-observer.js';
import { Storage, type ServerSpec } from './storage.js';
import { Trunks, type TrunksConfig } from './trunks.js';

export interface PlantConfig {
  /** A host's number is its place in the list. */
  hosts: readonly PlantHost[];
  servers: readonly ServerSpec[];
  /** What is admitted over what there is; absent: the same. */
  overprovision?: { cpu: number; memory: number };
  /** What switches carry; absent: everything, and VLAN IDs are the zone's. */
  trunks?: TrunksConfig;
}

export interface PlantHost {
  pod: number;
  /** What its hypervisor admits of VMs and bridges. */
  nodes: readonly NodeCapacity[];
  /** What it physically has for them; absent: the same. */
  physical?: readonly NodeCapacity[];
}

type DomainRecord = Omit<Domain, 'host' | 'nodes' | 'state' | 'cpuMillis' | 'memoryBytes' | 'throttle'> & {
  host: number;
  nodes: readonly number[];
  state: DomainState;
  cpuMillis: number;
  memoryBytes: number;
  throttle: DomainThrottle;
};

export class Plant {
  readonly ledger: NodeLedger;
  readonly bridges: Bridges;
  readonly storage: Storage;
  /** VMs that are on their way between hosts. */
  readonly passages: Passages;
  readonly consoles = new Consoles();
  /** Running VMs, without and with the role of a routing appliance. */
  runningVms = 0;
  runningRouters = 0;
  private readonly domains = new Map<number, DomainRecord>();
  private readonly observers: PlantObserver[] = [];
  readonly rules = new NetworkRules((vm) => this.domains.get(vm)?.state === 'running', this.observers);

  constructor(readonly config: PlantConfig) {
    this.ledger = new NodeLedger(config.hosts, (node, freeCpuMillis, freeMemoryBytes) => {
      for (const observer of this.observers) observer.nodeChanged?.(node, freeCpuMillis, freeMemoryBytes);
    });
    const trunks = new Trunks(
      config.trunks,
      config.hosts.map(({ pod }) => pod),
    );
    this.bridges = new Bridges(config.hosts.length, this.ledger, trunks);
    this.storage = new Storage(config.servers);
    this.passages = new Passages(this.ledger, this.bridges);
  }

  observe(observer: PlantObserver): void {
    this.observers.push(observer);
  }

  /** The VM, where this host has it. */
  domainOn(host: number, vm: number): Domain | undefined {
    const domain = this.domains.get(vm);
    return domain?.host === host ? domain : undefined;
  }

  /** Every VM that a hypervisor holds, in no particular order. */
  allDomains(): Iterable<Domain> {
    return this.domains.values();
  }

  /** The VM takes its CPU, memory and place on the bridge, and boots. */
  beginStart(spec: DomainSpec): PlantFailure | null {
    const { vm, host, nodes, cpuMillis, memoryBytes, role, interfaces, throttle } = spec;
    const networks = networksOf(spec);
    assert(this.config.hosts[host], () => `the zone has no host ${host}`);
    // Wherever it is: its disk, which it holds there, can be nowhere else.
    if (this.domains.has(vm)) return 'in-use';
    if (!this.ledger.splits(host, nodes, cpuMillis, memoryBytes)) return 'refused';
    for (const network of networks) if (this.bridges.on(host, network) === undefined) return 'no-such-nic';
    if (!this.ledger.take(host, nodes, cpuMillis, memoryBytes)) return 'no-room';
    for (const network of networks) this.bridges.plugIn(host, network);
    const state = 'booting';
    this.domains.set(vm, { vm, host, nodes, cpuMillis, memoryBytes, role, interfaces, networks, throttle, state });
    return null;
  }

  /** Another size, where it is. Nothing is changed where there is no room. */
  resize(host: number, vm: number, cpuMillis: number, memoryBytes: number): PlantFailure | null {
    const domain = this.domains.get(vm);
    if (domain?.host !== host) return 'no-such-vm';
    if (!this.ledger.splits(host, domain.nodes, cpuMillis, memoryBytes)) return 'refused';
    const before = { cpuMillis: domain.cpuMillis, memoryBytes: domain.memoryBytes };
    if (before.cpuMillis === cpuMillis && before.memoryBytes === memoryBytes) return null;
    if (!this.ledger.take(host, domain.nodes, cpuMillis - before.cpuMillis, memoryBytes - before.memoryBytes))
      return 'no-room';
    domain.cpuMillis = cpuMillis;
    domain.memoryBytes = memoryBytes;
    if (domain.state === 'running') for (const observer of this.observers) observer.vmResized?.(domain, before);
    return null;
  }

  /** Other limits, where it is. */
  setThrottle(host: number, vm: number, throttle: DomainThrottle): PlantFailure | null {
    const domain = this.domains.get(vm);
    if (domain?.host !== host) return 'no-such-vm';
    if (sameThrottle(domain.throttle, throttle)) return null;
    domain.throttle = throttle;
    if (domain.state === 'running') for (const observer of this.observers) observer.vmThrottled?.(domain);
    return null;
  }

  /** It has booted. */
  finishStart(vm: number): void {
    const domain = this.domains.get(vm);
    assert(domain?.state === 'booting', () => `VM ${vm} is not booting`);
    domain.state = 'running';
    this.count(domain, 1);
    for (const observer of this.observers) observer.vmRunning?.(domain);
  }

  /** A VM that was found running, before anything else happened. */
  adopt(spec: DomainSpec): PlantFailure | null {
    const failed = this.beginStart(spec);
    if (failed === null) this.finishStart(spec.vm);
    return failed;
  }

  /** Whether the host runs exactly this. */
  runs(spec: DomainSpec): boolean {
    const domain = this.domains.get(spec.vm);
    return domain?.state === 'running' && sameDomain(domain, spec);
  }

  /** The VM is off and holds nothing but its disk. Nothing to do where the host does not have it. */
  remove(host: number, vm: number): void {
    const domain = this.domains.get(vm);
    if (domain?.host !== host) return;
    this.domains.delete(vm);
    const { nodes, cpuMillis, memoryBytes, networks } = domain;
    this.ledger.giveBack(host, nodes, cpuMillis, memoryBytes);
    for (const network of networks) this.bridges.unplug(host, network);
    this.consoles.close(vm);
    this.rules.applianceGone(vm);
    if (domain.state === 'booting') return;
    this.count(domain, -1);
    for (const observer of this.observers) observer.vmGone?.(domain);
  }

  /** Room for a VM that runs elsewhere; `disk`: what it will have in place of its own. */
  expect(spec: DomainSpec, disk: NewDisk | null): PlantFailure | null {
    const failed = disk && this.storage.mountable(spec.host, this.config.hosts[spec.host]!.pod, disk.disk, disk.server);
    return failed ?? this.passages.expect(spec, disk);
  }

  /** A running VM is at the destination that expects it from now on, with its disk; its source holds what it held. */
  arrive(vm: number, host: number): void {
    const domain = this.domains.get(vm);
    const expected = this.passages.expectedOn(host, vm);
    assert(
      domain?.state === 'running' && expected !== undefined,
      () => `VM ${vm} comes to host ${host}, which expects it`,
    );
    const before: Domain = { ...domain };
    domain.host = host;
    domain.nodes = expected.spec.nodes;
    this.passages.arrived(vm, before);
    this.storage.moveMount(vm, host, expected.disk?.disk ?? null);
    this.consoles.close(vm);
    for (const observer of this.observers) {
      if (observer.vmMoved) observer.vmMoved(domain, before);
      else {
        observer.vmGone?.(before);
        observer.vmRunning?.(domain);
      }
    }
  }

  /** All that runs on it is off, and it holds nothing for VMs on their way. What is set up on it (bridges, mounts) stands. */
  failHost(host: number): void {
    for (const { vm, host: at } of [...this.domains.values()]) if (at === host) this.remove(host, vm);
    this.passages.hostFailed(host);
  }

  mount(host: number, vm: number, disk: number, server: number): PlantFailure | null {
    const { hosts, servers } = this.config;
    assert(hosts[host] && servers[server], () => `the zone has no host ${host} or no storage server ${server}`);
    return this.storage.mount(host, hosts[host].pod, vm, disk, server);
  }

  dismount(host: number, vm: number, disk: number): PlantFailure | null {
    return this.storage.dismount(host, vm, disk, this.domainOn(host, vm) !== undefined);
  }

  private count({ role }: Domain, by: 1 | -1): void {
    if (role === 'router') this.runningRouters += by;
    else this.runningVms += by;
  }
}
