/**
 * How much of its cores a VM uses, on average over its life.
 *
 *   F(x) = p[i] + (p[i+1] - p[i]) * (x - x[i]) / (x[i+1] - x[i])     for x[i] <= x <= x[i+1]; the quantile is its inverse
 *
 *   x  mean use of the VM's cores, 0 to 1    F  share of VMs that use no more    x[i], p[i]  points below, both in percent
 *
 * Source of the points: Azure/AzurePublicDataset, notebook "Azure Public Dataset - Trace Analysis", series "SOSP Paper",
 * that of E. Cortez et al., "Resource Central", SOSP 2017, read off the figure to within 1 percentage point; readings of
 * 5 minutes, 300 seconds. To them (0, 0) and (100, 100) are added.
 * Valid range: 0 to 1; median 0.11, mean 0.16.
 * Ignored: that use varies over time and with size and life; the peaks (median of the 95th percentile of maxima: 0.61).
 */
import { assert } from '../../sim/base/assert.js';
import { CumulativeCurve } from '../../sim/base/cumulative-curve.js';

export const AZURE_CPU_USE_POINTS: readonly (readonly [usePercent: number, percent: number])[] = [
  ...([
    [1, 20.5],
    [2, 24.7],
    [5, 34.2],
    [10, 47.4],
    [15, 58.4],
  ] as const),
  ...([
    [20, 68.7],
    [30, 81.6],
    [40, 89.4],
    [50, 95.2],
    [70, 99.4],
  ] as const),
];

/** A ratio, from 0 to 1. */
export const AZURE_CPU_USE = new CumulativeCurve(
  [[0, 0] as const, ...AZURE_CPU_USE_POINTS, [100, 100] as const].map(([use, percent]) => ({
    value: use / 100,
    cumulative: percent / 100,
  })),
  'linear',
);

/** A VM's mean use of its cores, 0 to 1, for a uniform u. */
export function azureCpuUse2017(u: number): number {
  assert(u >= 0 && u <= 1, () => `azureCpuUse2017: ${u} is no share`);
  return AZURE_CPU_USE.quantile(u);
}
