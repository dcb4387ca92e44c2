/** Zones' samples put together into the cloud's: at each instant at which a zone was sampled, the sums over zones. */
import type { Sample } from '../sim/store/types.js';

const SUMMED = [
  'runningVms',
  'runningAppliances',
  'cpuMillisUsed',
  'cpuMillisCapacity',
  'cpuMillisPhysical',
  'memoryBytesUsed',
  'memoryBytesCapacity',
  'diskBytesUsed',
  'diskBytesCapacity',
] as const satisfies readonly (keyof Sample)[];

/** Known of all zones of a run, or of none. */
const SUMMED_WHERE_MODELLED = [
  'cpuMillisDemand',
  'cpuMillisShort',
  'vmsShort',
] as const satisfies readonly (keyof Sample)[];

/** Only what can be summed: means over customers stay with their zones. */
export type CloudSample = Pick<Sample, 'atMicros' | (typeof SUMMED)[number] | (typeof SUMMED_WHERE_MODELLED)[number]>;

/** In order of time. */
export function cloudSamples(zones: readonly (readonly CloudSample[])[]): CloudSample[] {
  const byTime = new Map<number, CloudSample>();
  for (const samples of zones)
    for (const sample of samples) {
      const sum = byTime.get(sample.atMicros);
      if (sum === undefined) {
        byTime.set(sample.atMicros, { ...sample });
        continue;
      }
      for (const field of SUMMED) sum[field] += sample[field];
      for (const field of SUMMED_WHERE_MODELLED) {
        const [one, other] = [sum[field], sample[field]];
        sum[field] = one === null || other === null ? null : one + other;
      }
    }
  return [...byTime.values()].sort((a, b) => a.atMicros - b.atMicros);
}
