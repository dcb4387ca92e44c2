/**
 * From what a scenario's workload says to what is drawn: the models and distributions behind its names. Guarantees one
 * uniform a variate, whatever the distribution, so that a change of one moves no other.
 */
import { ARRIVAL_CURVES, ArrivalRate } from '../../models/workload/arrival-curves.js';
import { AZURE_VMS_PER_CUSTOMER_AND_SECOND } from '../../models/workload/azure-arrivals.js';
import { AZURE_DEPLOYMENTS } from '../../models/workload/azure-deployments.js';
import { AZURE_LIFETIMES } from '../../models/workload/azure-lifetimes.js';
import { azureSize } from '../../models/workload/azure-sizes.js';
import { distribution, type Distribution } from '../engine/distributions.js';
import type { ArrivalsSpec, AzureSpec, DistributionSpec, WorkloadSpec, WantSpec } from '../scenario/resolved.js';
import { MOST_COUNTED } from '../scenario/schema/distribution.js';

/** Whole numbers of VMs, at least 1. */
export function vmCount(spec: DistributionSpec | AzureSpec): Distribution {
  const drawn = spec.kind === 'azure' ? AZURE_DEPLOYMENTS[spec.year] : distribution(spec);
  const whole = (count: number): number => Math.min(Math.max(1, count), MOST_COUNTED);
  return { mean: whole(drawn.mean), quantile: (u) => whole(Math.round(drawn.quantile(u))) };
}

/** In seconds; null: for ever. */
export function lifetimeOf(spec: DistributionSpec | AzureSpec | null): Distribution | null {
  if (spec === null) return null;
  return spec.kind === 'azure' ? AZURE_LIFETIMES[spec.year] : distribution(spec);
}

/** What a VM is to be, from one uniform. */
export function wantAt({ offerings, sizes }: WorkloadSpec['accounts'], u: number): WantSpec {
  return sizes === null ? { offering: shareAt(offerings, u).offering } : azureSize(sizes.year, u);
}

/** `perArrival`: VMs that come at once. Azure's rate counts VMs, so that groups come that much less often. */
export function arrivalRate(spec: ArrivalsSpec | null, perArrival = 1): ArrivalRate | null {
  if (spec === null) return null;
  const { perSecond, curve, growthPerSecond } = spec;
  return new ArrivalRate({
    perSecond: perSecond ?? AZURE_VMS_PER_CUSTOMER_AND_SECOND[2019] / perArrival,
    curve: typeof curve === 'string' ? ARRIVAL_CURVES[curve] : curve,
    growthPerSecond,
  });
}

/** The entry on which a uniform draw falls. */
export function shareAt<Entry extends { share: number }>(entries: readonly Entry[], u: number): Entry {
  let below = 0;
  for (const entry of entries) {
    below += entry.share;
    if (u < below) return entry;
  }
  return entries.at(-1)!;
}
