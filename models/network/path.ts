/**
 * The path between two ends of the network, of one zone or of two: which links it takes, which switches, how long it is.
 * An end climbs from switch to switch up to the first that the other end has above itself, and down from there.
 *
 *   t = sum of t_switch + f t_firewall + D      one way [s]
 *   m = min of m_link                           the most that one flow may have [bits per second]; none where no link is
 *
 *   t_switch  latency of each switch crossed: rack or pod switch, zone switch [s]
 *   f         firewalls crossed: none within a zone, one to the public network, two between zones
 *   D         between zones: that of their data centers, or of the tunnel that takes its place [s]; otherwise 0
 *
 * Fabrics: an end that has only one port (storage server, template store, management servers) is where its class's switches
 * are, and a host uses the port that it has there; else a host uses its class's. Where two ends of a zone are on
 * different fabrics, what passes between them crosses both zone switches. Zones meet on any fabric at their firewalls.
 * Between zones a path crosses the public network, counted as a switch (pod, zone, public, zone, pod: 5), or goes through
 * the zones' tunnel: over both public links and the tunnel's own, which stands for the public network (4 switches), and
 * untranslated. Else each firewall that is crossed translates addresses where its mode for the class is `nat`: on the
 * management network by default, since pods of two zones use the same private addresses.
 * The management servers of a zone are inside it, at its zone switch. A cluster that serves several zones stands in one of
 * them: to the others it is in that zone, behind both firewalls.
 *
 * Source: definition.
 * Valid range: any two ends of known zones; latencies of 0 and more.
 * Ignored: queueing, cables' length within a data center, redundant switches' choice between two ways, source NAT by the
 * routing appliance (the caller's), two tunnels in a row: zones without a tunnel of their own meet in the public network.
 */
import { assert } from '../../sim/base/assert.js';
import { firewallOf, PUBLIC_NETWORK } from './cables.js';
import type { ZoneTopology } from './topology.js';
import type { Fabric, TrafficClass } from './zone-plan.js';

export type Endpoint =
  | { readonly kind: 'host'; readonly zone: number; readonly host: number }
  | { readonly kind: 'storage'; readonly zone: number; readonly server: number }
  | { readonly kind: 'template-store'; readonly zone: number }
  | { readonly kind: 'management'; readonly zone: number }
  | { readonly kind: 'public' };

/** Numbers of the zone, and of the link in it. */
export interface PathLink {
  readonly zone: number;
  readonly link: number;
}

export interface Path {
  /** In order. */
  readonly links: readonly PathLink[];
  /** Named, in order; a pair of redundant switches is one. */
  readonly switches: readonly string[];
  readonly latencySeconds: number;
  /** Infinity: no link is in the way. */
  readonly memberBitsPerSecond: number;
  /** Firewalls that translate addresses, in order. */
  readonly translations: readonly string[];
}

/** Of two zones, one way and the other; pairs without an entry are at no distance. */
export interface ZoneDistance {
  readonly between: readonly [zone: number, other: number];
  readonly latencySeconds: number;
}

type Inside = Exclude<Endpoint, { kind: 'public' }>;

/** From an end up to its zone switch: link i leads to (up) and from (down) switch i. */
interface Climb {
  readonly up: readonly number[];
  readonly down: readonly number[];
  readonly switches: readonly string[];
}

export class NetworkPaths {
  private readonly distances = new Map<number, number>();

  /** Zones are known by their place in the list. */
  constructor(
    readonly zones: readonly ZoneTopology[],
    distances: readonly ZoneDistance[] = [],
  ) {
    for (const { between, latencySeconds } of distances) {
      const [a, b] = between;
      this.distances.set(a * zones.length + b, latencySeconds);
      this.distances.set(b * zones.length + a, latencySeconds);
    }
  }

  /** The path that traffic of the class takes; the way back is the same one reversed. */
  between(from: Endpoint, to: Endpoint, traffic: TrafficClass): Path {
    if (from.kind === 'public') {
      assert(to.kind !== 'public', 'a path has an end in a zone');
      return this.toPublic(to, traffic, 'down');
    }
    if (to.kind === 'public') return this.toPublic(from, traffic, 'up');
    return from.zone === to.zone ? this.within(from, to, traffic) : this.across(from, to, traffic);
  }

  private within(from: Inside, to: Inside, traffic: TrafficClass): Path {
    const { zone } = from;
    const topology = this.zone(zone);
    if (sameEnd(from, to)) return NO_PATH;
    const a = climb(topology, from, fabricFor(topology, from, to, traffic));
    const b = climb(topology, to, fabricFor(topology, to, from, traffic));
    const top = a.switches.findIndex((name) => b.switches.includes(name));
    // On two fabrics they have no switch in common: each goes to its zone switch, and is routed over.
    const rise = top < 0 ? a.switches.length : top + 1;
    const fall = top < 0 ? b.switches.length : b.switches.indexOf(a.switches[top]!) + 1;
    return this.path(
      [...inZone(zone, a.up.slice(0, rise)), ...inZone(zone, b.down.slice(0, fall).reverse())],
      [...a.switches.slice(0, rise), ...b.switches.slice(0, top < 0 ? fall : fall - 1).reverse()],
      this.switchSeconds(zone, rise, a) + this.switchSeconds(zone, top < 0 ? fall : fall - 1, b),
      [],
    );
  }

  private across(from: Inside, to: Inside, traffic: TrafficClass): Path {
    const [here, there] = [this.zone(from.zone), this.zone(to.zone)];
    const a = climb(here, from, fabricFor(here, from, to, traffic));
    const b = climb(there, to, fabricFor(there, to, from, traffic));
    const tunnel = here.vpnUp(there.plan.name);
    const distance =
      tunnel >= 0
        ? here.vpnLatencySeconds(there.plan.name)
        : (this.distances.get(from.zone * this.zones.length + to.zone) ?? 0);
    return this.path(
      [
        ...inZone(from.zone, [...a.up, here.publicUp(), ...(tunnel < 0 ? [] : [tunnel])]),
        ...inZone(to.zone, [there.publicDown(), ...b.down.toReversed()]),
      ],
      [...a.switches, ...(tunnel < 0 ? [PUBLIC_NETWORK] : []), ...b.switches.toReversed()],
      this.switchSeconds(from.zone, a.switches.length, a) +
        this.switchSeconds(to.zone, b.switches.length, b) +
        here.plan.firewallLatencySeconds +
        there.plan.firewallLatencySeconds +
        distance,
      tunnel < 0 ? [...translation(here, traffic), ...translation(there, traffic)] : [],
    );
  }

  private toPublic(end: Inside, traffic: TrafficClass, direction: 'up' | 'down'): Path {
    const topology = this.zone(end.zone);
    const { up, down, switches } = climb(topology, end, fabricFor(topology, end, null, traffic));
    const out = direction === 'up';
    const links = out ? [...up, topology.publicUp()] : [topology.publicDown(), ...down.toReversed()];
    return this.path(
      inZone(end.zone, links),
      out ? switches : switches.toReversed(),
      this.switchSeconds(end.zone, switches.length, { switches }) + topology.plan.firewallLatencySeconds,
      translation(topology, traffic),
    );
  }

  /** Of the first switches of a climb. */
  private switchSeconds(zone: number, count: number, { switches }: Pick<Climb, 'switches'>): number {
    const { podLatencySeconds, zoneSwitchLatencySeconds } = this.zone(zone).plan;
    const below = Math.min(count, switches.length - 1);
    return below * podLatencySeconds + (count - below) * zoneSwitchLatencySeconds;
  }

  private path(
    links: readonly PathLink[],
    switches: readonly string[],
    latencySeconds: number,
    translations: readonly string[],
  ): Path {
    let memberBitsPerSecond = Infinity;
    for (const { zone, link } of links)
      memberBitsPerSecond = Math.min(memberBitsPerSecond, this.zones[zone]!.memberBitsPerSecond[link]!);
    return { links, switches, latencySeconds, memberBitsPerSecond, translations };
  }

  private zone(zone: number): ZoneTopology {
    const topology = this.zones[zone];
    assert(topology, () => `no zone ${zone}`);
    return topology;
  }
}

const NO_PATH: Path = {
  links: [],
  switches: [],
  latencySeconds: 0,
  memberBitsPerSecond: Infinity,
  translations: [],
};

function climb(topology: ZoneTopology, end: Inside, fabric: Fabric): Climb {
  const zoneSwitch = topology.zoneSwitch(fabric);
  if (end.kind === 'template-store')
    return { up: [topology.templateStoreUp()], down: [topology.templateStoreDown()], switches: [zoneSwitch] };
  if (end.kind === 'management')
    return { up: [topology.managementUp()], down: [topology.managementDown()], switches: [zoneSwitch] };
  const { hosts, servers } = topology.plan;
  const pod = (end.kind === 'host' ? hosts[end.host] : servers[end.server])?.pod;
  assert(pod !== undefined, () => `${topology.plan.name} has no such ${end.kind}`);
  const above = { up: topology.podUp(fabric, pod), down: topology.podDown(fabric, pod) };
  const podSwitch = topology.podSwitch(fabric, pod);
  if (end.kind === 'storage')
    return {
      up: [topology.storageUp(end.server), above.up],
      down: [topology.storageDown(end.server), above.down],
      switches: [podSwitch, zoneSwitch],
    };
  const { host } = end;
  const rack = topology.rackOf[host]!;
  const rackSwitch = topology.rackSwitch(fabric, host);
  return {
    up: [topology.hostUp(fabric, host), ...(rack < 0 ? [] : [topology.rackUp(fabric, rack)]), above.up],
    down: [topology.hostDown(fabric, host), ...(rack < 0 ? [] : [topology.rackDown(fabric, rack)]), above.down],
    switches: [...(rackSwitch === null ? [] : [rackSwitch]), podSwitch, zoneSwitch],
  };
}

/** Where the end's port is; null: it has one on each. */
function onlyFabric(topology: ZoneTopology, { kind }: Inside): Fabric | null {
  if (kind === 'host') return null;
  return topology.fabricOf(kind === 'management' ? 'management' : 'storage');
}

/** The fabric that `end` uses towards `other` (null: the public network). */
function fabricFor(topology: ZoneTopology, end: Inside, other: Inside | null, traffic: TrafficClass): Fabric {
  const own = onlyFabric(topology, end);
  const others = other === null ? null : onlyFabric(topology, other);
  return own ?? others ?? topology.fabricOf(traffic);
}

function translation({ plan }: ZoneTopology, traffic: TrafficClass): string[] {
  const mode = traffic === 'management' ? plan.firewall.management : plan.firewall.data;
  return mode === 'nat' ? [firewallOf(plan.name)] : [];
}

function sameEnd(a: Inside, b: Inside): boolean {
  if (a.kind === 'host' && b.kind === 'host') return a.host === b.host;
  if (a.kind === 'storage' && b.kind === 'storage') return a.server === b.server;
  return a.kind === b.kind;
}

function inZone(zone: number, links: readonly number[]): PathLink[] {
  return links.map((link) => ({ zone, link }));
}
