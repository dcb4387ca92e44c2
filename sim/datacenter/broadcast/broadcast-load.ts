/**
 * Broadcast in a zone: what hosts receive in their pods, and what they would receive if all of them were one flat layer-2
 * network. Steady rates follow from who is there at a sample; single events (boots, peers that stop) send frames that are
 * counted as they happen. It schedules nothing and draws nothing.
 */
import { bootFrames, deadPeerFrames, migrationFrames } from '../../../models/broadcast/emission.js';
import { unknownUnicastShare } from '../../../models/broadcast/flooding.js';
import type { BroadcastParameters } from '../../../models/broadcast/parameters.js';
import type { Trunks } from '../../../models/broadcast/reception.js';
import type { Domain } from '../domain.js';
import type { PlantObserver } from '../plant-observer.js';
import { DomainMembers } from './domain-members.js';
import { received, type GuestDomain, type HostMachine, type Received, type Unicast } from './received.js';

/** Unicast traffic of a guest network that switches of a pod deliver, in bits per second. */
export interface Delivered {
  readonly bitsPerSecond: number;
  /** Of it, to VMs that send nothing themselves. */
  readonly toSilentBitsPerSecond: number;
}

export interface BroadcastWorld {
  /** A host's pod. */
  readonly pods: readonly number[];
  readonly machines: readonly HostMachine[];
  /** Of the switches of each pod, the smaller of a pair. */
  readonly macTables: readonly number[];
  readonly trunks: Trunks;
  readonly parameters: BroadcastParameters;
  /** In a pod; null pod: in the whole zone, as one network. Nothing where traffic is not modelled. */
  delivered?(network: number, pod: number | null): Delivered;
}

const NOTHING: Delivered = { bitsPerSecond: 0, toSilentBitsPerSecond: 0 };

export class BroadcastLoad implements PlantObserver {
  /** Frames that hosts received of single events, all hosts of a pod together; and as one flat network. */
  readonly eventFrames: Float64Array;
  flatEventFrames = 0;
  private readonly members: DomainMembers;
  /** What was found last, and how many changes there had been. */
  private readonly known: { changes: number; received: Received }[] = [];
  private flat: { changes: number; received: Received } | null = null;
  private readonly hostsOf: number[][];

  constructor(private readonly world: BroadcastWorld) {
    const count = world.macTables.length;
    this.members = new DomainMembers(count);
    this.eventFrames = new Float64Array(count);
    this.hostsOf = world.macTables.map(() => []);
    world.pods.forEach((pod, host) => this.hostsOf[pod]!.push(host));
  }

  vmRunning(domain: Domain): void {
    const pod = this.world.pods[domain.host]!;
    for (const network of domain.networks) {
      this.members.change(network, pod, domain, 1);
      this.tell(network, pod, domain.host, bootFrames(this.world.parameters));
    }
  }

  /** Whoever still talks to it asks for it until he gives up. */
  vmGone(domain: Domain): void {
    const pod = this.world.pods[domain.host]!;
    for (const network of domain.networks) {
      this.members.change(network, pod, domain, -1);
      const left = this.members.in(network, pod);
      const peers = Math.min(left ? left.vms + left.appliances : 0, this.world.parameters.activePeers);
      this.tell(network, pod, domain.host, deadPeerFrames(peers, this.world.parameters));
    }
  }

  /** Announced at its new place; nobody misses it at the old one. */
  vmMoved(domain: Domain, before: Domain): void {
    const { pods, parameters } = this.world;
    for (const network of domain.networks) {
      this.members.change(network, pods[before.host]!, before, -1);
      this.members.change(network, pods[domain.host]!, domain, 1);
      this.tell(network, pods[domain.host]!, domain.host, migrationFrames(1, parameters));
    }
  }

  /** Of each pod now. */
  sample(): Received[] {
    const { members, known } = this;
    const domains = this.hostsOf.map((): GuestDomain[] => []);
    const stale = this.hostsOf.map((_, pod) => this.isStale(pod));
    if (stale.includes(true))
      for (const [network, pods] of members.networks)
        for (const [pod, part] of pods) if (stale[pod]) domains[pod]!.push({ network, parts: [part] });
    return this.hostsOf.map((hosts, pod) => {
      if (!stale[pod]) return known[pod]!.received;
      const now = this.receivedIn(hosts[0] ?? 0, hosts.length, this.world.macTables[pod]!, domains[pod]!, pod);
      known[pod] = { changes: members.changes[pod]!, received: now };
      return now;
    });
  }

  /** As if all hosts of the zone hung on one switch with the largest table of any of its pods'. */
  sampleFlat(): Received {
    const { pods, macTables } = this.world;
    const changes = this.members.changes.reduce((sum, count) => sum + count, 0);
    const { flat } = this;
    const mayChange = this.follows && (this.mayFlood || (flat?.received.macEntries ?? 0) > Math.max(...macTables));
    if (flat?.changes === changes && !mayChange) return flat.received;
    const domains = [...this.members.networks].map(([network, byPod]) => ({ network, parts: [...byPod.values()] }));
    const now = this.receivedIn(0, pods.length, Math.max(...macTables), domains, null);
    this.flat = { changes, received: now };
    return now;
  }

  /** Where nothing may be flooded what hosts receive stays as it is while nobody comes or goes. */
  private isStale(pod: number): boolean {
    const known = this.known[pod];
    if (known === undefined || known.changes !== this.members.changes[pod]) return true;
    return this.follows && (this.mayFlood || known.received.macEntries > this.world.macTables[pod]!);
  }

  private get follows(): boolean {
    return this.world.delivered !== undefined;
  }
  private get mayFlood(): boolean {
    return this.world.parameters.gatewayArpSeconds > this.world.parameters.macAgeingSeconds;
  }

  private receivedIn(
    firstHost: number,
    hostCount: number,
    macTable: number,
    domains: readonly GuestDomain[],
    pod: number | null,
  ): Received {
    const { trunks, parameters, machines } = this.world;
    const layer = { firstHost, hostCount, trunks, macTable, parameters };
    return received(layer, domains, machines, (network) => this.unicast(network, pod));
  }

  private unicast(network: number, pod: number | null): Unicast {
    const { parameters, delivered } = this.world;
    const { bitsPerSecond, toSilentBitsPerSecond } = delivered?.(network, pod) ?? NOTHING;
    const { gatewayArpSeconds, macAgeingSeconds, unicastFrameBytes } = parameters;
    const framesOf = (bits: number): number => bits / 8 / unicastFrameBytes;
    const unknown = unknownUnicastShare(gatewayArpSeconds, macAgeingSeconds);
    return { all: framesOf(bitsPerSecond), unknown: framesOf(toSilentBitsPerSecond) * unknown };
  }

  /** Frames sent once into a guest network, from a host. */
  private tell(network: number, pod: number, from: number, frames: number): void {
    if (frames === 0) return;
    const unpruned = this.world.trunks === 'unpruned';
    const others = (hosts: ReadonlyMap<number, unknown> | undefined, all: number): number =>
      unpruned ? all - 1 : hosts === undefined ? 0 : hosts.size - (hosts.has(from) ? 1 : 0);
    const pods = this.members.networks.get(network);
    this.eventFrames[pod]! += frames * others(pods?.get(pod)?.hosts, this.hostsOf[pod]!.length);
    let flat = unpruned ? this.world.pods.length - 1 : 0;
    if (!unpruned) for (const { hosts } of pods?.values() ?? []) flat += others(hosts, 0);
    this.flatEventFrames += frames * flat;
  }
}
