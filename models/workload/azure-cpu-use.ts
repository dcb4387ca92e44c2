/**
 * Mean CPU use of a VM over its life, as the VMs of a public cloud had it.
 *
 *   m = Q(u)               quantile of the published cumulative distribution, straight lines between its points
 *
 *   m  mean of a VM's CPU use over its life, in seconds of CPU a second and core: a share, 0 to 1
 *   u  share of VMs with at most this mean
 *
 * Source: first-party VMs of Azure, 2017: E. Cortez et al., "Resource Central", SOSP 2017, as digitised (plus or minus one
 * point) from the notebook "Azure Public Dataset - Trace Analysis" of github.com/Azure/AzurePublicDataset. Points: 20.5 % of
 * VMs use at most 1 % on average, 24.7 % 2 %, 34.2 % 5 %, 47.4 % 10 %, 58.4 % 15 %, 68.7 % 20 %, 81.6 % 30 %, 89.4 % 40 %,
 * 95.2 % 50 %, 99.4 % 70 %. The ends are assumptions: from 0 up to the first point, and from the last one to 100 %.
 * Valid range: u in 0 to 1.
 * Ignored: that a VM's use hangs together with its size, its owner and its lifetime; VMs count alike, however long they live.
 */
import { assert } from '../../sim/base/assert.js';

/** Mean CPU use, and the share of VMs with at most that. */
const POINTS: readonly (readonly [ratio: number, share: number])[] = [
  [0, 0],
  [0.01, 0.205],
  [0.02, 0.247],
  [0.05, 0.342],
  [0.1, 0.474],
  [0.15, 0.584],
  [0.2, 0.687],
  [0.3, 0.816],
  [0.4, 0.894],
  [0.5, 0.952],
  [0.7, 0.994],
  [1, 1],
];

export function azureCpuUse2017(u: number): number {
  assert(u >= 0 && u <= 1, () => `azureCpuUse2017: ${u} is no share`);
  const at = Math.max(
    1,
    POINTS.findIndex(([, share]) => share >= u),
  );
  const [ratio, share] = POINTS[at]!;
  const [below, shareBelow] = POINTS[at - 1]!;
  return below + ((u - shareBelow) / (share - shareBelow)) * (ratio - below);
}
