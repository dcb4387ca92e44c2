/**
 * What guest networks put on links at an instant, from their counts alone: at a host, a rack or a pod what its VMs send to
 * VMs that are elsewhere. All links cost a few steps a guest network and place with VMs of it; one link a few steps a guest
 * network there.
 */
import type { NetworkTraffic } from './network-traffic.js';
import type { AddLoad } from './standing-loads.js';

/** Links by place, on the fabric that guests' traffic takes; -1 where there is none (a pod without racks). */
export interface GuestLinks {
  hostUp(host: number): number;
  hostDown(host: number): number;
  rackUp(rack: number): number;
  rackDown(rack: number): number;
  podUp(pod: number): number;
  podDown(pod: number): number;
  /** On the way from a host to the public network, and back. */
  toPublic(host: number): readonly number[];
  fromPublic(host: number): readonly number[];
  /** On the way from a host to another. */
  between(from: number, to: number): readonly number[];
}

/** The network's load, link by link; a link may come up more than once. */
export function addGuestLoads(network: NetworkTraffic, links: GuestLinks, add: AddLoad): void {
  const { hosts, racks, pods, now, router } = network;
  for (const [host] of hosts.places()) {
    add(links.hostUp(host), network.sentFrom(hosts, host));
    add(links.hostDown(host), network.takenAt(hosts, host));
  }
  for (const [rack] of racks.places()) {
    if (links.rackUp(rack) < 0) continue;
    add(links.rackUp(rack), network.sentFrom(racks, rack));
    add(links.rackDown(rack), network.takenAt(racks, rack));
  }
  for (const [pod] of pods.places()) {
    add(links.podUp(pod), network.sentFrom(pods, pod));
    add(links.podDown(pod), network.takenAt(pods, pod));
  }
  if (router === null) return;
  for (const link of links.toPublic(router.host)) add(link, now.toPublic);
  for (const link of links.fromPublic(router.host)) add(link, now.fromPublic);
}
