/**
 * Broadcasts that the members of a layer-2 domain send: steadily, and when something happens.
 *
 *   b = d + n + e + s x      frames a second of a member that has peers; b = d of one that has none   [1/s]
 *   e = f max(0, m - C)      misses of a neighbour table too small for the peers
 *   B = sum of b over the members of the domain
 *   boot = a + h             frames of a VM that boots; nics times r of one that has migrated; s a peer of one that is gone
 *   t(k+1) = t(k) + min(i + k j, w), t(0) = 0     instants of the announcements after a migration [s]
 *
 *   d  discovery of hosts and services [1/s]        n  peers never spoken to before, each an ARP request [1/s]
 *   x  attempts to reach addresses that nobody has [1/s]       s  requests of an attempt, a second apart (mcast_solicit)
 *   m  live peers of the member                     C  entries of its neighbour table (gc_thresh3)
 *   f  how often each peer is spoken to [1/s]       a, h  ARP and DHCP frames of a boot      r  announcements a NIC
 *   i, j, w  first gap, step and longest gap of the announcements [s]
 *
 * A peer that is known is asked again by UNICAST when its entry is stale: a timer of m / 30 s, as often assumed, is
 * wrong by orders of magnitude. Renewals of a DHCP lease are unicast too: there are none in b. With C of m peers in the
 * table, and each contact as likely to be with any peer whatever the table holds, C / m of the contacts m f find an
 * entry, whichever entry makes room: hence e.
 *
 * Source: Linux' neighbour cache (net/core/neighbour.c; sysctls of 6.18), QEMU's net/announce.c; rates by constant in
 * parameters.ts, most of them to calibrate.
 * Valid range: m >= 0, rates >= 0; contacts that do not go round the peers in a circle (then every one of them misses).
 * Ignored: what a member learns from others' requests (at most it halves n), entries refused instead of evicted, the time
 * for which a resolution is under way, attempts repeated by those who cannot believe it, routers that ask again by
 * broadcast whenever an entry runs out (m / Ta a second), IPv6.
 */
import { assert } from '../../sim/base/assert.js';
import type { BroadcastParameters } from './parameters.js';

export type MemberKind = 'vm' | 'appliance' | 'host';

/** b: broadcasts a second of one member with that many live peers. */
export function memberFramesPerSecond(kind: MemberKind, parameters: BroadcastParameters, peers: number): number {
  assert(peers >= 0, () => `a member of a layer-2 domain with ${peers} peers`);
  const discovery = parameters[`${kind}DiscoveryFramesPerSecond`];
  if (peers === 0) return discovery;
  const { peerContactsPerSecond, neighbourTableEntries, broadcastSolicits, deadPeersPerSecond } = parameters;
  return (
    discovery +
    parameters[`${kind}NewPeersPerSecond`] +
    evictionsPerSecond(peers, peerContactsPerSecond, neighbourTableEntries) +
    broadcastSolicits * deadPeersPerSecond
  );
}

/** e: contacts a second that find their peer's entry evicted, and ask for it by broadcast. */
export function evictionsPerSecond(peers: number, contactsPerPeerPerSecond: number, tableEntries: number): number {
  assert(contactsPerPeerPerSecond >= 0 && tableEntries > 0, 'evictions: a rate is not negative, a table not empty');
  return contactsPerPeerPerSecond * Math.max(0, peers - tableEntries);
}

/** Frames of a VM that boots, each of which its whole domain receives. */
export function bootFrames(parameters: BroadcastParameters): number {
  return parameters.bootArpFrames + parameters.bootDhcpFrames;
}

/** Frames that announce a VM at its new place after a migration. */
export function migrationFrames(nics: number, parameters: BroadcastParameters): number {
  assert(nics >= 0, () => `a VM with ${nics} virtual NICs`);
  return nics * parameters.announcementFrames;
}

/** When they are sent, in seconds from the moment the VM runs there. */
export function announcementSeconds(parameters: BroadcastParameters): number[] {
  const { announcementFrames, announcementInitialSeconds, announcementStepSeconds, announcementMaxSeconds } =
    parameters;
  const instants: number[] = [];
  let at = 0;
  for (let sent = 0; sent < announcementFrames; sent++) {
    instants.push(at);
    at += Math.min(announcementInitialSeconds + sent * announcementStepSeconds, announcementMaxSeconds);
  }
  return instants;
}

/** Frames of those who still speak to a VM that has stopped or moved out of reach, until they give up. */
export function deadPeerFrames(peers: number, parameters: BroadcastParameters): number {
  assert(peers >= 0, () => `a VM that ${peers} peers speak to`);
  return peers * parameters.broadcastSolicits;
}
