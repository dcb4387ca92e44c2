/**
 * What a run's fragmentation came to: the result of a zone, and of a run of several zones. Zones are weighted by their
 * VM-seconds, so that zones can be simulated apart and put together afterwards.
 */
import type { ZoneFigures } from './fragmentation.js';
import { weightedMean, weightedQuantile, type Weighted } from './statistics.js';

/** The figures of a zone that are averaged over time. */
export type ZoneMeans = Omit<ZoneFigures, 'vms' | 'networks'>;

/** A zone's run after the warm-up. */
export interface FragmentationResult {
  /** Of all guest networks' running VMs together. */
  readonly vmMicros: number;
  readonly mean: ZoneMeans;
  /** At the end of the run; 0 where no VM runs then. */
  readonly end: ZoneFigures;
  /** Values of `fragmentation`, ascending, each with the VM-microseconds spent at it. */
  readonly values: readonly Weighted[];
}

/** A run's figures as a summary holds them. */
export interface RunFragmentation {
  mean: number;
  end: number;
  p50: number;
  p95: number;
  max: number;
  hostFragmentation: { mean: number; end: number };
  podsPerCustomer: number;
  hostsPerCustomer: number;
  phantomDomains: number;
}

/** null where no VM of a guest network ran after the warm-up: there was nothing to measure. */
export function mergeFragmentation(zones: readonly FragmentationResult[]): RunFragmentation | null {
  const mean = (figure: keyof ZoneMeans): number | null =>
    weightedMean(zones.map((zone) => ({ value: zone.mean[figure], weight: zone.vmMicros })));
  const end = (figure: keyof ZoneMeans): number =>
    weightedMean(zones.map((zone) => ({ value: zone.end[figure], weight: zone.end.vms }))) ?? 0;
  const fragmentation = mean('fragmentation');
  if (fragmentation === null) return null;
  const values = zones.flatMap((zone) => zone.values);
  return {
    mean: fragmentation,
    end: end('fragmentation'),
    p50: weightedQuantile(values, 50)!,
    p95: weightedQuantile(values, 95)!,
    max: weightedQuantile(values, 100)!,
    hostFragmentation: { mean: mean('hostFragmentation')!, end: end('hostFragmentation') },
    podsPerCustomer: mean('podsPerCustomer')!,
    hostsPerCustomer: mean('hostsPerCustomer')!,
    phantomDomains: mean('phantomDomains')!,
  };
}
