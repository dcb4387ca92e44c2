/** Mixing of integers. */

/** A bijection of the 32-bit integers, to those from 0 to 2^32 - 1: every bit of the result hangs on every bit of `word`. */
export function mix32(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
