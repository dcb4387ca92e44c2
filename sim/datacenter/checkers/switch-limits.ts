/** What switches carry, port by port. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

/** VLANs on each port of a switch. */
type Ports = ReadonlySet<number>[];

export const switchLimits: Checker = {
  name: 'switch-limits',
  invariant:
    "No switch carries more of customers' VLANs, or more pairs of a port and a VLAN, than it can or than it was found with; the plant's account says what it carries.",
  holds: 'throughout',
  violations(snapshot: PlantSnapshot): string[] {
    const found: string[] = [];
    for (const { pod, limits, found: before, carries } of snapshot.switches) {
      const name = pod === null ? 'the zone switch' : `the switch of pod ${pod}`;
      const ports = pod === null ? zonePorts(snapshot) : podPorts(snapshot, pod);
      // Where VLANs end at the pods' uplinks, the zone switch has them as sub-interfaces and carries none.
      const vlans = pod === null && snapshot.vlanScope === 'pod' ? 0 : union(ports).size;
      const virtualPorts = ports.reduce((sum, { size }) => sum + size, 0);
      const check = (what: string, has: number, account: number, most: number): void => {
        if (has > most) found.push(`${name} carries ${has} ${what}, and can carry ${most}`);
        if (has !== account) found.push(`${name} carries ${has} ${what}, account ${account}`);
      };
      check('VLANs', vlans, carries.vlans, Math.max(limits.vlans, before.vlans));
      const most = Math.max(limits.virtualPorts, before.virtualPorts);
      check('virtual ports', virtualPorts, carries.virtualPorts, most);
    }
    return found;
  },
};

/** A port a host, then the uplink. */
function podPorts({ hosts, bridges, vlanScope, trunks }: PlantSnapshot, pod: number): Ports {
  const mine = hosts.flatMap((host, at) => (host.pod === pod ? [at] : []));
  const networksOn = (some: readonly number[]): Set<number> =>
    new Set(bridges.filter(({ host }) => some.includes(host)).map(({ network }) => network));
  if (vlanScope === 'overlay') return [...mine, -1].map(() => new Set());
  if (trunks === 'pruned') return [...mine.map((host) => networksOn([host])), networksOn(mine)];
  const all = vlanScope === 'zone' ? new Set(bridges.map(({ network }) => network)) : networksOn(mine);
  return [...mine, -1].map(() => all);
}

/** A port a pod. */
function zonePorts({ hosts, bridges, switches, vlanScope, trunks }: PlantSnapshot): Ports {
  const pods = switches.flatMap(({ pod }) => (pod === null ? [] : [pod]));
  if (vlanScope === 'overlay') return pods.map(() => new Set());
  const of = (pod: number): Set<number> =>
    new Set(bridges.filter(({ host }) => hosts[host]?.pod === pod).map(({ network }) => network));
  if (vlanScope === 'pod' || trunks === 'pruned') return pods.map(of);
  return pods.map(() => union(pods.map(of)));
}

function union(ports: Ports): Set<number> {
  return new Set(ports.flatMap((port) => [...port]));
}
