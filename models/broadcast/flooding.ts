/**
 * Unicast frames that a switch floods to the whole domain because it does not know where the receiver is.
 *
 *   u = max(0, Ta - Tm) / Ta      share of time in which a silent receiver is unknown to the switch
 *   F = u q v                     flooded frames a second                                             [1/s]
 *   o = max(0, 1 - c / e)         share of all unicast frames that is flooded once the MAC table is full
 *
 *   Ta  the sender's ARP time-out: for so long it goes on without asking, so that the receiver need not speak [s]
 *   Tm  the switch's MAC ageing: for so long it remembers who spoke last [s]
 *   q   silent receivers: they answer ARP and send nothing else through the switch
 *   v   unicast frames that each is sent [1/s]     c  entries of the MAC table     e  entries that the domain needs
 *
 * Assumption of o: which entries are missing has nothing to do with whom traffic goes to, as where every station sends
 * alike. Where a few talk most, their entries stay, and less is flooded.
 *
 * Source: the timers' definitions (IEEE 802.1D ageing, RFC 826). With Cisco IOS' defaults of 14,400 s and 300 s a silent
 * receiver is flooded for 98 % of the time; defaults in GATEWAY_TIMERS as vendors' pages are quoted, not measured.
 * Valid range: Ta > 0, Tm >= 0, c >= 0, e >= 0; entries asked anew as they run out, at any traffic.
 * Ignored: receivers that send now and then (exp(-b Tm) of the gaps of b frames a second are longer than Tm), asymmetric
 * paths, the wait for a VM's first frame after a migration or a switch's reboot, hash collisions that fill tables early.
 */
import { assert } from '../../sim/base/assert.js';

/** Published pairs: what the gateway believes for how long, and what the switch does. */
export const GATEWAY_TIMERS: readonly { gateway: string; arpSeconds: number; macSeconds: number }[] = [
  { gateway: 'Cisco IOS', arpSeconds: 14_400, macSeconds: 300 },
  { gateway: 'Cisco IOS, Catalyst 6500 from SXI', arpSeconds: 14_400, macSeconds: 480 },
  { gateway: 'Cisco NX-OS', arpSeconds: 1500, macSeconds: 1800 },
  { gateway: 'Linux, a switch with 300 s', arpSeconds: 30, macSeconds: 300 },
];

/** u: 0 where the ARP entry runs out first. */
export function unknownUnicastShare(arpSeconds: number, macSeconds: number): number {
  assert(arpSeconds > 0 && macSeconds >= 0, () => `ARP time-out of ${arpSeconds} s, MAC ageing of ${macSeconds} s`);
  return Math.max(0, arpSeconds - macSeconds) / arpSeconds;
}

/** F. */
export function floodedFramesPerSecond(share: number, silentReceivers: number, framesPerSecondEach: number): number {
  assert(share >= 0 && share <= 1, () => `a share of ${share}`);
  assert(silentReceivers >= 0 && framesPerSecondEach >= 0, 'flooded frames: receivers and rates are not negative');
  return share * silentReceivers * framesPerSecondEach;
}

/** o: 0 while all fit. */
export function overflowShare(entries: number, tableEntries: number): number {
  assert(entries >= 0 && tableEntries >= 0, 'MAC table: entries are not negative');
  return entries <= tableEntries ? 0 : 1 - tableEntries / entries;
}
