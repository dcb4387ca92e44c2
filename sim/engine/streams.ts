/**
 * Random streams by name. Guarantees that a stream's numbers depend on the seed and its name alone: not on the order of
 * creation, nor on who else draws. The one file that imports the generator: alea, of seedrandom, with 53-bit draws.
 */
import seedrandom from 'seedrandom';

export interface Stream {
  /** A uniform number in [0, 1), a whole multiple of 2^-53. */
  next(): number;
  /** Exponential with mean 1, by inverse transform, from one uniform. */
  exponential(): number;
}

export class Streams {
  constructor(private readonly seed: number) {}

  /** The stream of this name, from its start: keep it, do not ask again. */
  stream(name: string): Stream {
    return new BatchedStream(seedrandom.alea(`${this.seed}/${name}`).double);
  }
}

/** Most streams give a draw or two; those that give many are asked for as many at a time. */
const FIRST_BATCH = 4;
const BATCH = 64;

/** Draws ahead: the generator's loop costs half of what single calls do. The numbers are the same. */
class BatchedStream implements Stream {
  private batch = new Float64Array(FIRST_BATCH);
  private at = FIRST_BATCH;
  private first = true;

  constructor(private readonly draw: () => number) {}

  next(): number {
    if (this.at === this.batch.length) this.refill();
    return this.batch[this.at++]!;
  }

  exponential(): number {
    // 1 - u is exact for a multiple of 2^-53, and the plain logarithm is the faster one.
    return -Math.log(1 - this.next());
  }

  private refill(): void {
    if (!this.first && this.batch.length < BATCH) this.batch = new Float64Array(BATCH);
    this.first = false;
    const { batch, draw } = this;
    for (let at = 0; at < batch.length; at++) batch[at] = draw();
    this.at = 0;
  }
}
