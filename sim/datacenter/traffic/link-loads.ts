/**
 * What guest networks put on links at an instant, from their counts alone: at a host, a rack or a pod what its VMs send to
 * VMs that are elsewhere. All links cost a few steps a guest network and place with VMs of it; one link a few steps a guest
 * network there.
 */
import type { NetworkTraffic } from './network-traffic.js';

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

/** Adds the network's load in bits per second, times `factor`, to `loads`: a number a link. */
export function addGuestLoads(network: NetworkTraffic, links: GuestLinks, factor: number, loads: Float64Array): void {
  const { hosts, racks, pods, now, router } = network;
  for (const [host] of hosts.places()) {
    loads[links.hostUp(host)]! += factor * network.sentFrom(hosts, host);
    loads[links.hostDown(host)]! += factor * network.takenAt(hosts, host);
  }
  for (const [rack] of racks.places()) {
    if (links.rackUp(rack) < 0) continue;
    loads[links.rackUp(rack)]! += factor * network.sentFrom(racks, rack);
    loads[links.rackDown(rack)]! += factor * network.takenAt(racks, rack);
  }
  for (const [pod] of pods.places()) {
    loads[links.podUp(pod)]! += factor * network.sentFrom(pods, pod);
    loads[links.podDown(pod)]! += factor * network.takenAt(pods, pod);
  }
  if (router === null) return;
  for (const link of links.toPublic(router.host)) loads[link]! += factor * now.toPublic;
  for (const link of links.fromPublic(router.host)) loads[link]! += factor * now.fromPublic;
}
