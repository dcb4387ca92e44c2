/**
 * What a VM is made of: cores and memory, both from one uniform.
 *
 *   cores(u) = the c with F(c-) <= u < F(c);   memory(u) = the m with G(m-) <= u < G(m)
 *
 *   u  uniform in [0, 1)    F, G  cumulative shares of cores [core] and memory [GiB]; no time in it, in seconds or else
 *
 * The same u gives both (comonotone coupling): the more cores, the more memory. Both marginals therefore hold exactly, as
 * published; which cores go with which memory is not published, and this is the strongest dependence that there can be.
 *
 * Source: Azure/AzurePublicDataset's two notebooks (as azure-lifetimes.ts), shares read off the bars to within 1 percentage
 * point and divided by their sum (100 and 99.8 %). 2017: exact sizes, but for the two largest of memory, 28 and 32, whose
 * colours repeat in the figure and which may be 28 and 56 to 112. 2019: buckets; the upper end stands for a bucket, as it
 * does in the notebook, which also puts 30 cores for "more than 24" and 70 for "more than 64 GB". Sizes in "GB" are those of
 * Azure's VM types, which are GiB.
 * The root disk is an assumption of ours, for the datasets say nothing of disks: 30 GiB, that of Azure's Linux images.
 * Valid range: 1 to 16 cores, 0.75 to 32 GiB (2017); 2 to 30 cores, 2 to 70 GiB (2019).
 * Ignored: which sizes go together in a deployment; that most VMs of a bucket are smaller than its upper end.
 */
import { GIB, MILLIS_PER_CORE } from '../../sim/base/units.js';

export const AZURE_DISK_BYTES = 30 * GIB;

type Shares = readonly (readonly [size: number, percent: number])[];

export const AZURE_CORES: Readonly<Record<2017 | 2019, Shares>> = {
  2017: [
    [1, 55.6],
    [2, 21.4],
    [4, 14.7],
    [8, 6.4],
    [16, 1.9],
  ],
  2019: [
    [2, 57.8],
    [4, 22.9],
    [8, 12],
    [12, 0.4],
    [24, 5.5],
    [30, 1.2],
  ],
};

/** In GiB. */
export const AZURE_MEMORY: Readonly<Record<2017 | 2019, Shares>> = {
  2017: [
    [0.75, 2.5],
    [1.75, 46.9],
    [3.5, 19.6],
    [7, 14.8],
    [14, 11.3],
    [28, 1.3],
    [32, 3.6],
  ],
  2019: [
    [2, 11.9],
    [4, 16.5],
    [8, 32.6],
    [32, 28.9],
    [64, 6.4],
    [70, 3.5],
  ],
};

export interface VmSize {
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
}

/** u in [0, 1). */
export function azureSize(year: 2017 | 2019, u: number): VmSize {
  return {
    cpuMillis: at(AZURE_CORES[year], u) * MILLIS_PER_CORE,
    memoryBytes: at(AZURE_MEMORY[year], u) * GIB,
    diskBytes: AZURE_DISK_BYTES,
  };
}

/** Every size there is, from the smallest, with its share. */
export function azureSizes(year: 2017 | 2019): { size: VmSize; share: number }[] {
  const bounds = [AZURE_CORES[year], AZURE_MEMORY[year]].flatMap((shares) => {
    const sum = total(shares);
    let below = 0;
    return shares.map(([, percent]) => (below += percent) / sum);
  });
  const ends = [...new Set(bounds)].sort((a, b) => a - b);
  return ends
    .map((end, index) => {
      const start = ends[index - 1] ?? 0;
      return { size: azureSize(year, (start + end) / 2), share: end - start };
    })
    .filter(({ share }) => share > 1e-9);
}

function at(shares: Shares, u: number): number {
  let left = u * total(shares);
  for (const [size, percent] of shares) {
    left -= percent;
    if (left < 0) return size;
  }
  return shares.at(-1)![0];
}

function total(shares: Shares): number {
  return shares.reduce((sum, [, percent]) => sum + percent, 0);
}
