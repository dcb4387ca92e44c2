/**
 * Whether rates are max-min fair, by the bottleneck condition alone: no link is overfull, and every flow is at its cap or has a full
 * link on which nobody has more, a unit of weight and beyond what is reserved. Shares no code with any solver.
 */
export interface RatedFlow {
  links: readonly number[];
  weight: number;
  cap: number;
  /** What is reserved for it. */
  reserved: number;
  rate: number;
}

/** What is wrong, in words; null: nothing. */
export function unfairness(
  capacities: readonly number[],
  flows: readonly RatedFlow[],
  tolerance = 1e-9,
): string | null {
  const loads = capacities.map(() => 0);
  const highest = capacities.map(() => 0);
  for (const { links, rate, reserved, weight } of flows)
    for (const link of new Set(links)) {
      loads[link]! += rate;
      highest[link] = Math.max(highest[link]!, (rate - reserved) / weight);
    }
  for (const [link, load] of loads.entries())
    if (load > capacities[link]! * (1 + tolerance)) return `link ${link} carries ${load} of ${capacities[link]}`;
  for (const [index, { links, weight, cap, reserved, rate }] of flows.entries()) {
    if (rate > cap * (1 + tolerance)) return `flow ${index} has ${rate}, above its cap of ${cap}`;
    if (rate < reserved * (1 - tolerance)) return `flow ${index} has ${rate}, less than ${reserved} reserved for it`;
    const own = (rate - reserved) / weight;
    const stopped = links.some((link) => {
      const full = loads[link]! >= capacities[link]! * (1 - tolerance);
      return full && own >= highest[link]! - tolerance * Math.max(highest[link]!, capacities[link]! / weight);
    });
    if (!stopped && rate < cap * (1 - tolerance)) return `flow ${index} at ${rate} could have more`;
  }
  return null;
}
