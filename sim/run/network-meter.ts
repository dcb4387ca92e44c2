/**
 * What the network of a zone is measured by, at the samples of a run, recorded or not: how much of each link is used and by
 * what, links that are asked for more than they have, switches, broadcast, and what grows. Each sample holds until the next;
 * what transfers and management messages put on a link counts where it was sent, between two samples.
 */
import { LinkUse } from '../measures/link-use.js';
import { TimeWeighted } from '../measures/time-weighted.js';
import type { Plant } from '../datacenter/plant.js';
import type { Received } from '../datacenter/broadcast/received.js';
import type { Sample } from '../store/types.js';
import { BroadcastMeter } from './broadcast-meter.js';
import { Overloads } from './overloads.js';
import { RunOuts } from './run-outs.js';
import { SwitchMeter } from './switch-meter.js';
import type { ZoneNetwork } from './zone-network.js';

export const LINK_CLASSES = ['guest', 'storage', 'management', 'transfers'] as const;
export type LinkClass = (typeof LINK_CLASSES)[number];

export type NetworkSample = Pick<
  Sample,
  | 'bitsSameHost'
  | 'bitsSamePod'
  | 'bitsCrossPod'
  | 'bitsPublic'
  | 'bitsStorage'
  | 'bitsManagement'
  | 'bitsTransfers'
  | 'zoneSwitchUse'
  | 'hottestLinkUse'
  | 'linksOverloaded'
  | 'iopsDemand'
  | 'iopsServed'
  | 'framesPerHost'
  | 'flatFramesPerHost'
>;

export class NetworkMeter {
  readonly use: LinkUse;
  readonly switches: SwitchMeter;
  readonly broadcast: BroadcastMeter;
  readonly overloads: Overloads;
  /** Mean of the operations' bits, each counted once. */
  readonly storageBits: TimeWeighted;
  readonly runOuts: RunOuts;
  /** Bits of a class over a link after the warm-up. */
  readonly bits: Readonly<Record<LinkClass, Float64Array>>;
  managementBits = 0;
  transferBits = 0;
  /** Of transfers that begin here and end in another zone. */
  crossZoneBits = 0;
  private readonly loads: Readonly<Record<LinkClass, Float64Array>>;
  private readonly shares: Float64Array;
  private atMicros = -1;
  /** Of messages and of transfers, up to the sample before. */
  private readonly sent: { management: Float64Array; transfers: Float64Array };
  private sentManagement = 0;
  private sentTransfers = 0;
  private sentAcross = 0;
  private latest: NetworkSample | null = null;

  constructor(
    private readonly network: ZoneNetwork,
    plant: Plant,
    private readonly warmUpMicros: number,
  ) {
    const { linkCount } = network.links.topology;
    const floats = (): Float64Array => new Float64Array(linkCount);
    this.use = new LinkUse(linkCount, warmUpMicros);
    this.loads = { guest: floats(), storage: floats(), management: floats(), transfers: floats() };
    this.bits = { guest: floats(), storage: floats(), management: floats(), transfers: floats() };
    this.sent = { management: floats(), transfers: floats() };
    this.shares = floats();
    this.storageBits = new TimeWeighted(warmUpMicros);
    this.switches = new SwitchMeter(network, plant, warmUpMicros);
    this.broadcast = new BroadcastMeter(network, warmUpMicros);
    this.overloads = new Overloads(network);
    this.runOuts = new RunOuts(network, plant, warmUpMicros);
  }

  /** Whether anything loads links beside management. */
  get modelled(): boolean {
    return this.network.modelled;
  }

  /** The figures at this instant: at every sample time of the run, in their order. */
  sample(atMicros: number, vlansInUse: number): NetworkSample {
    if (atMicros === this.atMicros) return this.latest!;
    const links = this.modelled ? this.sampleLinks(atMicros) : NO_LINKS;
    const received = this.broadcast.sample(atMicros);
    this.switches.sample(atMicros, received.pods, this.modelled ? this.total() : null);
    this.runOuts.sample(atMicros, vlansInUse, this.modelled ? this.loads.guest : null);
    this.atMicros = atMicros;
    return (this.latest = {
      ...links,
      ...this.disks(),
      framesPerHost: meanOverHosts(received.pods, this.network),
      flatFramesPerHost: received.flat.framesPerSecond,
    });
  }

  private sampleLinks(
    atMicros: number,
  ): Omit<NetworkSample, 'iopsDemand' | 'iopsServed' | 'framesPerHost' | 'flatFramesPerHost'> {
    const { network, loads } = this;
    const seconds = this.atMicros < 0 ? 0 : (atMicros - this.atMicros) / 1e6;
    this.hold(atMicros, seconds);
    network.loads(loads.guest, loads.storage);
    this.overloads.look(atMicros, loads.guest, loads.storage, atMicros >= this.warmUpMicros);
    const { capacityBitsPerSecond } = network.links.topology;
    let hottest = 0;
    for (let link = 0; link < capacityBitsPerSecond.length; link++)
      hottest = Math.max(hottest, this.loadOf(link) / capacityBitsPerSecond[link]!);
    const totals = network.guest?.totals.at(atMicros) ?? null;
    const counted = seconds > 0 ? countedSeconds(atMicros, seconds, this.warmUpMicros) / seconds : 0;
    const management = this.network.management.allBits(atMicros) - this.sentManagement;
    const transfers = this.network.transfers.allBits(atMicros) - this.sentTransfers;
    const across = this.network.transfers.allBits(atMicros, true) - this.sentAcross;
    this.sentAcross += across;
    this.crossZoneBits += across * counted;
    this.sentManagement += management;
    this.sentTransfers += transfers;
    this.managementBits += management * counted;
    this.transferBits += transfers * counted;
    return {
      bitsSameHost: totals && totals.sameHost,
      bitsSamePod: totals && totals.sameRack + totals.samePod,
      bitsCrossPod: totals && totals.crossPod,
      bitsPublic: totals && totals.toPublic + totals.fromPublic,
      bitsStorage: network.storage && this.storageNow(atMicros),
      bitsManagement: seconds > 0 ? management / seconds : 0,
      bitsTransfers: seconds > 0 ? transfers / seconds : 0,
      zoneSwitchUse: totals && totals.crossPod / network.zoneSwitchBitsPerSecond,
      hottestLinkUse: hottest,
      linksOverloaded: this.overloads.now,
    };
  }

  /** What the sample before found holds up to now, with what was sent since. */
  private hold(atMicros: number, seconds: number): void {
    const { network, loads, sent, shares } = this;
    const { capacityBitsPerSecond } = network.links.topology;
    const counted = countedSeconds(atMicros, seconds, this.warmUpMicros);
    for (let link = 0; link < shares.length; link++) {
      const management = network.management.linkBits(link, atMicros);
      const transfers = network.transfers.linkBits(link, atMicros);
      if (seconds > 0) {
        loads.management[link] = (management - sent.management[link]!) / seconds;
        loads.transfers[link] = (transfers - sent.transfers[link]!) / seconds;
      }
      sent.management[link] = management;
      sent.transfers[link] = transfers;
      for (const one of LINK_CLASSES) this.bits[one][link]! += loads[one][link]! * counted;
      shares[link] = this.loadOf(link) / capacityBitsPerSecond[link]!;
    }
    if (this.atMicros >= 0) this.use.sample(this.atMicros, shares);
    this.use.hold(atMicros);
  }

  private loadOf(link: number): number {
    const { guest, storage, management, transfers } = this.loads;
    return guest[link]! + storage[link]! + management[link]! + transfers[link]!;
  }

  private total(): Float64Array {
    return Float64Array.from(this.shares, (_, link) => this.loadOf(link));
  }

  private storageNow(atMicros: number): number {
    const bits = this.network.storage!.bitsPerSecond();
    this.storageBits.set(atMicros, bits);
    return bits;
  }

  private disks(): Pick<NetworkSample, 'iopsDemand' | 'iopsServed'> {
    const { storage } = this.network;
    if (storage === null) return { iopsDemand: null, iopsServed: null };
    const { demand, served } = storage.sample();
    return { iopsDemand: demand, iopsServed: served };
  }
}

const NO_LINKS = {
  ...{ bitsSameHost: null, bitsSamePod: null, bitsCrossPod: null, bitsPublic: null, bitsStorage: null },
  ...{ bitsManagement: null, bitsTransfers: null, zoneSwitchUse: null, hottestLinkUse: null, linksOverloaded: null },
} as const;

/** Of the last `seconds` before a time, those after the warm-up. */
function countedSeconds(atMicros: number, seconds: number, warmUpMicros: number): number {
  return Math.max(0, Math.min(seconds, (atMicros - warmUpMicros) / 1e6));
}

function meanOverHosts(pods: readonly Received[], { links }: ZoneNetwork): number {
  const { hosts } = links.topology.plan;
  if (hosts.length === 0) return 0;
  return hosts.reduce((sum, { pod }) => sum + pods[pod]!.framesPerSecond, 0) / hosts.length;
}
