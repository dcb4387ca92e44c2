/** What zones' networks carried, put together into the cloud's: at each instant sums of rates, and the highest of uses. */
import type { Sample } from '../sim/store/types.js';

const SUMMED = [
  ...(['bitsSameHost', 'bitsSamePod', 'bitsCrossPod', 'bitsPublic', 'bitsStorage', 'bitsTransfers'] as const),
  ...(['iopsDemand', 'iopsServed'] as const),
] as const satisfies readonly (keyof Sample)[];
const HIGHEST = ['zoneSwitchUse', 'hottestLinkUse'] as const satisfies readonly (keyof Sample)[];

/** null: not modelled. */
export type NetworkSample = Pick<Sample, 'atMicros' | (typeof SUMMED)[number] | (typeof HIGHEST)[number]>;

/** In order of time. */
export function networkSamples(zones: readonly (readonly NetworkSample[])[]): NetworkSample[] {
  const byTime = new Map<number, NetworkSample>();
  for (const samples of zones)
    for (const sample of samples) {
      const cloud = byTime.get(sample.atMicros);
      if (cloud === undefined) {
        byTime.set(sample.atMicros, { ...sample });
        continue;
      }
      for (const field of SUMMED) cloud[field] = ofBoth(cloud[field], sample[field], (a, b) => a + b);
      for (const field of HIGHEST) cloud[field] = ofBoth(cloud[field], sample[field], Math.max);
    }
  return [...byTime.values()].sort((a, b) => a.atMicros - b.atMicros);
}

/** Known of all zones of a run, or of none. */
function ofBoth(a: number | null, b: number | null, put: (a: number, b: number) => number): number | null {
  return a === null || b === null ? null : put(a, b);
}
