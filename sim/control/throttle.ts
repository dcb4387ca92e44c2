/**
 * What a VM may use of network and storage at most. Of its offering's, its account's and the cloud's throttle the tightest
 * wins, resource by resource. A routing appliance is podtwin's own: what its offering says applies, and nothing else.
 */
import type { Throttle } from './ports.js';
import type { VmRecord } from './records.js';
import type { ZoneState } from './state.js';

export const UNTHROTTLED: Throttle = { networkBitsPerSecond: null, iops: null };

/** What the VM is to have, if it is of this offering. */
export function throttleOf(
  { config, accounts }: ZoneState,
  { account, role }: Pick<VmRecord, 'account' | 'role'>,
  offering: number | null,
): Throttle {
  const own = offering === null ? UNTHROTTLED : config.offerings[offering]!.throttle;
  return role === 'router' ? own : tightest(tightest(own, accounts[account]!.throttle), config.throttle);
}

export function sameThrottle(a: Throttle, b: Throttle): boolean {
  // As where there is none: the one constant.
  return a === b || (a.networkBitsPerSecond === b.networkBitsPerSecond && a.iops === b.iops);
}

function tightest(a: Throttle, b: Throttle): Throttle {
  if (a === UNTHROTTLED) return b;
  if (b === UNTHROTTLED) return a;
  return {
    networkBitsPerSecond: tighter(a.networkBitsPerSecond, b.networkBitsPerSecond),
    iops: tighter(a.iops, b.iops),
  };
}

function tighter(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
