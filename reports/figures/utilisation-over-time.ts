/** Shares of CPU, memory and disk that VMs hold, over time. What a cloud has none of is a gap. */
import type { CloudSample } from '../cloud-samples.js';
import { UTILISATION, utilisationOf } from '../utilisation.js';
import { sharesOverTime } from './shares-over-time.js';

export interface UtilisationData {
  durationMicros: number;
  samples: readonly CloudSample[];
}

export function utilisationOverTime(data: UtilisationData): string {
  return sharesOverTime(
    data,
    UTILISATION.map((resource) => ({
      name: resource,
      of: (sample: CloudSample) => utilisationOf(sample, resource),
      spoken: `${resource} held`,
    })),
  );
}
