/**
 * A running digest of numbers, in order: 64 bits in two 32-bit lanes. Guarantees that it depends on every bit of every
 * number and on their order; it is a fingerprint, not a seal.
 */
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

export class Digest {
  private high = 0x6a09e667 | 0;
  private low = 0xbb67ae85 | 0;

  fold(value: number): void {
    const word = value | 0;
    if (word === value) return this.mix(word);
    bits[0] = value;
    this.mix(words[0]! | 0);
    this.mix(words[1]! ^ 0x5bd1e995);
  }

  /** An event's time, kind and payload in one go: what `fold` would see, at a fraction of its cost. */
  foldEvent(time: number, kind: number, a: number, b: number): void {
    const wordA = a | 0;
    const wordB = b | 0;
    if (wordA !== a || wordB !== b) {
      this.fold(a);
      this.fold(b);
    }
    const far = Math.floor(time / 0x1_0000_0000);
    const near = (time - far * 0x1_0000_0000) | 0;
    let low = Math.imul(this.low ^ near, 0x9e3779b1);
    let high = Math.imul(this.high ^ wordA ^ (far << 8) ^ kind, 0x85ebca6b);
    low = Math.imul(low ^ (low >>> 15) ^ wordB ^ high, 0xc2b2ae35);
    high = (high ^ (high >>> 13)) + low;
    this.low = low;
    this.high = high | 0;
  }

  private mix(word: number): void {
    const low = Math.imul(this.low ^ word, 0x9e3779b1);
    this.high = Math.imul(this.high ^ ((low >>> 15) | (low << 17)), 0x85ebca6b) + word;
    this.low = low ^ (this.high >>> 13);
  }

  /** 16 hex digits. */
  hex(): string {
    return word8(finish(this.high ^ (this.low >>> 7))) + word8(finish(this.low ^ (this.high << 9)));
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

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function word8(word: number): string {
  return word.toString(16).padStart(8, '0');
}
