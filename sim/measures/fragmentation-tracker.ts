/**
 * The measures of fragmentation.ts kept up to date for one zone while VMs start and stop: a change costs the same
 * whatever the number of guest networks. Guarantees the plain forms' figures at every instant: counts and demands are
 * integers, and the two sums of fractions are compensated, so that nothing drifts (empty, they start again from 0).
 *
 * Over time, since the warm-up: the time-weighted mean of the zone's figures over the time in which any VM ran (a zone
 * without VMs is neither together nor scattered), and how many VM-microseconds were spent at each value of
 * `fragmentation`, from which quantiles follow exactly.
 */
import { assert } from '../base/assert.js';
import { CompensatedSum } from './compensated-sum.js';
import { figuresOf, type NetworkFigures, type ZoneFigures, type ZoneLayout } from './fragmentation.js';
import type { FragmentationResult, ZoneMeans } from './fragmentation-result.js';
import { TimeWeighted } from './time-weighted.js';

/** A guest network as the tracker keeps it, with the figures that it last put into the zone's sums. */
interface NetworkRecord {
  vms: number;
  /** Its running VMs by host, and by pod. */
  readonly byHost: Map<number, number>;
  readonly byPod: Map<number, number>;
  cpuMillis: number;
  memoryBytes: number;
  router: number | null;
  counted: NetworkFigures | null;
}

/** VMs that have this value of `fragmentation`, since when, and the VM-microseconds spent at it before. */
interface ValueRecord {
  vms: number;
  sinceMicros: number;
  vmMicros: number;
}

export class FragmentationTracker {
  private readonly networks = new Map<number, NetworkRecord>();
  private readonly values = new Map<number, ValueRecord>();
  private readonly over: Readonly<Record<keyof ZoneMeans, TimeWeighted>>;
  private atMicros = 0;
  private vms = 0;
  private networksWithVms = 0;
  // Sums over guest networks of VMs times the figure.
  private readonly fragmentationSum = new CompensatedSum();
  private readonly hostFragmentationSum = new CompensatedSum();
  private podSum = 0;
  private hostSum = 0;
  private phantomSum = 0;

  constructor(
    private readonly zone: ZoneLayout,
    private readonly warmUpMicros = 0,
  ) {
    const over = (): TimeWeighted => new TimeWeighted(warmUpMicros);
    this.over = {
      fragmentation: over(),
      hostFragmentation: over(),
      podsPerCustomer: over(),
      hostsPerCustomer: over(),
      phantomDomains: over(),
    };
  }

  /** A customer's VM (no routing appliance) runs on `host` from now on. */
  vmStarted(atMicros: number, network: number, host: number, cpuMillis: number, memoryBytes: number): void {
    this.change(atMicros, network, (record) => this.addVm(record, 1, host, cpuMillis, memoryBytes));
  }

  vmStopped(atMicros: number, network: number, host: number, cpuMillis: number, memoryBytes: number): void {
    this.change(atMicros, network, (record) => this.addVm(record, -1, host, cpuMillis, memoryBytes));
  }

  /** Where the guest network's routing appliance runs from now on; null: nowhere. */
  routerAt(atMicros: number, network: number, host: number | null): void {
    this.change(atMicros, network, (record) => (record.router = host));
  }

  /** The zone's figures as they stand. */
  figures(): ZoneFigures {
    const { vms } = this;
    const mean = (sum: number): number => (vms === 0 ? 0 : sum / vms);
    return {
      vms,
      networks: this.networksWithVms,
      fragmentation: mean(this.fragmentationSum.value),
      hostFragmentation: mean(this.hostFragmentationSum.value),
      podsPerCustomer: mean(this.podSum),
      hostsPerCustomer: mean(this.hostSum),
      phantomDomains: mean(this.phantomSum),
    };
  }

  vmsOf(network: number): number {
    return this.networks.get(network)?.vms ?? 0;
  }

  /** The figures of one guest network as they stand; null where none of its VMs runs. */
  networkFigures(network: number): NetworkFigures | null {
    return this.networks.get(network)?.counted ?? null;
  }

  /** What the zone's run came to, up to `atMicros`. */
  result(atMicros: number): FragmentationResult {
    this.advance(atMicros);
    for (const record of this.values.values()) this.settle(record);
    const mean = (figure: keyof ZoneMeans): number => this.over[figure].mean(atMicros) ?? 0;
    return {
      vmMicros: [...this.values.values()].reduce((sum, { vmMicros }) => sum + vmMicros, 0),
      mean: {
        fragmentation: mean('fragmentation'),
        hostFragmentation: mean('hostFragmentation'),
        podsPerCustomer: mean('podsPerCustomer'),
        hostsPerCustomer: mean('hostsPerCustomer'),
        phantomDomains: mean('phantomDomains'),
      },
      end: this.figures(),
      values: [...this.values]
        .map(([value, { vmMicros }]) => ({ value, weight: vmMicros }))
        .filter(({ weight }) => weight > 0)
        .sort((a, b) => a.value - b.value),
    };
  }

  private change(atMicros: number, network: number, how: (record: NetworkRecord) => void): void {
    this.advance(atMicros);
    let record = this.networks.get(network);
    if (record === undefined) {
      record = {
        vms: 0,
        byHost: new Map(),
        byPod: new Map(),
        cpuMillis: 0,
        memoryBytes: 0,
        router: null,
        counted: null,
      };
      this.networks.set(network, record);
    }
    this.discount(record);
    how(record);
    this.count(record);
    if (record.vms === 0 && record.router === null) this.networks.delete(network);
    this.restate();
  }

  private advance(atMicros: number): void {
    assert(atMicros >= this.atMicros, () => `FragmentationTracker: time fell from ${this.atMicros} to ${atMicros}`);
    this.atMicros = atMicros;
  }

  private addVm(record: NetworkRecord, sign: 1 | -1, host: number, cpuMillis: number, memoryBytes: number): void {
    const pod = this.zone.podOfHost[host];
    assert(pod !== undefined, () => `FragmentationTracker: the zone has no host ${host}`);
    tally(record.byHost, host, sign);
    tally(record.byPod, pod, sign);
    record.vms += sign;
    record.cpuMillis += sign * cpuMillis;
    record.memoryBytes += sign * memoryBytes;
  }

  private discount(record: NetworkRecord): void {
    if (record.counted === null) return;
    this.addToSums(record.vms, record.counted, -1);
    record.counted = null;
  }

  private count(record: NetworkRecord): void {
    if (record.vms === 0) return;
    const { vms, byHost, byPod, router } = record;
    const onRouter = router !== null && byHost.has(router);
    record.counted = figuresOf({ vms, hosts: byHost.size, pods: byPod.size, demand: record, onRouter }, this.zone);
    this.addToSums(vms, record.counted, 1);
  }

  private addToSums(vms: number, figures: NetworkFigures, sign: 1 | -1): void {
    const weight = sign * vms;
    this.vms += weight;
    this.networksWithVms += sign;
    this.fragmentationSum.add(weight * figures.fragmentation);
    this.hostFragmentationSum.add(weight * figures.hostFragmentation);
    this.podSum += weight * figures.pods;
    this.hostSum += weight * figures.hosts;
    this.phantomSum += weight * figures.phantomDomains;
    if (this.vms === 0) {
      this.fragmentationSum.reset();
      this.hostFragmentationSum.reset();
    }
    let value = this.values.get(figures.fragmentation);
    if (value === undefined) {
      value = { vms: 0, sinceMicros: this.atMicros, vmMicros: 0 };
      this.values.set(figures.fragmentation, value);
    }
    this.settle(value);
    value.vms += weight;
  }

  private settle(value: ValueRecord): void {
    const from = Math.max(value.sinceMicros, this.warmUpMicros);
    if (this.atMicros > from) value.vmMicros += value.vms * (this.atMicros - from);
    value.sinceMicros = this.atMicros;
  }

  private restate(): void {
    const { atMicros, over, vms } = this;
    over.fragmentation.set(atMicros, vms === 0 ? null : this.fragmentationSum.value / vms);
    over.hostFragmentation.set(atMicros, vms === 0 ? null : this.hostFragmentationSum.value / vms);
    over.podsPerCustomer.set(atMicros, vms === 0 ? null : this.podSum / vms);
    over.hostsPerCustomer.set(atMicros, vms === 0 ? null : this.hostSum / vms);
    over.phantomDomains.set(atMicros, vms === 0 ? null : this.phantomSum / vms);
  }
}

function tally(counts: Map<number, number>, key: number, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  assert(count >= 0, () => `FragmentationTracker: a VM stopped on ${key}, where none of its guest network ran`);
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
