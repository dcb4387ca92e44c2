/**
 * A zone's network as numbered directed links: the cables of cables.ts, each up (towards the zone switch, and out of the
 * zone) and down. Numbers are dense, from 0 in each zone, so that loads are kept in arrays by link; what leads to and from
 * a host, rack, pod or server is found in O(1) without allocation.
 *
 *   up = first + 2 i, down = up + 1      of the i-th cable of a run; capacity and member speed [bits per second] by link
 *   tunnel = first + i                   one way: towards the other zone
 *
 * Source: definition.
 * Valid range: speeds above 0; a rack of its pod for each host where the pod has racks, none where it has none.
 * Ignored: failures (the caller lowers what is left of a link), and what cables.ts ignores.
 */
import { assert } from '../../sim/base/assert.js';
import { cablesOf, fabricOf, fabricsOf, switchOf, type CableRun, type LinkKind } from './cables.js';
import type { Fabric, TrafficClass, ZonePlan } from './zone-plan.js';

export interface Link {
  /** E.g. "z1/p01/h01 up", "z1/p01/h01 storage up", "z1 public down". */
  readonly name: string;
  readonly kind: LinkKind;
  readonly fabric: Fabric;
  readonly direction: 'up' | 'down';
  /** What it leads from and to: a machine, a switch as paths name it, a firewall, the public network. */
  readonly from: string;
  readonly to: string;
  readonly capacityBitsPerSecond: number;
  readonly memberBitsPerSecond: number;
}

type Firsts = Readonly<Record<Fabric, number>>;

export class ZoneTopology {
  readonly linkCount: number;
  /** By link. */
  readonly capacityBitsPerSecond: Float64Array;
  readonly memberBitsPerSecond: Float64Array;
  /** By host: its rack, numbered through the zone; -1: none. */
  readonly rackOf: Int32Array;
  readonly rackCount: number;
  private readonly runs: { readonly first: number; readonly cables: CableRun }[] = [];
  private readonly hostFirst: Firsts;
  private readonly rackFirst: Firsts;
  private readonly podFirst: Firsts;
  private readonly storageFirst: number;
  private readonly templateStoreFirst: number;
  private readonly managementFirst: number;
  private readonly publicFirst: number;
  private readonly vpnFirst: number;
  private readonly vpns: ReadonlyMap<string, number>;

  constructor(readonly plan: ZonePlan) {
    this.rackOf = racksOfHosts(plan);
    this.rackCount = plan.pods.reduce((sum, { racks }) => sum + racks.length, 0);
    let next = 0;
    for (const cables of cablesOf(plan)) {
      this.runs.push({ first: next, cables });
      next += cables.count * linksOf(cables);
    }
    this.linkCount = next;
    this.capacityBitsPerSecond = new Float64Array(next);
    this.memberBitsPerSecond = new Float64Array(next);
    for (const { first, cables } of this.runs) this.measure(first, cables);
    this.hostFirst = this.byFabric('host');
    this.rackFirst = this.byFabric('rack');
    this.podFirst = this.byFabric('pod-uplink');
    this.storageFirst = this.firstOf('storage');
    this.templateStoreFirst = this.firstOf('template-store');
    this.managementFirst = this.firstOf('management');
    this.publicFirst = this.firstOf('public');
    this.vpnFirst = this.firstOf('vpn');
    this.vpns = new Map(plan.vpns.map(({ to }, at) => [to, at]));
  }

  private measure(first: number, cables: CableRun): void {
    const links = linksOf(cables);
    for (let at = 0; at < cables.count; at++) {
      const capacity = cables.capacityBitsPerSecond(at);
      assert(capacity > 0, () => `${cables.name(at)}: a link carries something`);
      this.capacityBitsPerSecond.fill(capacity, first + links * at, first + links * (at + 1));
      this.memberBitsPerSecond.fill(cables.memberBitsPerSecond(at), first + links * at, first + links * (at + 1));
    }
  }

  private firstOf(kind: LinkKind, fabric?: Fabric): number {
    return this.runs.find(({ cables }) => cables.kind === kind && (fabric ?? cables.fabric) === cables.fabric)!.first;
  }

  /** What is not separate is on the data fabric. */
  private byFabric(kind: LinkKind): Firsts {
    const fabrics = fabricsOf(this.plan);
    const first = (fabric: Fabric): number => this.firstOf(kind, fabrics.includes(fabric) ? fabric : 'data');
    return {
      data: first('data'),
      management: first('management'),
      storage: first('storage'),
      public: first('public'),
    };
  }

  /** The fabric that carries the class: its own where it is separate. */
  fabricOf(traffic: TrafficClass): Fabric {
    return fabricOf(this.plan, traffic);
  }

  /** A fabric that the zone has not is the data fabric. */
  hostUp(fabric: Fabric, host: number): number {
    assert(host >= 0 && host < this.plan.hosts.length, 'a host of the zone');
    return this.hostFirst[fabric] + 2 * host;
  }
  hostDown(fabric: Fabric, host: number): number {
    return this.hostUp(fabric, host) + 1;
  }

  /** `rack`: numbered through the zone, as in `rackOf`. */
  rackUp(fabric: Fabric, rack: number): number {
    assert(rack >= 0 && rack < this.rackCount, 'a rack of the zone');
    return this.rackFirst[fabric] + 2 * rack;
  }
  rackDown(fabric: Fabric, rack: number): number {
    return this.rackUp(fabric, rack) + 1;
  }

  podUp(fabric: Fabric, pod: number): number {
    assert(pod >= 0 && pod < this.plan.pods.length, 'a pod of the zone');
    return this.podFirst[fabric] + 2 * pod;
  }
  podDown(fabric: Fabric, pod: number): number {
    return this.podUp(fabric, pod) + 1;
  }

  storageUp(server: number): number {
    assert(server >= 0 && server < this.plan.servers.length, 'a storage server of the zone');
    return this.storageFirst + 2 * server;
  }
  storageDown(server: number): number {
    return this.storageUp(server) + 1;
  }

  templateStoreUp(): number {
    return this.templateStoreFirst;
  }
  templateStoreDown(): number {
    return this.templateStoreFirst + 1;
  }
  managementUp(): number {
    return this.managementFirst;
  }
  managementDown(): number {
    return this.managementFirst + 1;
  }
  publicUp(): number {
    return this.publicFirst;
  }
  publicDown(): number {
    return this.publicFirst + 1;
  }

  /** The tunnel's way to the other zone, by its name; -1: no tunnel leads there. */
  vpnUp(zone: string): number {
    const at = this.vpns.get(zone);
    return at === undefined ? -1 : this.vpnFirst + at;
  }
  /** How long that way is. */
  vpnLatencySeconds(zone: string): number {
    const vpn = this.plan.vpns[this.vpns.get(zone) ?? -1];
    assert(vpn, () => `no tunnel leads from ${this.plan.name} to ${zone}`);
    return vpn.latencySeconds;
  }

  /** The switch of the host's rack; null: it has none. */
  rackSwitch(fabric: Fabric, host: number): string | null {
    const { pod, rack } = this.plan.hosts[host]!;
    return rack === null ? null : switchOf(this.plan.pods[pod]!.racks[rack]!.name, fabric);
  }
  podSwitch(fabric: Fabric, pod: number): string {
    return switchOf(this.plan.pods[pod]!.name, fabric);
  }
  zoneSwitch(fabric: Fabric): string {
    return switchOf(this.plan.name, fabric);
  }

  /** For reports: everything about a link. */
  link(link: number): Link {
    assert(link >= 0 && link < this.linkCount, () => `${this.plan.name} has no link ${link}`);
    const { first, cables } = this.runs.findLast((run) => run.cables.count > 0 && run.first <= link)!;
    const at = Math.floor((link - first) / linksOf(cables));
    const up = cables.oneWay || (link - first) % 2 === 0;
    const [lower, upper] = [cables.lower(at), cables.upper(at)];
    return {
      name: `${cables.name(at)} ${up ? 'up' : 'down'}`,
      kind: cables.kind,
      fabric: cables.fabric,
      direction: up ? 'up' : 'down',
      from: up ? lower : upper,
      to: up ? upper : lower,
      capacityBitsPerSecond: this.capacityBitsPerSecond[link]!,
      memberBitsPerSecond: this.memberBitsPerSecond[link]!,
    };
  }
}

function linksOf({ oneWay }: CableRun): 1 | 2 {
  return oneWay ? 1 : 2;
}

function racksOfHosts({ pods, hosts }: ZonePlan): Int32Array {
  const first: number[] = [];
  let next = 0;
  for (const { racks } of pods) {
    first.push(next);
    next += racks.length;
  }
  return Int32Array.from(hosts, ({ name, pod, rack }) => {
    const count = pods[pod]?.racks.length;
    const placed = rack === null ? count === 0 : count !== undefined && rack >= 0 && rack < count;
    assert(placed, () => `${name} is in a rack of its pod, or its pod has none`);
    return rack === null ? -1 : first[pod]! + rack;
  });
}
