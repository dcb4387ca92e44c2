/**
 * How far two hosts of a zone are from each other, as policies and measures ask it: switches on the path of guest traffic
 * between them, and the latency of that path.
 *
 *   s = 0                      the same host
 *   s = 1                      one switch in common: the rack's, or the pod's where it has no racks
 *   s = 3                      racks of one pod: rack, pod, rack
 *   s = d_a + 1 + d_b          two pods: the switches below the zone switch on either side, and it; 3 where d = 1
 *   t = p (s - z) + z l        z = 1 where the zone switch is crossed, else 0
 *
 *   s  switches     d  1 without racks, 2 with     p  latency of a pod or rack switch [s]     l  of a zone switch [s]
 *
 * Source: definition: counted along path.ts, which a test holds it equal to.
 * Valid range: any zone; latencies of 0 and more.
 * Ignored: load, length of cables, the hosts' own part (hypervisor and virtual bridge: between VMs of a host too).
 */
import { assert } from '../../sim/base/assert.js';
import type { ZonePlan } from './zone-plan.js';

/** Symmetric; O(1), no allocation. */
export function switchesBetween({ hosts, pods }: ZonePlan, a: number, b: number): number {
  const one = hosts[a];
  const other = hosts[b];
  assert(one && other, 'two hosts of the zone');
  if (a === b) return 0;
  if (one.pod === other.pod) return one.rack === other.rack ? 1 : 3;
  return 1 + (pods[one.pod]!.racks.length > 0 ? 2 : 1) + (pods[other.pod]!.racks.length > 0 ? 2 : 1);
}

/** Seconds, one way. Symmetric; O(1), no allocation. */
export function latencyBetween(plan: ZonePlan, a: number, b: number): number {
  const switches = switchesBetween(plan, a, b);
  const across = plan.hosts[a]!.pod === plan.hosts[b]!.pod ? 0 : 1;
  return (switches - across) * plan.podLatencySeconds + across * plan.zoneSwitchLatencySeconds;
}
