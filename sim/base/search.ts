/** Searching in sorted lists. */

/** Where the last of the first `count` ascending values stands that is not above `x`; 0 where all are. */
export function lastNotAbove(values: ArrayLike<number>, x: number, count = values.length): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle]! <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}
