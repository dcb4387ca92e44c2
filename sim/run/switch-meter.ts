/** What the switches of a zone had to hold and carry at most, over the samples of a run. */
import type { Plant } from '../datacenter/plant.js';
import type { Received } from '../datacenter/broadcast/received.js';
import { TimeWeighted } from '../measures/time-weighted.js';
import type { TrafficClass } from '../../models/network/zone-plan.js';
import type { SwitchSpec } from '../scenario/resolved.js';
import type { SwitchRow } from '../store/network-types.js';
import type { ZoneNetwork } from './zone-network.js';

interface Peaks {
  readonly vlans: TimeWeighted;
  readonly virtualPorts: TimeWeighted;
  readonly macEntries: TimeWeighted;
  readonly bits: TimeWeighted;
}

export class SwitchMeter {
  private readonly pods: Peaks[];
  private readonly zone: Peaks;

  constructor(
    private readonly network: ZoneNetwork,
    private readonly plant: Plant,
    warmUpMicros: number,
  ) {
    const over = (): TimeWeighted => new TimeWeighted(warmUpMicros);
    const peaks = (): Peaks => ({ vlans: over(), virtualPorts: over(), macEntries: over(), bits: over() });
    this.pods = network.zone.pods.map(peaks);
    this.zone = peaks();
  }

  /** `loads`: bits per second on every link; null: not modelled. */
  sample(atMicros: number, received: readonly Received[], loads: Float64Array | null): void {
    this.pods.forEach((peaks, pod) => this.peak(atMicros, peaks, pod, received[pod]!.macEntries));
    this.peak(
      atMicros,
      this.zone,
      null,
      received.reduce((sum, { macEntries }) => sum + macEntries, 0),
    );
    if (loads === null) return;
    const { topology } = this.network.links;
    const { plan } = topology;
    const through = plan.pods.map((_, pod) => loads[topology.podDown('data', pod)]!);
    plan.hosts.forEach(({ pod }, host) => {
      if (topology.rackOf[host]! < 0) through[pod]! += loads[topology.hostUp('data', host)]!;
    });
    let rack = 0;
    plan.pods.forEach(({ racks }, pod) =>
      racks.forEach(() => (through[pod]! += loads[topology.rackUp('data', rack++)]!)),
    );
    // What has switches of its own does not pass these.
    const shared = (traffic: TrafficClass, link: number): number =>
      topology.fabricOf(traffic) === 'data' ? loads[link]! : 0;
    plan.servers.forEach(({ pod }, server) => (through[pod]! += shared('storage', topology.storageUp(server))));
    this.pods.forEach(({ bits }, pod) => bits.set(atMicros, through[pod]!));
    let zone = shared('public', topology.publicDown());
    zone += shared('storage', topology.templateStoreUp()) + shared('management', topology.managementUp());
    plan.pods.forEach((_, pod) => (zone += loads[topology.podUp('data', pod)]!));
    this.zone.bits.set(atMicros, zone);
  }

  rows(endMicros: number): SwitchRow[] {
    const { zone } = this.network;
    const rows = this.pods.map((peaks, at): SwitchRow => {
      const pod = zone.pods[at]!;
      return this.row(pod.name, 'pod', pod.podSwitches, peaks, endMicros);
    });
    return [...rows, this.row(zone.name, 'zone', zone.zoneSwitches, this.zone, endMicros)];
  }

  private row(
    name: string,
    level: SwitchRow['level'],
    switches: readonly SwitchSpec[],
    { vlans, virtualPorts, macEntries, bits }: Peaks,
    endMicros: number,
  ): SwitchRow {
    const least = (of: (one: SwitchSpec) => number): number => Math.min(...switches.map(of));
    const hidden = this.network.zone.vlanScope === 'overlay';
    return {
      ...{ zone: this.network.zone.name, switch: name, level },
      peakVlans: hidden ? null : (vlans.peak(endMicros) ?? 0),
      vlanLimit: least(({ vlanCount }) => vlanCount),
      peakVirtualPorts: hidden ? null : (virtualPorts.peak(endMicros) ?? 0),
      virtualPortLimit: least((one) => one.virtualPorts),
      peakMacEntries: macEntries.peak(endMicros) ?? 0,
      macTable: least(({ macTableEntries }) => macTableEntries),
      meanBitsPerSecond: bits.mean(endMicros) ?? 0,
      peakBitsPerSecond: bits.peak(endMicros) ?? 0,
    };
  }

  /** `pod` null: the zone switch. */
  private peak(atMicros: number, peaks: Peaks, pod: number | null, macEntries: number): void {
    const { trunks } = this.plant.bridges;
    peaks.vlans.set(atMicros, trunks.switchVlans(pod));
    peaks.virtualPorts.set(atMicros, trunks.virtualPorts(pod));
    peaks.macEntries.set(atMicros, macEntries);
  }
}
