/**
 * How scattered a customer is: the measures of one guest network's running VMs in a zone at an instant, and their means
 * over a zone. The routing appliance is no VM here: it only says where the routing domain is.
 *
 *   phantomDomains      hosts with its VMs, other than the routing appliance's
 *   leastHosts          lower bound from vector bin packing with the zone's largest host; leastPods with its largest pod
 *   fragmentation       (pods - leastPods) / (min(VMs, pods in the zone) - leastPods): 0 as together as it can be,
 *                       1 as scattered as it can be, 0 where the denominator is 0 and there is no choice
 *   hostFragmentation   the same for hosts
 *
 * What a zone has is a matter of its inventory: hosts out of service count, and a host that customers' VMs may never use
 * (routing only) is given with no capacity and does not.
 */
import { largestResources, leastBins, sumOfResources, type Resources } from './resources.js';

/** What of a zone the formulas need. */
export interface ZoneLayout {
  readonly podOfHost: readonly number[];
  /** Hosts, and pods, that can hold customers' VMs. */
  readonly hostCount: number;
  readonly podCount: number;
  /** Resource by resource. */
  readonly largestHost: Resources;
  readonly largestPod: Resources;
}

/** `hosts` in the order of their numbers, each with its pod's number and its capacity, overcommit counted. */
export function zoneLayout(hosts: readonly (Resources & { readonly pod: number })[]): ZoneLayout {
  const usable = hosts.filter((host) => host.cpuMillis > 0 && host.memoryBytes > 0);
  const pods = new Map<number, Resources>();
  for (const host of usable) {
    const pod = pods.get(host.pod);
    pods.set(host.pod, pod === undefined ? host : sumOfResources([pod, host]));
  }
  return {
    podOfHost: hosts.map((host) => host.pod),
    hostCount: usable.length,
    podCount: pods.size,
    largestHost: largestResources(usable),
    largestPod: largestResources(pods.values()),
  };
}

/** A guest network's running VMs, summed up. */
export interface NetworkCounts {
  readonly vms: number;
  readonly hosts: number;
  readonly pods: number;
  /** Of all its VMs together. */
  readonly demand: Resources;
  /** Whether the routing appliance's host is one of its VMs' hosts. */
  readonly onRouter: boolean;
}

export interface NetworkFigures {
  readonly hosts: number;
  readonly pods: number;
  readonly phantomDomains: number;
  readonly leastHosts: number;
  readonly leastPods: number;
  readonly fragmentation: number;
  readonly hostFragmentation: number;
}

/** A running VM as the measures see it. */
export interface PlacedVm extends Resources {
  readonly host: number;
}

/** The plain form: from the VMs themselves. `router` is the routing appliance's host, null while there is none. */
export function networkFigures(vms: readonly PlacedVm[], router: number | null, zone: ZoneLayout): NetworkFigures {
  return figuresOf(countNetwork(vms, router, zone), zone);
}

export function countNetwork(vms: readonly PlacedVm[], router: number | null, zone: ZoneLayout): NetworkCounts {
  const hosts = new Set(vms.map((vm) => vm.host));
  return {
    vms: vms.length,
    hosts: hosts.size,
    pods: new Set([...hosts].map((host) => zone.podOfHost[host])).size,
    demand: sumOfResources(vms),
    onRouter: router !== null && hosts.has(router),
  };
}

export function figuresOf(network: NetworkCounts, zone: ZoneLayout): NetworkFigures {
  const { vms, hosts, pods, demand } = network;
  const leastHosts = vms === 0 ? 0 : leastBins(demand, zone.largestHost);
  const leastPods = vms === 0 ? 0 : leastBins(demand, zone.largestPod);
  return {
    hosts,
    pods,
    phantomDomains: hosts - (network.onRouter ? 1 : 0),
    leastHosts,
    leastPods,
    fragmentation: scatter(pods, leastPods, Math.min(vms, zone.podCount)),
    hostFragmentation: scatter(hosts, leastHosts, Math.min(vms, zone.hostCount)),
  };
}

/**
 * 0 at the least, 1 at the most. More may be demanded than capacity says where a host is overfull; what is used is then
 * the least.
 */
export function scatter(used: number, least: number, most: number): number {
  const bound = Math.min(least, used);
  return most <= bound ? 0 : (used - bound) / (most - bound);
}

/** Means over the guest networks of a zone with running VMs, weighted by VMs; 0 where there are none. */
export interface ZoneFigures {
  readonly vms: number;
  readonly networks: number;
  readonly fragmentation: number;
  readonly hostFragmentation: number;
  readonly podsPerCustomer: number;
  readonly hostsPerCustomer: number;
  readonly phantomDomains: number;
}

/** The plain form of the zone's means. */
export function zoneFigures(networks: Iterable<NetworkCounts>, zone: ZoneLayout): ZoneFigures {
  let vms = 0;
  let count = 0;
  const sums = { fragmentation: 0, hostFragmentation: 0, podsPerCustomer: 0, hostsPerCustomer: 0, phantomDomains: 0 };
  for (const network of networks) {
    if (network.vms === 0) continue;
    const figures = figuresOf(network, zone);
    vms += network.vms;
    count += 1;
    sums.fragmentation += network.vms * figures.fragmentation;
    sums.hostFragmentation += network.vms * figures.hostFragmentation;
    sums.podsPerCustomer += network.vms * figures.pods;
    sums.hostsPerCustomer += network.vms * figures.hosts;
    sums.phantomDomains += network.vms * figures.phantomDomains;
  }
  const mean = (sum: number): number => (vms === 0 ? 0 : sum / vms);
  return {
    vms,
    networks: count,
    fragmentation: mean(sums.fragmentation),
    hostFragmentation: mean(sums.hostFragmentation),
    podsPerCustomer: mean(sums.podsPerCustomer),
    hostsPerCustomer: mean(sums.hostsPerCustomer),
    phantomDomains: mean(sums.phantomDomains),
  };
}
