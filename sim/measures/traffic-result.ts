/**
 * What the network carried, and zones put together. Customers' traffic is followed change by change and its means are exact;
 * what is said of links rests on samples, each of which holds until the next. After the warm-up, bits per second.
 */

/** Of a zone. */
export interface ZoneTrafficResult {
  /** The time after the warm-up. */
  readonly micros: number;
  /** null: not modelled. */
  readonly guest: GuestTrafficResult | null;
  /** Bits of operations on disks (null: not modelled), of commands and reports, and of transfers; each counted once. */
  readonly storageBits: number | null;
  readonly managementBits: number;
  readonly transferBits: number;
  /** Of them to other zones; null: the scenario has no such flow. */
  readonly crossZoneBits: number | null;
  readonly hottestLinkPeakUtilization: number;
  readonly linksOverloaded: number;
}

/** Customers' traffic: integrals over the time after the warm-up, in bits. */
export interface GuestTrafficResult {
  readonly sameHost: number;
  readonly sameRack: number;
  readonly samePod: number;
  readonly crossPod: number;
  readonly toPublic: number;
  readonly fromPublic: number;
  /** Sum over pairs of VMs of what they exchanged times the switches between them; and times the latency, in bit-seconds. */
  readonly cost: number;
  readonly latencySeconds: number;
  /** At the highest, over what the zone switch can take in from the pods. */
  readonly zoneSwitchPeakUtilization: number;
}

/** Bits per second, means over time; shares and sums as the glossary has them. null: not modelled. */
export interface TrafficSummary {
  sameHost: number | null;
  /** Between hosts of a pod. */
  samePod: number | null;
  crossPod: number | null;
  /** Of flows between zones, which are among the transfers; customers are in one zone each. */
  crossZone: number | null;
  /** To and from the public network. */
  public: number | null;
  /** Of the traffic between VMs; null: there was none. */
  crossPodShare: number | null;
  /** Bits per second times switches; and mean latency in seconds over what was exchanged. */
  trafficCost: number | null;
  trafficLatencySeconds: number | null;
  zoneSwitchPeakUtilization: number | null;
  storage: number | null;
  management: number;
  transfers: number;
  /** Of any link; and links that were asked for more than they have, as sampled. */
  hottestLinkPeakUtilization: number;
  linksOverloaded: number;
}

export function mergeTraffic(zones: readonly ZoneTrafficResult[]): TrafficSummary {
  const rate = (of: (zone: ZoneTrafficResult) => number): number =>
    zones.reduce((sum, zone) => sum + (zone.micros > 0 ? of(zone) / (zone.micros / 1e6) : 0), 0);
  const most = (of: (zone: ZoneTrafficResult) => number): number =>
    zones.reduce((top, zone) => Math.max(top, of(zone)), 0);
  const guests = (of: (guest: GuestTrafficResult) => number): number | null =>
    zones.every(({ guest }) => guest === null) ? null : rate(({ guest }) => (guest ? of(guest) : 0));
  const crossPod = guests((guest) => guest.crossPod);
  const between = guests((guest) => guest.sameHost + guest.sameRack + guest.samePod + guest.crossPod);
  const over = (part: number | null): number | null => (between !== null && between > 0 ? part! / between : null);
  return {
    sameHost: guests((guest) => guest.sameHost),
    samePod: guests((guest) => guest.sameRack + guest.samePod),
    crossPod,
    crossZone: zones.every(({ crossZoneBits }) => crossZoneBits === null)
      ? null
      : rate((zone) => zone.crossZoneBits ?? 0),
    public: guests((guest) => guest.toPublic + guest.fromPublic),
    crossPodShare: over(crossPod),
    trafficCost: guests((guest) => guest.cost),
    trafficLatencySeconds: over(guests((guest) => guest.latencySeconds)),
    zoneSwitchPeakUtilization: between === null ? null : most(({ guest }) => guest?.zoneSwitchPeakUtilization ?? 0),
    storage: zones.every(({ storageBits }) => storageBits === null) ? null : rate((zone) => zone.storageBits ?? 0),
    management: rate((zone) => zone.managementBits),
    transfers: rate((zone) => zone.transferBits),
    hottestLinkPeakUtilization: most((zone) => zone.hottestLinkPeakUtilization),
    linksOverloaded: zones.reduce((sum, { linksOverloaded }) => sum + linksOverloaded, 0),
  };
}
