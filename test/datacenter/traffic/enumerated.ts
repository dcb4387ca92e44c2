/** Traffic of a small zone by listing every pair of VMs: shares no code with what it is held against. */
import type { Domain } from '../../../sim/datacenter/domain.js';
import type { GuestLinks } from '../../../sim/datacenter/traffic/link-loads.js';
import type { Localities, Place } from '../../../sim/datacenter/traffic/network-traffic.js';
import type { TrafficPattern } from '../../../models/network/traffic-pattern.js';

/** Three pods of four hosts; the first pod has two racks. */
export const HOSTS = 12;
const RACK_OF = [0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3];
export const placeOf = (host: number): Place => ({ host, rack: RACK_OF[host]!, pod: Math.floor(host / 4) });

const RACKS = 2 * HOSTS;
const PODS = RACKS + 2 * 4;
const PUBLIC = PODS + 2 * 3;
export const LINK_COUNT = PUBLIC + 2;

const hasRacks = (rack: number): boolean => rack < 2;
const way = (from: number, to: number | null): number[] => {
  const a = placeOf(from);
  const b = to === null ? null : placeOf(to);
  if (b?.host === a.host) return [];
  const links = [2 * a.host];
  const inRack = b !== null && b.rack === a.rack;
  const inPod = b !== null && b.pod === a.pod;
  if (!inRack && hasRacks(a.rack)) links.push(RACKS + 2 * a.rack);
  if (!inPod) links.push(PODS + 2 * a.pod);
  if (b === null) return [...links, PUBLIC];
  if (!inPod) links.push(PODS + 2 * b.pod + 1);
  if (!inRack && hasRacks(b.rack)) links.push(RACKS + 2 * b.rack + 1);
  return [...links, 2 * b.host + 1];
};
/** The way back, on the other direction of every cable. */
const back = (links: readonly number[]): number[] => links.map((link) => link ^ 1).reverse();

export const LINKS: GuestLinks = {
  hostUp: (host) => 2 * host,
  hostDown: (host) => 2 * host + 1,
  rackUp: (rack) => (hasRacks(rack) ? RACKS + 2 * rack : -1),
  rackDown: (rack) => (hasRacks(rack) ? RACKS + 2 * rack + 1 : -1),
  podUp: (pod) => PODS + 2 * pod,
  podDown: (pod) => PODS + 2 * pod + 1,
  toPublic: (host) => way(host, null),
  fromPublic: (host) => back(way(host, null)),
  between: way,
};

export interface Living {
  readonly vm: number;
  readonly host: number;
  readonly group: number;
  readonly network: number;
  throttle: number;
}

export function domainAt(vm: number, host: number, network: number, router: boolean): Domain {
  return {
    ...{
      vm,
      host,
      nodes: [0],
      cpuMillis: 1000,
      memoryBytes: 1,
      interfaces: [{ name: 'eth0', network, address: vm }],
      state: 'running',
      throttle: { networkBitsPerSecond: null, iops: null },
    },
    throttle: { networkBitsPerSecond: null, iops: null },
    ...{ role: router ? 'router' : 'user', networks: [network] },
  };
}

export function enumerated(
  pattern: TrafficPattern,
  living: readonly Living[],
  factor: number,
): { loads: number[]; localities: Localities } {
  const { groups, rates, toPublic, fromPublic } = pattern;
  const router = groups.length;
  const loads = new Array<number>(LINK_COUNT).fill(0);
  const localities = { sameHost: 0, sameRack: 0, samePod: 0, crossPod: 0, toPublic: 0, fromPublic: 0 };
  const said = (a: Living, b: Living): number => {
    if (a === b || a.network !== b.network) return 0;
    const plain = rates[a.group * (router + 1) + b.group]!;
    if (b.group === router && a.group !== router) return plain + toPublic[a.group]!;
    return a.group === router && b.group !== router ? plain + fromPublic[b.group]! : plain;
  };
  const part = (of: number, throttle: number): number => (of > throttle ? throttle / of : 1);
  const sum = (of: (other: Living) => number): number => living.reduce((total, other) => total + of(other), 0);
  const sends = new Map(
    living.map((a) => [
      a,
      part(
        sum((b) => said(a, b)),
        a.throttle,
      ),
    ]),
  );
  const takes = new Map(
    living.map((b) => [
      b,
      part(
        sum((a) => said(a, b)),
        b.throttle,
      ),
    ]),
  );
  const put = (links: readonly number[], rate: number): void => {
    for (const link of links) loads[link]! += rate;
  };
  for (const a of living)
    for (const b of living) {
      const curbed = Math.min(sends.get(a)!, takes.get(b)!);
      const rate = said(a, b) * curbed * factor;
      if (rate === 0) continue;
      const [from, to] = [placeOf(a.host), placeOf(b.host)];
      put(way(a.host, b.host), rate);
      const key =
        from.host === to.host
          ? 'sameHost'
          : from.rack === to.rack
            ? 'sameRack'
            : from.pod === to.pod
              ? 'samePod'
              : 'crossPod';
      localities[key] += rate;
      if (b.group === router && a.group !== router) {
        localities.toPublic += toPublic[a.group]! * curbed * factor;
        put(way(b.host, null), toPublic[a.group]! * curbed * factor);
      }
      if (a.group === router && b.group !== router) {
        localities.fromPublic += fromPublic[b.group]! * curbed * factor;
        put(back(way(a.host, null)), fromPublic[b.group]! * curbed * factor);
      }
    }
  return { loads, localities };
}
