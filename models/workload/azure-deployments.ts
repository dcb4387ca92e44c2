/**
 * How many VMs a customer deploys at once.
 *
 *   F(n) = p[i] + (p[i+1] - p[i]) * ln(n / n[i]) / ln(n[i+1] / n[i])     for n[i] <= n <= n[i+1]
 *   n(u) = the least n with F(n) > u: one uniform a deployment, whatever seconds later it comes
 *
 *   n  VMs of a deployment    F  share of deployments of at most n VMs    n[i], p[i]  points below, in VMs and percent
 *
 * Source of the points: Azure/AzurePublicDataset's two notebooks (as azure-lifetimes.ts), read off the figures to within
 * 1 percentage point. In them a deployment is what a subscription has in a region, not Azure's own word.
 *  - Deployments of one VM: the figures' axis begins there and no value could be read. The line through the first two points
 *    is continued over ln n to n = 1: 35 % (2017), 50 % (2019).
 *  - Beyond 50 VMs, 5.8 % (2017) and 2.8 % (2019) of deployments: log-uniform to N = 500, an assumption, and cut there. The
 *    dataset of 2019 has 81 VMs a deployment in 30 days, one after the other: so heavy a tail would fill a simulated
 *    zone with a single customer.
 * Valid range: 1 to 500 VMs; mean 17.5 (2017) and 9.4 (2019).
 * Ignored: that a deployment grows and shrinks, and that its VMs are of one size and live as long.
 */

type Points = readonly (readonly [vms: number, percent: number])[];

export const AZURE_DEPLOYMENT_POINTS: Readonly<Record<2017 | 2019, Points>> = {
  2017: [
    ...([
      [2, 47.3],
      [3, 54.4],
      [6, 68.4],
      [8, 72.6],
      [10, 76.5],
      [12, 79],
    ] as const),
    ...([
      [15, 81.9],
      [20, 86.1],
      [25, 88.7],
      [30, 90.3],
      [40, 92.9],
      [50, 94.2],
    ] as const),
  ],
  2019: [
    ...([
      [2, 63.5],
      [3, 71.3],
      [4, 76.1],
      [5, 79.6],
      [6, 82.1],
      [8, 85.3],
    ] as const),
    ...([
      [10, 88.1],
      [15, 91.3],
      [20, 93.6],
      [30, 95.9],
      [40, 96.8],
      [50, 97.2],
    ] as const),
  ],
};

/** N. */
export const MOST_DEPLOYED = 500;

export class DeploymentSizes {
  readonly mean: number;
  /** Of at most 1, 2, ... VMs. */
  private readonly shares: readonly number[];

  constructor(points: Points) {
    this.shares = Array.from({ length: MOST_DEPLOYED }, (_, at) => shareUpTo(points, at + 1));
    this.mean = this.shares.reduce((sum, share) => sum + 1 - share, 1);
  }

  /** The share of deployments of at most `vms`. */
  cumulative(vms: number): number {
    return vms < 1 ? 0 : this.shares[Math.min(Math.floor(vms), MOST_DEPLOYED) - 1]!;
  }

  /** u in [0, 1). */
  quantile(u: number): number {
    let low = 0;
    let high = MOST_DEPLOYED - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.shares[middle]! > u) high = middle;
      else low = middle + 1;
    }
    return low + 1;
  }
}

export const AZURE_DEPLOYMENTS: Readonly<Record<2017 | 2019, DeploymentSizes>> = {
  2017: new DeploymentSizes(AZURE_DEPLOYMENT_POINTS[2017]),
  2019: new DeploymentSizes(AZURE_DEPLOYMENT_POINTS[2019]),
};

function shareUpTo(points: Points, vms: number): number {
  const known = [...points, [MOST_DEPLOYED, 100] as const];
  // Below the first point its line is continued.
  const at = Math.max(
    1,
    known.findIndex(([size]) => size >= vms),
  );
  const [low, below] = known[at - 1]!;
  const [high, above] = known[at]!;
  if (vms === high) return above / 100;
  return (below + ((above - below) * Math.log(vms / low)) / Math.log(high / low)) / 100;
}
