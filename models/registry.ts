/** Every model, as `podtwin models` lists it and models/README.md shows it. A test holds all three, and the files, equal. */
import { MIGRATION_MODELS } from './registry/migration.js';
import type { ModelCard } from './registry/card.js';

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
    equation: 'live resize = 1 s; console = 0.2 s; to prepare for a VM that is migrated 0.5 s, to release one 0.2 s',
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
    name: 'traffic-pattern',
    file: 'network/traffic-pattern.ts',
    equation:
      'x_ab = r_ab min(f_a, g_b), f = min(1, T / what a VM would send), g = min(1, T / what it would get); load of a link = Σ c_a x_ab (n_b - c_b); bits per second',
    source: "a definition; group-to-group matrices as in Meng et al., INFOCOM 2010; rates are the scenario's",
    range: 'rates >= 0; VMs of a group are alike',
    ignores: "bursts, feedback, what a throttled VM's peers could take up of what it leaves",
  },
  {
    name: 'management-messages',
    file: 'network/management-messages.ts',
    equation:
      'b = 8 (n_c c + n_r r + n_o k) bits of commands, reports, consoles; p = 8 g / t bits a second of pings from each host',
    source:
      "t = 60 s: Apache CloudStack's ping.interval; c = 2 kB, r = 1 kB, k = 3.75 MB, g = 2 kB: assumptions, to calibrate",
    range: 'counts and sizes of 0 and more',
    ignores: 'log shipping, images that pass the management servers',
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
    name: 'broadcast-parameters',
    file: 'broadcast/parameters.ts',
    equation: "p = the scenario's value where it gives one, else the table's; a unit, a source and a mark by constant",
    source:
      'by constant: timers of Linux 6.18 (sysctl), announcements of QEMU 8.2.7; rates and CPU costs are assumptions or figures of other networks, marked to calibrate',
    range: 'values 0 and more; a neighbour table of at least one entry',
    ignores: 'differences within a kind of member, times of the day, guests that are not Linux',
  },
  {
    name: 'broadcast-emission',
    file: 'broadcast/emission.ts',
    equation:
      'b = d + n + f max(0, m - C) + s x (discovery, new peers, evicted peers, dead addresses); boot a + h frames, migration r a NIC, dead peer s; frames a second, frames',
    source:
      "Linux' neighbour cache (re-validation is unicast, so nothing in proportion to peers over 30 s), QEMU's announcements; rates to calibrate",
    range: 'm >= 0 peers, rates >= 0; contacts that do not go round the peers in a circle',
    ignores: "what is learnt from others' requests, entries refused instead of evicted, repeated attempts, IPv6",
  },
  {
    name: 'broadcast-flooding',
    file: 'broadcast/flooding.ts',
    equation:
      'u = max(0, Ta - Tm) / Ta of the time a silent receiver is flooded; o = max(0, 1 - c / e) of unicast frames past the MAC table',
    source: "the timers' definitions; Cisco's defaults as vendors' pages are quoted (14,400 s and 300 s: 98 %)",
    range: 'Ta > 0, Tm >= 0; which entries are missing has nothing to do with traffic',
    ignores: 'receivers that send now and then, asymmetric paths, hash collisions',
  },
  {
    name: 'broadcast-reception',
    file: 'broadcast/reception.ts',
    equation:
      'R = sum over domains carried of (B - b); L = 8 (z + g) R; S = R (cr + m cv) / k, or R cd / k where the host has no member',
    source: 'definition of flooding in a VLAN; cr = 1 us, cv = 5 us, cd = 0.3 us: assumptions, to calibrate',
    range: 'rates at which a host keeps up',
    ignores: 'interrupts taken together, filters in network cards, CPUs of switches',
  },
  {
    name: 'vlan',
    file: 'vlan.ts',
    equation:
      'N = p (IDs unique in a zone), p z (in a pod), 2^24 - r (overlay); q = (M - h) / M, h = 50 B; P = sum over ports of VLANs carried; E = hosts + NICs',
    source:
      "IEEE 802.1Q, RFC 7348; ports times VLANs as in Cisco's Nexus guide; limits of switches by device in the file",
    range: 'IDs 1 to 4094; one switch that all hosts of a pod hang on',
    ignores: 'IDs that vendors keep, spanning tree instances, how an overlay carries broadcasts',
  },
  {
    name: 'bond',
    file: 'network/zone-plan.ts',
    equation:
      'C = n r, m = r as an aggregate; C = m = r as active-backup; capacity and most of one flow, bits per second',
    source: "definition; the modes are those of Linux' bonding driver (802.3ad, active-backup)",
    range: 'speeds above 0, at least one port',
    ignores: 'flows that hashing puts on the same port while another is idle, ports that fail, overhead of frames',
  },
  {
    name: 'cables',
    file: 'network/cables.ts',
    equation: 'F (H + R + P) + S + 3 + V = cables; fabrics, hosts, racks, pods, storage servers, tunnels; full duplex',
    source: "definition; pods as layer 2 below layer-3 zone switches, as Apache CloudStack's documentation draws zones",
    range: 'speeds above 0',
    ignores:
      "single uplinks of a pod or rack, the link between two switches of a pair, switches' throughput, what routes between fabrics",
  },
  {
    name: 'topology',
    file: 'network/topology.ts',
    equation: 'up = first + 2 i, down = up + 1; tunnel = first + i; links of a zone, numbered from 0',
    source: 'definition',
    range: 'speeds above 0; a rack of its pod for each host where the pod has racks',
    ignores: 'failures, and what cables ignores',
  },
  {
    name: 'path',
    file: 'network/path.ts',
    equation:
      't = sum of t_switch + f t_firewall + D, one way; m = min of m_link; up to the first switch in common and down, between zones through firewalls and public network or tunnel',
    source: 'definition; 10 us for a pod or rack switch, 50 us for a zone switch: assumptions of the scenario format',
    range: 'any two ends of known zones; latencies of 0 and more',
    ignores: "queueing, cables' length within a data center, source NAT by the routing appliance, two tunnels in a row",
  },
  {
    name: 'host-distance',
    file: 'network/host-distance.ts',
    equation: 's = 0, 1, 3 or d_a + 1 + d_b switches; t = p (s - z) + z l; between two hosts of a zone',
    source: 'definition: counted along path',
    range: 'any zone; latencies of 0 and more',
    ignores: "load, length of cables, the hosts' own part",
  },
  {
    name: 'oversubscription',
    file: 'network/oversubscription.ts',
    equation: 'o = (sum of C_host) / C_uplink; of a pod, of a rack',
    source: 'definition, as in descriptions of datacenter networks',
    range: 'uplinks above 0',
    ignores: 'storage servers at the pod switch, what hosts really send',
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
  ...MIGRATION_MODELS,
];
