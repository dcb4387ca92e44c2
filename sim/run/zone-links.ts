/**
 * A zone's topology as the plant's followers of traffic ask for it: links by host, rack and pod, and ways between machines. Hosts
 * of a pod without racks count as one rack that has no links of its own. Guarantees one list a way, made when first asked for.
 */
import type { GuestLinks } from '../datacenter/traffic/link-loads.js';
import type { ManagementLinks } from '../datacenter/traffic/management-traffic.js';
import type { Place } from '../datacenter/traffic/network-traffic.js';
import type { Endpoint, NetworkPaths } from '../../models/network/path.js';
import type { ZoneTopology } from '../../models/network/topology.js';
import type { FlowEnd } from '../scenario/flow-spec.js';
import type { TrafficClass } from '../../models/network/zone-plan.js';

export interface DiskEnd {
  readonly at: Endpoint;
  readonly name: string;
}

export class ZoneLinks implements GuestLinks, ManagementLinks {
  readonly topology: ZoneTopology;
  private readonly ways = new Map<string, readonly number[]>();
  // Asked for at every reading of all links: found by number. By server and host; by host.
  private readonly readWays = new Map<number, readonly number[]>();
  private readonly writeWays = new Map<number, readonly number[]>();
  private readonly publicWays: { up: readonly number[]; down: readonly number[] }[] = [];
  private readonly placeOfHost: readonly Place[];

  constructor(
    private readonly paths: NetworkPaths,
    /** Number of the zone. */
    readonly zone: number,
    /** Storage servers, then hosts' own disks. */
    private readonly disks: readonly { readonly host: number | null }[],
  ) {
    const topology = (this.topology = paths.zones[zone]!);
    this.placeOfHost = topology.plan.hosts.map(({ pod }, host) => {
      const rack = topology.rackOf[host]!;
      return { host, rack: rack >= 0 ? rack : topology.rackCount + pod, pod };
    });
  }

  readonly placeOf = (host: number): Place => this.placeOfHost[host]!;

  hostUp(host: number): number {
    return this.topology.hostUp('data', host);
  }
  hostDown(host: number): number {
    return this.topology.hostDown('data', host);
  }
  rackUp(rack: number): number {
    return rack < this.topology.rackCount ? this.topology.rackUp('data', rack) : -1;
  }
  rackDown(rack: number): number {
    return rack < this.topology.rackCount ? this.topology.rackDown('data', rack) : -1;
  }
  podUp(pod: number): number {
    return this.topology.podUp('data', pod);
  }
  podDown(pod: number): number {
    return this.topology.podDown('data', pod);
  }

  toPublic(host: number): readonly number[] {
    return this.publicWay(host).up;
  }
  fromPublic(host: number): readonly number[] {
    return this.publicWay(host).down;
  }
  between(from: number, to: number): readonly number[] {
    return this.way(this.host(from), this.host(to), 'guest');
  }

  /** From a storage server to a host, and back. Hosts' own disks (numbers beyond the servers) need no network. */
  reads(server: number, host: number): readonly number[] {
    return this.diskWay(this.readWays, server, host, () => this.way(this.server(server), this.host(host), 'storage'));
  }
  writes(server: number, host: number): readonly number[] {
    return this.diskWay(this.writeWays, server, host, () => this.way(this.host(host), this.server(server), 'storage'));
  }

  private publicWay(host: number): { up: readonly number[]; down: readonly number[] } {
    return (this.publicWays[host] ??= {
      up: this.way(this.host(host), { kind: 'public' }, 'public'),
      down: this.way({ kind: 'public' }, this.host(host), 'public'),
    });
  }

  private diskWay(
    known: Map<number, readonly number[]>,
    server: number,
    host: number,
    find: () => readonly number[],
  ): readonly number[] {
    const key = server * this.topology.plan.hosts.length + host;
    let way = known.get(key);
    if (way === undefined) known.set(key, (way = this.isLocal(server) ? [] : find()));
    return way;
  }

  toHost(host: number): readonly number[] {
    return this.way(this.management, this.host(host), 'management');
  }
  fromHost(host: number): readonly number[] {
    return this.way(this.host(host), this.management, 'management');
  }
  toServer(server: number): readonly number[] {
    return this.isLocal(server) ? [] : this.way(this.management, this.server(server), 'management');
  }
  fromServer(server: number): readonly number[] {
    return this.isLocal(server) ? [] : this.way(this.server(server), this.management, 'management');
  }

  /** Numbers of the zone's links from one end to another. */
  way(from: Endpoint, to: Endpoint, traffic: TrafficClass): readonly number[] {
    const key = `${traffic} ${keyOf(from)} ${keyOf(to)}`;
    let way = this.ways.get(key);
    if (way === undefined) {
      const { links } = this.paths.between(from, to, traffic);
      this.ways.set(key, (way = links.map(({ link }) => link)));
    }
    return way;
  }

  /** The most that one flow may have on the way. */
  memberBitsPerSecond(from: Endpoint, to: Endpoint, traffic: TrafficClass): number {
    return this.paths.between(from, to, traffic).memberBitsPerSecond;
  }

  /** One way, from switch to switch. */
  latencySeconds(from: Endpoint, to: Endpoint, traffic: TrafficClass): number {
    return this.paths.between(from, to, traffic).latencySeconds;
  }

  isLocal(server: number): boolean {
    return this.disks[server]!.host !== null;
  }

  /** Where a disk is: a storage server, or the host whose own it is. */
  diskEnd(server: number): DiskEnd {
    const { host } = this.disks[server]!;
    const { hosts, servers } = this.topology.plan;
    if (host !== null) return { at: this.host(host), name: hosts[host]!.name };
    return { at: this.server(server), name: servers[server]!.name };
  }

  /** Of a flow from or to a disk. */
  diskFlowEnd(zone: string, server: number): { end: FlowEnd; name: string } {
    const { host } = this.disks[server]!;
    const end: FlowEnd = host === null ? { kind: 'storage', zone, index: server } : { kind: 'host', zone, index: host };
    return { end, name: this.diskEnd(server).name };
  }

  /** An end of a scripted flow. */
  endOf({ kind, index }: FlowEnd): Endpoint {
    switch (kind) {
      case 'host':
        return this.host(index);
      case 'storage':
        return this.server(index);
      case 'template-store':
        return this.templateStore;
      case 'public':
        return { kind };
    }
  }

  host(host: number): Endpoint {
    return { kind: 'host', zone: this.zone, host };
  }
  server(server: number): Endpoint {
    return { kind: 'storage', zone: this.zone, server };
  }
  get templateStore(): Endpoint {
    return { kind: 'template-store', zone: this.zone };
  }
  private get management(): Endpoint {
    return { kind: 'management', zone: this.zone };
  }
}

function keyOf(end: Endpoint): string {
  if (end.kind === 'host') return `h${end.host}`;
  return end.kind === 'storage' ? `s${end.server}` : end.kind;
}
