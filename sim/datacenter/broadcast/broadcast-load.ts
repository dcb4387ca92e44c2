/**
 * Broadcast in a zone: what hosts receive in their pods, and what they would receive if all of them were one flat layer-2
 * network. Steady rates follow from who is there at a sample; single events (boots, peers that stop) send frames that are
 * counted as they happen. It schedules nothing and draws nothing.
 */
import { bootFrames, deadPeerFrames } from '../../../models/broadcast/emission.js';
import { unknownUnicastShare } from '../../../models/broadcast/flooding.js';
import type { BroadcastParameters } from '../../../models/broadcast/parameters.js';
import type { Trunks } from '../../../models/broadcast/reception.js';
import type { Domain } from '../domain.js';
import type { PlantObserver } from '../plant-observer.js';
import { DomainMembers, type Members } from './domain-members.js';
import { received, type GuestDomain, type HostMachine, type Received } from './received.js';

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
  private readonly members = new DomainMembers();
  private readonly hostsOf: number[][];

  constructor(private readonly world: BroadcastWorld) {
    const count = world.macTables.length;
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

  /** Of each pod now. */
  sample(): Received[] {
    const { macTables, trunks, parameters, machines } = this.world;
    const domains = this.hostsOf.map((): GuestDomain[] => []);
    for (const [network, pods] of this.members.networks)
      for (const [pod, members] of pods) domains[pod]!.push(this.domain(network, pod, members));
    return this.hostsOf.map((hosts, pod) =>
      received({ hosts, trunks, macTable: macTables[pod]!, parameters }, domains[pod]!, (host) => machines[host]!),
    );
  }

  /** As if all hosts of the zone hung on one switch with the largest table of any of its pods'. */
  sampleFlat(): Received {
    const { macTables, trunks, parameters, machines, pods } = this.world;
    const domains = [...this.members.networks].map(([network, byPod]) => {
      const all: Members = { vms: 0, appliances: 0, hosts: new Map() };
      for (const { vms, appliances, hosts } of byPod.values()) {
        all.vms += vms;
        all.appliances += appliances;
        for (const [host, count] of hosts) all.hosts.set(host, count);
      }
      return this.domain(network, null, all);
    });
    const hosts = pods.map((_, host) => host);
    const macTable = Math.max(...macTables);
    return received({ hosts, trunks, macTable, parameters }, domains, (host) => machines[host]!);
  }

  private domain(network: number, pod: number | null, members: Members): GuestDomain {
    const { parameters, delivered } = this.world;
    const { bitsPerSecond, toSilentBitsPerSecond } = delivered?.(network, pod) ?? NOTHING;
    const { gatewayArpSeconds, macAgeingSeconds, unicastFrameBytes } = parameters;
    const framesOf = (bits: number): number => bits / 8 / unicastFrameBytes;
    return {
      members,
      unicastFramesPerSecond: framesOf(bitsPerSecond),
      unknownFramesPerSecond:
        framesOf(toSilentBitsPerSecond) * unknownUnicastShare(gatewayArpSeconds, macAgeingSeconds),
    };
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
