/**
 * The truth of a zone: hosts with their NUMA nodes, what their hypervisors run, virtual NICs and bridges, storage servers,
 * disks and mounts. It knows no management plane: VMs, disks and guest networks are numbers that somebody gave them.
 * An operation happens as a whole and at once, or comes back with why it cannot; how long things take is durations.ts.
 */
import { assert } from '../base/assert.js';
import { Bridges } from './bridges.js';
import { sameDomain, type Domain, type DomainSpec, type DomainState } from './domain.js';
import type { PlantFailure } from './failure.js';
import { NodeLedger, type NodeCapacity } from './node-ledger.js';
import type { PlantObserver } from './plant-observer.js';
import { Storage } from './storage.js';

export interface PlantConfig {
  /** A host's number is its place in the list. */
  hosts: readonly PlantHost[];
  servers: readonly { pod: number; capacityBytes: number }[];
  /** What is admitted over what there is; absent: the same. */
  overprovision?: { cpu: number; memory: number };
}

export interface PlantHost {
  pod: number;
  /** What its hypervisor admits of VMs and bridges. */
  nodes: readonly NodeCapacity[];
  /** What it physically has for them; absent: the same. */
  physical?: readonly NodeCapacity[];
}

type DomainRecord = DomainSpec & { state: DomainState };

export class Plant {
  readonly ledger: NodeLedger;
  readonly bridges: Bridges;
  readonly storage: Storage;
  /** Running VMs, without and with the role of a routing appliance. */
  runningVms = 0;
  runningRouters = 0;
  private readonly domains = new Map<number, DomainRecord>();
  private readonly observers: PlantObserver[] = [];

  constructor(readonly config: PlantConfig) {
    this.ledger = new NodeLedger(config.hosts, (node, freeCpuMillis, freeMemoryBytes) => {
      for (const observer of this.observers) observer.nodeChanged?.(node, freeCpuMillis, freeMemoryBytes);
    });
    this.bridges = new Bridges(config.hosts.length, this.ledger);
    this.storage = new Storage(config.servers);
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
    const { vm, host, nodes, cpuMillis, memoryBytes, network } = spec;
    assert(this.config.hosts[host], () => `the zone has no host ${host}`);
    // Wherever it is: its disk, which it holds there, can be nowhere else.
    if (this.domains.has(vm)) return 'in-use';
    if (!this.ledger.splits(host, nodes, cpuMillis, memoryBytes)) return 'refused';
    if (network !== null && this.bridges.on(host, network) === undefined) return 'no-such-nic';
    if (!this.ledger.take(host, nodes, cpuMillis, memoryBytes)) return 'no-room';
    if (network !== null) this.bridges.plugIn(host, network);
    const { role, interfaces } = spec;
    this.domains.set(vm, { vm, host, nodes, cpuMillis, memoryBytes, network, role, interfaces, state: 'booting' });
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
    const { nodes, cpuMillis, memoryBytes, network } = domain;
    this.ledger.giveBack(host, nodes, cpuMillis, memoryBytes);
    if (network !== null) this.bridges.unplug(host, network);
    if (domain.state === 'booting') return;
    this.count(domain, -1);
    for (const observer of this.observers) observer.vmGone?.(domain);
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
