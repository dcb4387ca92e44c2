/**
 * What the network carried, and zones put together. Customers' traffic is followed change by change and its means are exact;
 * what is said of links rests on samples, each of which holds until the next. After the warm-up, bits per second.
 */

/** Of a zone. */
export interface ZoneTrafficResult {
  /** Integrals over the time after the warm-up, in bits; `micros` is that time. */
  readonly micros: number;
  readonly bits: {
    readonly sameHost: number;
    readonly sameRack: number;
    readonly samePod: number;
    readonly crossPod: number;
    readonly toPublic: number;
    readonly fromPublic: number;
  };
  /** Sum over pairs of VMs of what they exchanged times the switches between them; and times the latency, in bit-seconds. */
  readonly costBits: number;
  readonly latencyBitSeconds: number;
  /** At the highest, over what the zone switch can take in from the pods. */
  readonly zoneSwitchPeakUtilization: number;
  /** Means on the links, of operations on disks, of commands and reports, and of transfers; each counted once. */
  readonly storageBits: number;
  readonly managementBits: number;
  readonly transferBits: number;
  readonly hottestLinkPeakUtilization: number;
  readonly linksOverloaded: number;
}

/** Bits per second, means over time; shares and sums as the glossary has them. */
export interface TrafficSummary {
  sameHost: number;
  /** Between hosts of a pod. */
  samePod: number;
  crossPod: number;
  /** null: no customer is in several zones. */
  crossZone: number | null;
  /** To and from the public network. */
  public: number;
  /** Of the traffic between VMs; null: there was none. */
  crossPodShare: number | null;
  /** Bits per second times switches; and mean latency in seconds over what was exchanged. */
  trafficCost: number;
  trafficLatencySeconds: number | null;
  zoneSwitchPeakUtilization: number;
  storage: number;
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
  const sameHost = rate(({ bits }) => bits.sameHost);
  const samePod = rate(({ bits }) => bits.sameRack + bits.samePod);
  const crossPod = rate(({ bits }) => bits.crossPod);
  const between = sameHost + samePod + crossPod;
  return {
    sameHost,
    samePod,
    crossPod,
    crossZone: null,
    public: rate(({ bits }) => bits.toPublic + bits.fromPublic),
    crossPodShare: between > 0 ? crossPod / between : null,
    trafficCost: rate(({ costBits }) => costBits),
    trafficLatencySeconds: between > 0 ? rate(({ latencyBitSeconds }) => latencyBitSeconds) / between : null,
    zoneSwitchPeakUtilization: most((zone) => zone.zoneSwitchPeakUtilization),
    storage: rate(({ storageBits }) => storageBits),
    management: rate(({ managementBits }) => managementBits),
    transfers: rate(({ transferBits }) => transferBits),
    hottestLinkPeakUtilization: most((zone) => zone.hottestLinkPeakUtilization),
    linksOverloaded: zones.reduce((sum, { linksOverloaded }) => sum + linksOverloaded, 0),
  };
}
