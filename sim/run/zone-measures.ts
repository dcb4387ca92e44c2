/**
 * The measures of a zone while it runs. They follow the plant's truth, change by change; of the plane's belief only what
 * it alone knows, VLAN IDs in use. They schedule nothing and draw nothing.
 */
import type { Transaction } from '../control/history.js';
import type { CpuContention } from '../datacenter/cpu-contention.js';
import type { Domain } from '../datacenter/domain.js';
import type { Plant } from '../datacenter/plant.js';
import type { PlantObserver } from '../datacenter/plant-observer.js';
import { usageOf } from '../datacenter/plant-usage.js';
import { PackingTracker } from '../measures/packing-tracker.js';
import { FragmentRateTracker } from '../measures/fragment-rate-tracker.js';
import type { FragmentationResult } from '../measures/fragmentation-result.js';
import { FragmentationTracker } from '../measures/fragmentation-tracker.js';
import { zoneLayout, type NetworkFigures } from '../measures/fragmentation.js';
import { sumOfResources } from '../measures/resources.js';
import { TimeWeighted } from '../measures/time-weighted.js';
import type { ZoneSpec } from '../scenario/resolved.js';
import type { NetworkMeter, NetworkSample } from './network-meter.js';
import type { Sample } from '../store/types.js';

/** The VM size, in cores, for which unusable free CPU is measured: that of the published rescheduling studies. */
export const FRAGMENT_RATE_CORES = 16;

/** What a sample says where CPU use is not modelled. */
const NO_CPU_USE = { cpuMillisDemand: null, cpuMillisShort: null, vmsShort: null };

export class ZoneMeasures implements PlantObserver {
  readonly fragmentRate: FragmentRateTracker;
  /** What VMs and bridges are promised: CPU in thousandths of a core, memory in bytes. */
  readonly promised: { cpuMillis: TimeWeighted; memoryBytes: TimeWeighted };
  readonly packing: PackingTracker;
  readonly vlans: { now: number; peak: number; over: TimeWeighted };
  /** No customer's VM has run yet. */
  neverRan = true;
  private readonly fragmentation: FragmentationTracker;
  /** Of each NUMA node: its host is in service. */
  private readonly inService: boolean[];
  private readonly hostOf: number[];
  /** Of hosts in service. */
  readonly capacity: Pick<
    Sample,
    'cpuMillisCapacity' | 'cpuMillisPhysical' | 'memoryBytesCapacity' | 'memoryBytesPhysical' | 'diskBytesCapacity'
  >;

  constructor(
    private readonly zone: ZoneSpec,
    private readonly plant: Plant,
    /** null: CPU use is not modelled. */
    readonly cpu: CpuContention | null,
    readonly network: NetworkMeter,
    private readonly now: () => number,
    warmUpMicros: number,
  ) {
    const { hosts: admitted } = plant.config;
    const hosts = zone.pods
      .flatMap((spec, pod) => spec.hosts.map((host) => ({ ...host, pod })))
      .map((host, at) => ({ ...host, nodes: admitted[at]!.nodes, physical: host.nodes }));
    const nothing = { cpuMillis: 0, memoryBytes: 0 };
    this.fragmentation = new FragmentationTracker(
      zoneLayout(
        hosts.map(({ pod, role, nodes }) => ({ pod, ...(role === 'routing' ? nothing : sumOfResources(nodes)) })),
      ),
      warmUpMicros,
    );
    this.inService = hosts.flatMap((host) => host.nodes.map(() => host.inService));
    this.hostOf = hosts.flatMap((host, at) => host.nodes.map(() => at));
    this.packing = new PackingTracker(
      hosts.map((host) => (host.inService ? sumOfResources(host.nodes).cpuMillis : null)),
      warmUpMicros,
    );
    this.fragmentRate = new FragmentRateTracker(FRAGMENT_RATE_CORES, this.inService.length, warmUpMicros);
    hosts
      .flatMap(({ nodes }) => nodes)
      .forEach(({ cpuMillis }, node) => this.fragmentRate.set(0, node, this.inService[node] ? cpuMillis : null));
    this.vlans = { now: 0, peak: 0, over: new TimeWeighted(warmUpMicros) };
    this.vlans.over.set(0, 0);
    this.promised = { cpuMillis: new TimeWeighted(warmUpMicros), memoryBytes: new TimeWeighted(warmUpMicros) };
    this.promised.cpuMillis.set(0, 0);
    this.promised.memoryBytes.set(0, 0);
    const able = hosts.filter((host) => host.inService);
    const promise = sumOfResources(able.flatMap(({ nodes }) => nodes));
    const physical = sumOfResources(able.flatMap((host) => host.physical));
    this.capacity = {
      cpuMillisCapacity: promise.cpuMillis,
      cpuMillisPhysical: physical.cpuMillis,
      memoryBytesCapacity: promise.memoryBytes,
      memoryBytesPhysical: physical.memoryBytes,
      diskBytesCapacity: zone.pods.reduce(
        (sum, { storage }) => storage.reduce((bytes, { capacityBytes }) => bytes + capacityBytes, sum),
        0,
      ),
    };
    plant.observe(this);
  }

  observe(tx: Transaction): void {
    if (tx.kind !== 'vlan-assigned' && tx.kind !== 'vlan-released') return;
    const { vlans } = this;
    vlans.now += tx.kind === 'vlan-assigned' ? 1 : -1;
    vlans.peak = Math.max(vlans.peak, vlans.now);
    vlans.over.set(tx.at, vlans.now);
  }

  vmRunning({ role, networks, host, cpuMillis, memoryBytes }: Domain): void {
    if (role === 'user') this.neverRan = false;
    for (const network of networks)
      if (role === 'router') this.fragmentation.routerAt(this.now(), network, host);
      else this.fragmentation.vmStarted(this.now(), network, host, cpuMillis, memoryBytes);
  }

  vmGone({ role, networks, host, cpuMillis, memoryBytes }: Domain): void {
    for (const network of networks)
      if (role === 'router') this.fragmentation.routerAt(this.now(), network, null);
      else this.fragmentation.vmStopped(this.now(), network, host, cpuMillis, memoryBytes);
  }

  /** Counted as one that goes and one that comes, in the same instant. */
  vmResized(domain: Domain, before: { cpuMillis: number; memoryBytes: number }): void {
    this.vmGone({ ...domain, ...before });
    this.vmRunning(domain);
  }

  nodeChanged(node: number, freeCpuMillis: number): void {
    const { ledger } = this.plant;
    this.promised.cpuMillis.set(this.now(), ledger.totalUsedCpuMillis);
    this.promised.memoryBytes.set(this.now(), ledger.totalUsedMemoryBytes);
    this.packing.set(this.now(), this.hostOf[node]!, ledger.usedCpuMillisOf(this.hostOf[node]!));
    if (this.inService[node]) this.fragmentRate.set(this.now(), node, freeCpuMillis);
  }

  /** At every sample time of a run, whether or not it is recorded: the measures of links and switches rest on it. */
  sampleNetwork(): NetworkSample {
    return this.network.sample(this.now(), this.vlans.now);
  }

  sample(): Sample {
    const { networks, ...figures } = this.fragmentation.figures();
    return {
      atMicros: this.now(),
      zone: this.zone.name,
      ...usageOf(this.plant),
      customers: networks,
      fragmentation: figures.fragmentation,
      hostFragmentation: figures.hostFragmentation,
      podsPerCustomer: figures.podsPerCustomer,
      hostsPerCustomer: figures.hostsPerCustomer,
      phantomDomains: figures.phantomDomains,
      fragmentRate16: this.fragmentRate.now,
      vlansInUse: this.vlans.now,
      ...this.capacity,
      ...(this.cpu?.sample() ?? NO_CPU_USE),
      ...this.sampleNetwork(),
    };
  }

  /** Up to `atMicros`. */
  /** As it stands, of all customers. */
  get fragmentationNow(): number {
    return this.fragmentation.figures().fragmentation;
  }

  /** Of a guest network as it stands; null where none of its VMs runs. */
  networkFragmentation(network: number): (NetworkFigures & { vms: number }) | null {
    const figures = this.fragmentation.networkFigures(network);
    return figures && { ...figures, vms: this.fragmentation.vmsOf(network) };
  }

  fragmentationResult(atMicros: number): FragmentationResult {
    return this.fragmentation.result(atMicros);
  }
}
