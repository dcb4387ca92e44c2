/**
 * A running digest of numbers: 64 bits in two 32-bit words. Guarantees that it depends on every bit of every number and
 * on their order: a round is one-to-one, in what is folded for a given state and in the state for what is folded, so
 * that a difference stays unless a later one happens to undo it. A fingerprint, not a seal.
 */
import { mix32 } from '../base/mix.js';

/** An event's kind is folded with eleven bits. */
export const KINDS_AT_MOST = 2048;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

export class Digest {
  private low = 0x6a09e667 | 0;
  private high = 0xbb67ae85 | 0;

  fold(value: number): void {
    double[0] = value;
    // The bits of a NaN differ from machine to machine.
    if (value === value) this.round(words[0]!, words[1]!);
    else this.round(0, 0x7ff80000);
  }

  /** An event: in two rounds, where its payload is of 32-bit integers (0 and -0 are one there). */
  foldEvent(timeMicros: number, kind: number, a: number, b: number): void {
    const wordA = a | 0;
    const wordB = b | 0;
    if (wordA !== a || wordB !== b) {
      this.fold(a);
      this.fold(b);
    }
    const far = Math.floor(timeMicros / 0x1_0000_0000);
    // Time has 53 bits: above its 32 low ones there is room for the kind, of eleven bits.
    this.round(timeMicros - far * 0x1_0000_0000, far ^ (kind << 21));
    this.round(wordA, wordB);
  }

  private round(one: number, other: number): void {
    const low = Math.imul(this.low ^ one, 0x9e3779b1);
    const high = Math.imul(this.high ^ other, 0x85ebca6b);
    this.low = low ^ (high >>> 15);
    this.high = (high + this.low + 0x27d4eb2f) | 0;
  }

  /** 16 hex digits. */
  hex(): string {
    return word8(mix32(this.high ^ (this.low >>> 7))) + word8(mix32(this.low ^ (this.high << 9)));
  }

  /** One digest of several, in their order. */
  static combine(digests: readonly string[]): string {
    const all = new Digest();
    for (const hex of digests) {
      all.fold(parseInt(hex.slice(0, 8), 16));
      all.fold(parseInt(hex.slice(8), 16));
    }
    return all.hex();
  }
}

function word8(word: number): string {
  return word.toString(16).padStart(8, '0');
}
