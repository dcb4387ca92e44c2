/** Every model, as `podtwin models` lists it and models/README.md shows it. A test holds all three, and the files, equal. */
export interface ModelCard {
  name: string;
  /** File in models/ that holds it. */
  file: string;
  /** Folder in models/ with its parts, whose headers say what each of them guarantees. */
  parts?: string;
  equation: string;
  source: string;
  range: string;
  ignores: string;
}

export const MODELS: readonly ModelCard[] = [
  {
    name: 'billing',
    file: 'billing.ts',
    equation:
      "t' = ceil(max(t, m) / q) q for each interval that a VM ran (or once for an account's time of an offering); A = round(Σ n p / u) once for each account and line, half a minor unit up; exact before",
    source:
      'a definition; increments and minimum as clouds sell them: EC2 by hours begun until 2017, since then by seconds, 60 s at least (AWS, 2 October 2017)',
    range: 'prices 0 to 10^9 with six decimals at most; q > 0, m >= 0, up to a century',
    ignores: 'discounts, reservations, spot prices, free tiers, taxes, prices that change, calendar months',
  },
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
      'copy = C / R (templates to a storage server, snapshots and back); create = F + C / R with a template copied into each disk, F as a copy-on-write clone; seconds, bytes, bytes per second',
    source:
      'bulk phase of QEMU block mirror (block/mirror.c) for C / R; F = 1 s, destroy, mount and dismount 0.5 s each: assumptions',
    range: 'C >= 0, R > 0, F >= 0',
    ignores: 'IOPS, copies that share a server or link, caches, sparse blocks, guest writes',
  },
  {
    name: 'hypervisor',
    file: 'hypervisor.ts',
    equation: 'live resize = 1 s; console = 0.2 s; of a running VM',
    source: 'assumption: hot-plug of CPU and memory as a device attachment (0.5 s) for each of the two',
    range: 'guests that co-operate',
    ignores: 'memory that a guest is slow to let go of, guests that refuse',
  },
  {
    name: 'max-min',
    file: 'network/max-min.ts',
    equation:
      'x = r + w min over its links of level; sum of x on l <= C, full where level is finite; r = g min over its links of min(1, C / G); a cap is a link of its own',
    source:
      'definition of weighted max-min fairness, by progressive filling (Bertsekas and Gallager, Data Networks, 1992)',
    range: 'C >= 0, w > 0, caps and guarantees g >= 0',
    ignores: 'time, latency, packets',
  },
  {
    name: 'shared-network',
    file: 'network/shared-network.ts',
    parts: 'network/transfers',
    equation:
      'a transfer ends when the integral of its max-min rate x (see max-min) is its bits; rates change as others start and end',
    source:
      "definition of max-min sharing; held against SimGrid 3.32's completion times of 1,000 flows (models check maxmin)",
    range: 'C >= 0 and finite, w > 0, bits >= 0; long transfers: rates follow changes at once',
    ignores: 'latency, slow start, losses, unfairness between round-trip times, packets and their headers',
  },
  {
    name: 'rule',
    file: 'network/rule.ts',
    equation: 'add = 0.5 s; remove = 0.3 s; a rule in a routing appliance or firewall',
    source: 'assumption: a remote call and the reload of a small service',
    range: 'an appliance with at most some thousand rules',
    ignores: 'reloads that take longer the more rules there are, calls that wait for each other',
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
    name: 'azure-cpu-use',
    file: 'workload/azure-cpu-use.ts',
    equation: "mean CPU use of a VM = Q(u); quantile of the published distribution, a share of the VM's CPU",
    source:
      'Cortez et al., "Resource Central", SOSP 2017, digitised to a point from the notebook of github.com/Azure/AzurePublicDataset; the ends (0, 100 %) are assumptions',
    range: 'u in 0 to 1',
    ignores: 'that use hangs together with size, owner and lifetime',
  },
  {
    name: 'cpu-curve',
    file: 'workload/cpu-curve.ts',
    equation:
      's = h(t mod P) / H; piecewise linear over a day or week, mean 1; office-day: 7/12 at night and at weekends, 7/4 from 9:00 to 17:00',
    source: 'assumption: a plain shape, not data',
    range: 't >= 0, heights not negative',
    ignores: 'lunch, holidays, time zones, phases of single VMs, all that is faster than hours',
  },
  {
    name: 'cpu-sharing',
    file: 'workload/cpu-sharing.ts',
    equation: 'x = min(d, w L), sum of x = min(C, sum of d); weighted max-min, weights in proportion to vCPUs',
    source: "definition; what a fair-share scheduler does (Linux' under KVM, Xen's credit scheduler)",
    range: 'C >= 0, d >= 0, w > 0',
    ignores: 'NUMA nodes, hardware threads, caches, reservations and limits, what switching costs, waiting times',
  },
  {
    name: 'cpu-use',
    file: 'workload/cpu-use.ts',
    equation: "u = r; u = min(1, m s(t)); u = the piece of a trace; share of the VM's own CPU",
    source: "definition; the means are the scenario's",
    range: 'r and m in 0 to 1; above m = 1 / highest of s the mean falls below m',
    ignores: 'work put off for want of CPU, memory, what idle guests and routing appliances use',
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
