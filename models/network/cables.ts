/**
 * Which cables a zone's network has, what each joins and what it carries: runs of alike cables in a fixed order, by fabric.
 *
 *   F (H + R + P) + S + 3 + V = cables, each of its speed [bits per second] in each direction at once (full duplex)
 *
 *   F  fabrics: data, and one for each separate class     H  hosts     R  racks     P  pods     S  storage servers
 *   3  template store, management servers, public link    V  tunnels to other zones
 *
 * Hosts are at their rack's switch, or at the pod switch where the pod has no racks; storage servers at the pod switch,
 * the template store and the management servers at the zone switch, each on its class's fabric. A redundant pair of
 * switches is one switch. A traffic class that is separate has a fabric of its own: switches beside the others, a further
 * port on each host, a further uplink of the same speed on each rack and pod. One firewall, at the zone switches of all
 * fabrics, joins the zone to the public network.
 *
 * Source: definition; pods as layer 2 below layer-3 zone switches, as Apache CloudStack's documentation draws zones.
 * Valid range: speeds above 0.
 * Ignored: single uplinks of a pod or rack (one flow may fill all of them), the link between two switches of a pair,
 * switches' own throughput, what routes between two fabrics of a zone.
 */
import { hostBitsPerSecond, type Fabric, type HostPlan, type TrafficClass, type ZonePlan } from './zone-plan.js';

export type LinkKind = 'host' | 'rack' | 'pod-uplink' | 'storage' | 'template-store' | 'management' | 'public' | 'vpn';

/** Alike cables; of each, by its place: its name, what is at its ends, what it carries. */
export interface CableRun {
  readonly kind: LinkKind;
  readonly fabric: Fabric;
  readonly count: number;
  /** Of a tunnel only the way out is this zone's; the way back is the other zone's. */
  readonly oneWay: boolean;
  readonly name: (at: number) => string;
  readonly lower: (at: number) => string;
  readonly upper: (at: number) => string;
  readonly capacityBitsPerSecond: (at: number) => number;
  /** The most that one flow may have. */
  readonly memberBitsPerSecond: (at: number) => number;
}

/** What all zones' public links lead to; no zone, pod or host can be called so. */
export const PUBLIC_NETWORK = 'public network';

export function firewallOf(zone: string): string {
  return `${zone} firewall`;
}

/** The switch of a zone, pod or rack. On a fabric of its own it is named after both. */
export function switchOf(owner: string, fabric: Fabric): string {
  return fabric === 'data' ? owner : `${owner} ${fabric}`;
}

/** The fabric that carries the class; a migration is guest memory, and goes where guests' traffic goes. */
export function fabricOf({ separate }: Pick<ZonePlan, 'separate'>, traffic: TrafficClass): Fabric {
  if (traffic === 'guest' || traffic === 'migration') return 'data';
  return separate.includes(traffic) ? traffic : 'data';
}

/** Fabrics in the order of their links. */
export function fabricsOf({ separate }: Pick<ZonePlan, 'separate'>): Fabric[] {
  return ['data', ...separate];
}

export function cablesOf(plan: ZonePlan): CableRun[] {
  return [...fabricsOf(plan).flatMap((fabric) => fabricCables(plan, fabric)), ...singleCables(plan)];
}

function fabricCables({ name, pods, hosts, podUplinkBitsPerSecond }: ZonePlan, fabric: Fabric): CableRun[] {
  const racks = pods.flatMap((pod) => pod.racks.map((rack) => ({ ...rack, pod: pod.name })));
  const rackNames = pods.map((pod) => pod.racks.map((rack) => rack.name));
  const above = ({ pod, rack }: HostPlan): string => (rack === null ? pods[pod]!.name : rackNames[pod]![rack]!);
  const member = (at: number): number => hosts[at]!.portBitsPerSecond;
  const hostRun: CableRun = {
    kind: 'host',
    fabric,
    count: hosts.length,
    oneWay: false,
    name: (at) => switchOf(hosts[at]!.name, fabric),
    lower: (at) => hosts[at]!.name,
    upper: (at) => switchOf(above(hosts[at]!), fabric),
    capacityBitsPerSecond: fabric === 'data' ? (at) => hostBitsPerSecond(hosts[at]!) : member,
    memberBitsPerSecond: member,
  };
  return [
    hostRun,
    run('rack', fabric, racks.length, {
      lower: (at) => switchOf(racks[at]!.name, fabric),
      upper: (at) => switchOf(racks[at]!.pod, fabric),
      capacityBitsPerSecond: (at) => racks[at]!.uplinkBitsPerSecond,
    }),
    run('pod-uplink', fabric, pods.length, {
      lower: (at) => switchOf(pods[at]!.name, fabric),
      upper: () => switchOf(name, fabric),
      capacityBitsPerSecond: () => podUplinkBitsPerSecond,
    }),
  ];
}

function singleCables(plan: ZonePlan): CableRun[] {
  const { name, pods, servers, vpns } = plan;
  const storage = fabricOf(plan, 'storage');
  const management = fabricOf(plan, 'management');
  const outside = fabricOf(plan, 'public');
  return [
    run('storage', storage, servers.length, {
      lower: (at) => servers[at]!.name,
      upper: (at) => switchOf(pods[servers[at]!.pod]!.name, storage),
      capacityBitsPerSecond: (at) => servers[at]!.bitsPerSecond,
    }),
    run('template-store', storage, 1, {
      lower: () => `${name} template store`,
      upper: () => switchOf(name, storage),
      capacityBitsPerSecond: () => plan.templateStoreBitsPerSecond,
    }),
    run('management', management, 1, {
      lower: () => `${name} management servers`,
      upper: () => switchOf(name, management),
      capacityBitsPerSecond: () => plan.managementServersBitsPerSecond,
    }),
    run('public', outside, 1, {
      name: () => `${name} public`,
      lower: () => firewallOf(name),
      upper: () => PUBLIC_NETWORK,
      capacityBitsPerSecond: () => plan.publicLinkBitsPerSecond,
    }),
    run('vpn', outside, vpns.length, {
      oneWay: true,
      name: (at) => `${name} vpn ${vpns[at]!.to}`,
      lower: () => firewallOf(name),
      upper: (at) => firewallOf(vpns[at]!.to),
      capacityBitsPerSecond: (at) => vpns[at]!.bitsPerSecond,
    }),
  ];
}

/** Named after its lower end, and a flow may have all of it, unless said otherwise. */
function run(
  kind: LinkKind,
  fabric: Fabric,
  count: number,
  ends: Pick<CableRun, 'lower' | 'upper' | 'capacityBitsPerSecond'> & Partial<Pick<CableRun, 'oneWay' | 'name'>>,
): CableRun {
  const memberBitsPerSecond = ends.capacityBitsPerSecond;
  return { kind, fabric, count, oneWay: false, name: ends.lower, memberBitsPerSecond, ...ends };
}
