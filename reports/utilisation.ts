/** How much of its CPU, memory and disk a zone, or a cloud, has given to VMs. */
import type { CloudSample } from './cloud-samples.js';

export const UTILISATION = ['CPU', 'memory', 'disk'] as const;
export type Resource = (typeof UTILISATION)[number];

const FIELDS = {
  CPU: ['cpuMillisUsed', 'cpuMillisCapacity'],
  memory: ['memoryBytesUsed', 'memoryBytesCapacity'],
  disk: ['diskBytesUsed', 'diskBytesCapacity'],
} as const;

/** null where there is none to give. */
export function utilisationOf(sample: CloudSample, resource: Resource): number | null {
  const [used, capacity] = FIELDS[resource];
  return sample[capacity] > 0 ? sample[used] / sample[capacity] : null;
}

/** The sample in which most of it was given; null: in none was there any to give. */
export function peakOf(
  samples: readonly CloudSample[],
  resource: Resource,
): { sample: CloudSample; share: number } | null {
  let peak: { sample: CloudSample; share: number } | null = null;
  for (const sample of samples) {
    const share = utilisationOf(sample, resource);
    if (share !== null && (peak === null || share > peak.share)) peak = { sample, share };
  }
  return peak;
}
