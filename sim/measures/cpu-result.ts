/**
 * What CPU contention came to in a zone, and zones put together. Asked for is what VMs would use if hosts had it; short is
 * what of it their hosts did not have. Amounts are exact sums, so that zones add up; ratios are taken once, at the end.
 */
export interface ZoneCpuResult {
  /** Integrals over time after the warm-up: thousandths of a core times microseconds. */
  readonly demandArea: number;
  readonly shortArea: number;
  /** What hosts in service have. */
  readonly capacityArea: number;
  /** Time of hosts in service, and that in which they were short; likewise of VMs, a VM being short when its host is. */
  readonly hostMicros: number;
  readonly hostShortMicros: number;
  readonly vmMicros: number;
  readonly vmShortMicros: number;
  /** The most that was asked of the zone, and of any host, over what it has. */
  readonly peakDemandRatio: number;
  readonly peakHostDemandRatio: number;
}

/**
 * What VMs asked of their hosts' CPU, after the warm-up. Use is over what hosts in service have, not over what is promised.
 * null: there was nothing to take a ratio of.
 */
export interface CpuSummary {
  demandCoreSeconds: number;
  /** Asked for, but not there. */
  shortCoreSeconds: number;
  /** Of what was asked for. */
  shortRatio: number | null;
  /** Of the time of hosts; and of the time of VMs, a VM being short when its host is. */
  hostTimeShortRatio: number | null;
  vmTimeShortRatio: number | null;
  /** Asked for over what hosts have, and had over what they have. */
  meanDemandRatio: number | null;
  meanUseRatio: number | null;
  /** The most that was asked of a zone, and of a host, over what it has. */
  peakDemandRatio: number;
  peakHostDemandRatio: number;
}

const CORE_SECOND = 1e9;

export function mergeCpu(zones: readonly ZoneCpuResult[]): CpuSummary {
  const sum = (of: (zone: ZoneCpuResult) => number): number => zones.reduce((total, zone) => total + of(zone), 0);
  const most = (of: (zone: ZoneCpuResult) => number): number => zones.reduce((top, zone) => Math.max(top, of(zone)), 0);
  const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  const demand = sum((zone) => zone.demandArea);
  const short = sum((zone) => zone.shortArea);
  const capacity = sum((zone) => zone.capacityArea);
  return {
    demandCoreSeconds: demand / CORE_SECOND,
    shortCoreSeconds: short / CORE_SECOND,
    shortRatio: ratio(short, demand),
    hostTimeShortRatio: ratio(
      sum((zone) => zone.hostShortMicros),
      sum((zone) => zone.hostMicros),
    ),
    vmTimeShortRatio: ratio(
      sum((zone) => zone.vmShortMicros),
      sum((zone) => zone.vmMicros),
    ),
    meanDemandRatio: ratio(demand, capacity),
    meanUseRatio: ratio(demand - short, capacity),
    peakDemandRatio: most((zone) => zone.peakDemandRatio),
    peakHostDemandRatio: most((zone) => zone.peakHostDemandRatio),
  };
}
