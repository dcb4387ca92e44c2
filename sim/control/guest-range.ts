/** Which addresses of a prefix can be given out, and in which order. Addresses are IPv4, as unsigned integers. */
import type { Range } from './integer-pool.js';

export interface Prefix {
  /** The lowest address in it. */
  first: number;
  prefixLength: number;
}

/** Without network and broadcast address, where a prefix has them. */
export function usable({ first, prefixLength }: Prefix): Range {
  const size = sizeOf(prefixLength);
  return size > 2 ? { first: first + 1, last: first + size - 2 } : { first, last: first + size - 1 };
}

/** Addresses for VMs: from the gateway up, then from the start, as operators expect. */
export function guestRanges(prefix: Prefix, gateway: number): Range[] {
  const { first, last } = usable(prefix);
  return [
    { first: gateway + 1, last },
    { first, last: gateway - 1 },
  ].filter((range) => range.last >= range.first);
}

/** A prefix that a guest network can have: aligned, inside IPv4, with room for a gateway and a VM. */
export function isGuestPrefix({ first, prefixLength }: Prefix): boolean {
  if (!Number.isInteger(prefixLength) || prefixLength < 8 || prefixLength > 30) return false;
  return Number.isInteger(first) && first >= 0 && first < 0x1_0000_0000 && first % sizeOf(prefixLength) === 0;
}

function sizeOf(prefixLength: number): number {
  let size = 1;
  for (let bit = prefixLength; bit < 32; bit++) size *= 2;
  return size;
}
