/** What the network of a zone came to: its part of the summary, and its rows of the tables. */
import { secondsOf } from '../base/units.js';
import type { GuestTrafficResult, ZoneTrafficResult } from '../measures/traffic-result.js';
import type { OfferingSpec } from '../scenario/resolved.js';
import type {
  CustomerTrafficRow,
  LinkRow,
  NetworkTables,
  PodBroadcastRow,
  StorageUseRow,
  TransferRow,
  VlanAlternativeRow,
} from '../store/network-types.js';
import { FIRST_VNI } from '../control/vlan-pools.js';
import { vlanAlternatives } from '../../models/vlan.js';
import type { NetworkMeter } from './network-meter.js';
import { podSizes } from './pod-sizes.js';
import type { ZoneNetwork } from './zone-network.js';

/** Of one zone; what all zones have in common is left out. */
export type ZoneNetworkTables = Omit<
  NetworkTables,
  'parameters' | 'migrations' | 'migrationRounds' | 'rounds' | 'scattered'
>;

export class NetworkResults {
  constructor(
    private readonly network: ZoneNetwork,
    private readonly meter: NetworkMeter,
    private readonly endMicros: number,
    private readonly warmUpMicros: number,
  ) {}

  private get seconds(): number {
    return Math.max(0, secondsOf(this.endMicros - this.warmUpMicros));
  }

  /** null: nothing loads the network beside management messages. */
  traffic(): ZoneTrafficResult | null {
    const { network, meter, endMicros, warmUpMicros } = this;
    if (!network.modelled) return null;
    return {
      micros: Math.max(0, endMicros - warmUpMicros),
      guest: this.guest(),
      storageBits: network.storage && (meter.storageBits.mean(endMicros) ?? 0) * this.seconds,
      managementBits: meter.managementBits,
      transferBits: meter.transferBits,
      crossZoneBits: network.hasCrossing ? meter.crossZoneBits : null,
      hottestLinkPeakUtilization: this.eachLink((link) => meter.use.figures(link).peak).reduce(
        (a, b) => Math.max(a, b),
        0,
      ),
      linksOverloaded: meter.overloads.count,
    };
  }

  tables(offerings: readonly OfferingSpec[], vlanCapacity: number): ZoneNetworkTables {
    const { network, meter, endMicros } = this;
    const { modelled } = network;
    return {
      links: modelled ? this.eachLink((link) => this.link(link)) : [],
      switches: meter.switches.rows(endMicros),
      vlanAlternatives: this.vlanAlternatives(),
      customers: this.customers(),
      pods: this.pods(),
      overloads: meter.overloads.rows(),
      storage: this.storage(),
      podSizes: podSizes(network.zone, offerings, network.overprovision),
      transfers: this.transfers(),
      runOuts: meter.runOuts.rows(vlanCapacity),
    };
  }

  /** In a zone of pods with and without racks, what is across pods crosses so many switches in the mean. */
  private guest(): GuestTrafficResult | null {
    const { network, endMicros } = this;
    if (network.guest === null) return null;
    const { totals } = network.guest;
    const bits = totals.bits(endMicros);
    const { sameRack, samePod, crossPod } = bits;
    const { pods, podLatencySeconds, zoneSwitchLatencySeconds } = network.links.topology.plan;
    const below = pods.reduce((sum, { racks }) => sum + (racks.length > 0 ? 2 : 1), 0) / Math.max(1, pods.length);
    return {
      ...bits,
      cost: sameRack + 3 * samePod + (1 + 2 * below) * crossPod,
      latencySeconds:
        (sameRack + 3 * samePod) * podLatencySeconds +
        crossPod * (2 * below * podLatencySeconds + zoneSwitchLatencySeconds),
      zoneSwitchPeakUtilization: totals.peakCrossPodBitsPerSecond(endMicros) / network.zoneSwitchBitsPerSecond,
    };
  }

  private eachLink<Figure>(of: (link: number) => Figure): Figure[] {
    return Array.from({ length: this.network.links.topology.linkCount }, (_, link) => of(link));
  }

  private link(link: number): LinkRow {
    const { zone, links } = this.network;
    const { name, kind, fabric, capacityBitsPerSecond } = links.topology.link(link);
    const { bits } = this.meter;
    const rate = (sent: Float64Array): number => (this.seconds > 0 ? sent[link]! / this.seconds : 0);
    return {
      ...{ zone: zone.name, link: name, kind, fabric, capacityBitsPerSecond },
      ...this.meter.use.figures(link),
      guest: rate(bits.guest),
      storage: rate(bits.storage),
      management: rate(bits.management),
      transfers: rate(bits.transfers),
    };
  }

  private vlanAlternatives(): VlanAlternativeRow[] {
    const { zone } = this.network;
    return vlanAlternatives(zone.vlans.length, zone.pods.length, { reservedOverlayIds: FIRST_VNI }).map(
      ({ scope, networks, spansPods, overheadBytes, payloadRatio }) => ({
        ...{ zone: zone.name, scope, inForce: scope === zone.vlanScope ? 1 : 0, networks },
        ...{ spansPods: spansPods ? 1 : 0, overheadBytes, payloadRatio },
      }),
    );
  }

  private customers(): CustomerTrafficRow[] {
    const { guest, names, zone } = this.network;
    const rows = [...(guest?.allNetworks() ?? [])].map((network): CustomerTrafficRow => {
      const { sameHost, sameRack, samePod, crossPod, toPublic, fromPublic } = guest!.bitsOf(network, this.endMicros);
      const { account, network: name } = names.get(network)!;
      return {
        ...{ zone: zone.name, account, network: name },
        ...{ sameHost, samePod: sameRack + samePod, crossPod, toPublic, fromPublic },
      };
    });
    return rows.sort((a, b) => compare(a.account, b.account) || compare(a.network, b.network));
  }

  /** And all hosts as one flat network. */
  private pods(): PodBroadcastRow[] {
    const { zone } = this.network;
    const { pods, flat } = this.meter.broadcast.result(this.endMicros);
    const hosts = pods.reduce((sum, pod) => sum + pod.hosts, 0);
    const rows = [...pods, { ...flat, pod: 'flat', hosts }];
    return rows.map(
      ({
        pod,
        hosts: count,
        meanFramesPerSecond,
        maxFramesPerSecond,
        floodedFramesPerSecond,
        cpuShare,
        linkShare,
      }) => ({
        ...{ zone: zone.name, pod, hosts: count, meanFramesPerSecond, maxFramesPerSecond },
        ...{ floodedFramesPerSecond, cpuShare, linkShare },
      }),
    );
  }

  private storage(): StorageUseRow[] {
    const { storage, zone } = this.network;
    if (storage === null) return [];
    return zone.pods
      .flatMap((pod) => pod.storage)
      .map(({ name }, server) => {
        const { capacity, meanDemand, peakDemand, shortRatio, timeShortRatio } = storage.use(server, this.endMicros);
        return {
          ...{ zone: zone.name, server: name, capacityIops: capacity, meanIops: meanDemand, peakIops: peakDemand },
          ...{ shortRatio, timeShortRatio },
        };
      });
  }

  private transfers(): TransferRow[] {
    const { transfers, zone } = this.network;
    return transfers.records.map((record, transfer): TransferRow => {
      const { kind, source, destination, bytes, beginMicros, endSeconds, cancelled, delaySeconds } = record;
      const seconds = endSeconds === null ? null : endSeconds - secondsOf(beginMicros);
      return {
        ...{ zone: zone.name, transfer, kind, source, destination, bytes, beginMicros },
        endMicros: endSeconds === null ? null : Math.round(endSeconds * 1e6),
        outcome: cancelled ? 'cancelled' : endSeconds === null ? 'under-way' : 'done',
        meanBitsPerSecond: seconds === null || seconds <= 0 ? null : (bytes * 8) / seconds,
        delaySeconds,
      };
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
