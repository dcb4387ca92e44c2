/** Every model, as `podtwin models` lists it and models/README.md shows it. A test holds all three, and the files, equal. */
export interface ModelCard {
  name: string;
  /** File in models/ that holds it. */
  file: string;
  equation: string;
  source: string;
  range: string;
  ignores: string;
}

export const MODELS: readonly ModelCard[] = [
  {
    name: 'boot',
    file: 'boot.ts',
    equation: 'start = B; stop = S; reboot = S + B; seconds, constants or distributions of the scenario',
    source:
      'defaults B = 34 s, S = 5 s: Hao et al., IEEE CLOUD 2021 (AWS, Linux, image at hand; release 3 to 8 s), as quoted by later works; others in the file: Mao and Humphrey, IEEE CLOUD 2012',
    range: '0 s and more; published means 34 to 810 s',
    ignores: 'boot storms, image and VM size, guests that hang',
  },
  {
    name: 'storage',
    file: 'storage.ts',
    equation:
      'copy = C / R; create = F + C / R with a template copied, F as a copy-on-write clone; seconds, bytes, bytes per second',
    source:
      'bulk phase of QEMU block mirror (block/mirror.c) for C / R; F = 1 s, destroy, mount and dismount 0.5 s each: assumptions',
    range: 'C >= 0, R > 0, F >= 0',
    ignores: 'IOPS, copies that share a server or link, caches, sparse blocks, guest writes',
  },
  {
    name: 'virtual-nic',
    file: 'network/virtual-nic.ts',
    equation: 'add = 0.2 s; remove = 0.1 s; virtual NIC and bridge of a customer on a host',
    source: 'assumption: a handful of netlink calls and the overhead of an agent',
    range: 'a host with at most some thousand bridges',
    ignores: 'spanning tree delay, calls that take longer the more bridges there are',
  },
  {
    name: 'azure-lifetimes',
    file: 'workload/azure-lifetimes.ts',
    equation:
      't(u) = t[i] exp((u - p[i]) / (p[i+1] - p[i]) ln(t[i+1] / t[i])): the published curve, log-linear between points',
    source:
      'Azure/AzurePublicDataset, notebooks of 2017 ("SOSP Paper": Cortez et al., SOSP 2017) and 2019, read off within 1 point; the tail beyond 200 h and 96 h so that the mean life is that of the totals (56 h, 66 h)',
    range: '5 min to 6,200 h (2017), to 2,600 h (2019)',
    ignores: 'that the curves are of VMs seen in 30 days, lives that end together, size',
  },
  {
    name: 'azure-deployments',
    file: 'workload/azure-deployments.ts',
    equation: 'n(u) = least n with F(n) > u; F log-linear between the published points, VMs',
    source:
      'Azure/AzurePublicDataset, as azure-lifetimes; single VMs by continuing the curve, beyond 50 VMs log-uniform to 500: assumptions',
    range: '1 to 500 VMs; mean 17.5 (2017), 9.4 (2019)',
    ignores: 'growth and shrinking, VMs of one deployment being alike, deployments of more than 500',
  },
  {
    name: 'azure-sizes',
    file: 'workload/azure-sizes.ts',
    equation: 'cores(u), memory(u) from one uniform u: both marginals hold; root disk 30 GiB',
    source:
      'Azure/AzurePublicDataset, as azure-lifetimes; of buckets the upper end, 30 cores and 70 GiB for the open ones as in the notebook; coupling and disk: assumptions',
    range: '1 to 16 cores, 0.75 to 32 GiB (2017); 2 to 30 cores, 2 to 70 GiB (2019)',
    ignores: 'which sizes go together, sizes within a bucket',
  },
  {
    name: 'azure-cpu-use',
    file: 'workload/azure-cpu-use.ts',
    equation: "quantile of the mean use of a VM's cores, linear between the published points",
    source: 'Azure/AzurePublicDataset, notebook of 2017 ("SOSP Paper"), read off within 1 point',
    range: '0 to 1; median 0.11, mean 0.16',
    ignores: 'use over time, peaks, size',
  },
  {
    name: 'azure-arrivals',
    file: 'workload/azure-arrivals.ts',
    equation: 'r = N / (S T): 13.4 VMs a customer and day (2019)',
    source: 'totals of Azure/AzurePublicDataset: 2,695,548 VMs of 6,687 subscriptions in 30 days',
    range: 'means over a region and a month',
    ignores: 'that few subscriptions start most VMs; bursts',
  },
  {
    name: 'arrival-curves',
    file: 'workload/arrival-curves.ts',
    equation: 'rate = r c(t mod P) exp(g t); next = L^-1(L(t) + E), L its integral, E exponential',
    source:
      'shapes are assumptions; that arrivals follow the day and are fewer at weekends: Cortez et al., SOSP 2017, as quoted',
    range: 'r, c, g >= 0; growth in steps of an hour, off by at most exp(g 30 min) - 1',
    ignores: "holidays, customers' own hours, heavy-tailed (Weibull) times between arrivals: no verified shape",
  },
];
