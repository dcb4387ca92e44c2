/** What the solver's speed hangs on, and none of its results: tests make small networks take the ways of large ones. */
export interface Tuning {
  /** Visits that mending levels may take: for each bundle on a link, and in any case. */
  readonly budgetShare: number;
  readonly leastBudget: number;
  /** A link is left out of bundles below this share of its capacity and from this many flows on; told apart again above `loudAbove`. */
  readonly quietBelow: number;
  readonly quietFlows: number;
  readonly loudAbove: number;
  /** Where it is worth looking for such links: so many bundles on links; each so many times as many visits. */
  readonly quietEntries: number;
  readonly lookEvery: number;
}

/** Chosen by measurement on a tree of 400 hosts, with 10,000 flows at once and as they come; the figures move by a tenth or so for half or twice of each. */
export const TUNING: Tuning = {
  budgetShare: 2,
  leastBudget: 800,
  quietBelow: 0.85,
  quietFlows: 4,
  loudAbove: 0.97,
  quietEntries: 1_000,
  lookEvery: 32,
};
