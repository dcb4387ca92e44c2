/**
 * Random streams by name. Guarantees that a stream's numbers depend on the seed and its name alone: not on the order of
 * creation, nor on who else draws. The one file that imports the generator: alea, of seedrandom, with 53-bit draws.
 */
import seedrandom from 'seedrandom';

export interface Stream {
  /** A uniform number in [0, 1). */
  next(): number;
}

export class Streams {
  constructor(private readonly seed: number) {}

  /** The stream of this name, from its start: keep it, do not ask again. */
  stream(name: string): Stream {
    const generator = seedrandom.alea(`${this.seed}/${name}`);
    return { next: generator.double };
  }
}
