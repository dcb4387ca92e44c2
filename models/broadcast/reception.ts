/**
 * What broadcast costs those who receive it: frames on a host's uplink, bits on a link, CPU of the host.
 *
 *   R = sum over v carried of (B(v) - b(v))       frames a second from the host's uplink        [1/s]
 *   L = 8 (z + g) R                               bits a second on a link                       [bit/s]
 *   S = R (cr + m cv) / k                         share of a host's CPU, in a domain with a member there
 *   S = R cd / k                                  and in one that is carried there for nobody
 *
 *   B(v)  frames a second in domain v, flooded unicast included        b(v)  those sent from this host
 *   z  bytes of a frame     g  bytes of preamble and gap      m  VMs of the host that receive the frame      k  cores
 *   cr  CPU to take a frame in [s]     cv  to pass it to one VM [s]     cd  to drop it [s]
 *
 * Carried are, on pruned trunks, the domains with a member on the host (a VM, or the host's own interface); unpruned, all
 * of the pod. Every link of a domain's tree carries each of its broadcasts once.
 *
 * Source: definition of flooding in a VLAN; the Linux bridge copies a broadcast to each tap of the VLAN. The three costs are
 * assumptions, to calibrate (parameters.ts).
 * Valid range: rates at which a host keeps up, S well below 1.
 * Ignored: interrupts taken together, frames that a network card filters, what switches' own CPUs pay for ARP.
 */
import { assert } from '../../sim/base/assert.js';
import type { BroadcastParameters } from './parameters.js';

/** One domain as one host sees it, or several alike taken together. */
export interface DomainAtHost {
  /** From all members, wherever they are. */
  readonly framesPerSecond: number;
  /** From this host and its VMs. */
  readonly ownFramesPerSecond: number;
  /** A VM of the host, or the host's own interface, is in it. */
  readonly isMember: boolean;
}

/** As scenario files name them. */
export type Trunks = 'pruned' | 'unpruned';

/** R: frames a second that come in by the host's uplink. */
export function receivedFramesPerSecond(domains: readonly DomainAtHost[], trunks: Trunks): number {
  let received = 0;
  for (const { framesPerSecond, ownFramesPerSecond, isMember } of domains) {
    assert(framesPerSecond >= ownFramesPerSecond, 'a host sends no more into a domain than all its members together');
    if (isMember || trunks === 'unpruned') received += framesPerSecond - ownFramesPerSecond;
  }
  return received;
}

/** L: of frames of the shortest length, as ARP's are, unless told otherwise. */
export function linkBitsPerSecond(
  framesPerSecond: number,
  parameters: BroadcastParameters,
  frameBytes = parameters.frameBytes,
): number {
  return framesPerSecond * (frameBytes + parameters.frameGapBytes) * 8;
}

/** S where the host is a member: `receivingVms` of it get every frame (the sender, where it is one of them, does not). */
export function hostCpuShare(
  framesPerSecond: number,
  receivingVms: number,
  parameters: BroadcastParameters,
  cores = 1,
): number {
  assert(receivingVms >= 0 && cores > 0, () => `${receivingVms} VMs on a host of ${cores} cores`);
  return (framesPerSecond * (parameters.receiveSeconds + receivingVms * parameters.vmReceiveSeconds)) / cores;
}

/** S where it is not: on unpruned trunks. */
export function droppedCpuShare(framesPerSecond: number, parameters: BroadcastParameters, cores = 1): number {
  assert(cores > 0, () => `a host of ${cores} cores`);
  return (framesPerSecond * parameters.dropSeconds) / cores;
}
