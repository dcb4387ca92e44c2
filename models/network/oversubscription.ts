/**
 * By how much the hosts below an uplink could overrun it: of a pod, of a rack.
 *
 *   o = (sum of C_host) / C_uplink        dimensionless; above 1: not all hosts can send out at full speed at once
 *
 *   C  capacity on the data fabric [bits per second]: of a host all ports of an aggregate, one of an active-backup bond
 *
 * Source: definition, as in descriptions of datacenter networks (typically 5 to 20 at a top-of-rack switch: an order of
 * magnitude from memory, not used by the model).
 * Valid range: uplinks above 0 bits per second.
 * Ignored: storage servers at the pod switch, which send into the pod; what hosts really send.
 */
import { assert } from '../../sim/base/assert.js';
import { hostBitsPerSecond, type ZonePlan } from './zone-plan.js';

/** Of a pod of the plan, or of one of its racks. */
export function oversubscription(plan: ZonePlan, pod: number, rack: number | null = null): number {
  const uplink = rack === null ? plan.podUplinkBitsPerSecond : plan.pods[pod]?.racks[rack]?.uplinkBitsPerSecond;
  assert(plan.pods[pod] && uplink !== undefined && uplink > 0, 'a pod or rack of the zone, with an uplink');
  let bitsPerSecond = 0;
  for (const host of plan.hosts)
    if (host.pod === pod && (rack === null || host.rack === rack)) bitsPerSecond += hostBitsPerSecond(host);
  return bitsPerSecond / uplink;
}
