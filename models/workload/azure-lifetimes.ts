/**
 * How long a VM lives: from its creation to its deletion.
 *
 *   F(t) = p[i] + (p[i+1] - p[i]) * ln(t / t[i]) / ln(t[i+1] / t[i])     for t[i] <= t <= t[i+1]
 *   t(u) = t[i] * exp((u - p[i]) / (p[i+1] - p[i]) * ln(t[i+1] / t[i]))   its inverse: one uniform a lifetime
 *
 *   t  lifetime [s]    F  share of VMs that live no longer than t    t[i], p[i]  points below, in hours and percent
 *
 * Source of the points: the curves of Azure/AzurePublicDataset's two notebooks ("Azure Public Dataset - Trace Analysis",
 * series "SOSP Paper", that of E. Cortez et al., "Resource Central", SOSP 2017; "Azure 2019 Public Dataset V2 - Trace
 * Analysis", series "Azure 2019", the whole workload of that year), read off the figures to within 1 percentage point.
 *  - Below the first point: to 5 minutes, which is what the notebooks raise shorter lives to.
 *  - Beyond the last point the figures show nothing: about 3 % (2017, from 200 h) and 8 % (2019, from 96 h) of VMs, which
 *    hold most of the VM-hours. They reach to T, log-uniformly, with T such that the mean life is what the datasets'
 *    totals imply. In a steady state a window of W hours sees N = r (W + L) VMs and r W L VM-hours, r arrivals an hour
 *    of mean life L, so that m = hours / N gives L = W m / (W - m). W = 720 h; 2017: 104,371,713 h / 2,013,767 VMs, so
 *    L = 55.9 h and T = 6,200 h; 2019: 162,465,708 h / 2,695,548 VMs, so L = 65.8 h and T = 2,600 h (both T rounded: the
 *    mean of the model is within 1 % of L).
 * Valid range: 5 min to T (258 days, 108 days).
 * Ignored: that the published curves are of VMs seen in 30 days, cut at both ends, which makes the share of the long-lived
 * somewhat too large for a stream of arrivals; that VMs of a deployment live and die together; that life depends on size.
 */
import { CumulativeCurve } from '../../sim/base/cumulative-curve.js';

const HOUR_SECONDS = 3600;

/** What the notebooks raise shorter lives to. */
const SHORTEST_HOURS = 5 / 60;

type Points = readonly (readonly [hours: number, percent: number])[];

export const AZURE_LIFETIME_POINTS: Readonly<Record<2017 | 2019, Points>> = {
  2017: [
    ...([
      [1, 61.5],
      [2, 70.6],
      [3, 73.9],
      [4, 76],
      [6, 79.5],
      [8, 82.9],
      [10, 84.8],
      [12, 86.8],
    ] as const),
    ...([
      [14, 88.7],
      [16, 90.3],
      [18, 91.3],
      [20, 91.9],
      [24, 92.6],
      [30, 93.5],
      [36, 94.2],
      [48, 95.2],
    ] as const),
    ...([
      [72, 95.8],
      [96, 96.1],
      [120, 96.5],
      [168, 96.8],
      [200, 97.1],
    ] as const),
  ],
  2019: [
    ...([
      [1.11, 68.1],
      [2, 72],
      [3, 75.2],
      [4, 78],
      [6, 80.5],
      [8, 82.1],
      [10, 83.5],
      [12, 84.9],
    ] as const),
    ...([
      [16, 87.2],
      [20, 88.5],
      [24, 89.4],
      [30, 89.9],
      [40, 90.4],
      [48, 90.8],
      [72, 91.3],
      [96, 91.7],
    ] as const),
  ],
};

/** T. */
export const AZURE_LONGEST_HOURS: Readonly<Record<2017 | 2019, number>> = { 2017: 6200, 2019: 2600 };

/** In seconds. */
export const AZURE_LIFETIMES: Readonly<Record<2017 | 2019, CumulativeCurve>> = {
  2017: curveOf(2017),
  2019: curveOf(2019),
};

function curveOf(year: 2017 | 2019): CumulativeCurve {
  const points = [
    [SHORTEST_HOURS, 0] as const,
    ...AZURE_LIFETIME_POINTS[year],
    [AZURE_LONGEST_HOURS[year], 100] as const,
  ];
  return new CumulativeCurve(
    points.map(([hours, percent]) => ({ value: hours * HOUR_SECONDS, cumulative: percent / 100 })),
    'log',
  );
}
