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
];
