/**
 * Many numbers out of one draw: for a decision that looks at several things at random and may draw once. Guarantees that
 * the numbers follow from the draw alone; how even they are is tested where they are used.
 */
const TWO_32 = 0x1_0000_0000;

export class Shuffle {
  private readonly high: number;
  private readonly low: number;
  private step = 0;

  /** `u`: uniform in [0, 1), a multiple of 2^-53. */
  constructor(u: number) {
    const scaled = u * TWO_32;
    this.high = Math.floor(scaled);
    this.low = Math.floor((scaled - this.high) * TWO_32);
  }

  /** In [0, 1), a multiple of 2^-32. */
  next(): number {
    this.step = (this.step + 0x9e37_79b9) | 0;
    return (mix(mix(this.high ^ this.step) ^ this.low) >>> 0) / TWO_32;
  }
}

/** A bijection of 32-bit integers in which every bit of the result hangs on every bit of the argument. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0_aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
  return mixed ^ (mixed >>> 15);
}
