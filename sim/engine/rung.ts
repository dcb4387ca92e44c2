/**
 * A rung of the ladder queue: buckets of equal width, each a chain of events. Guarantees that the bucket rises with the
 * time, by one expression for insertion, removal and refinement alike: no event can slip a boundary.
 */
import { NONE } from './event-records.js';

export interface Rung {
  startMicros: number;
  widthMicros: number;
  /** 1 / width: a product costs a fifth of a quotient. */
  inverse: number;
  /** Buckets in use. */
  count: number;
  /** Buckets up to this one are empty for good: what comes for them now is nearer than this rung. */
  current: number;
  heads: Int32Array;
  tails: Int32Array;
  sizes: Int32Array;
}

/** A rung of `span` from `start` in about `wanted` buckets, in the arrays of a used one (all of it empty) where they do. */
export function openRung(used: Rung | undefined, startMicros: number, spanMicros: number, wanted: number): Rung {
  const widthMicros = Math.max(1, Math.ceil(spanMicros / wanted));
  const count = Math.ceil(spanMicros / widthMicros);
  const rung = used && used.heads.length >= count ? used : emptyRung(Math.max(1024, 2 * count));
  rung.startMicros = startMicros;
  rung.widthMicros = widthMicros;
  rung.inverse = 1 / widthMicros;
  rung.count = count;
  rung.current = -1;
  return rung;
}

/** Times outside the rung belong to its first and its last bucket. */
export function bucketOf(rung: Rung, timeMicros: number): number {
  const bucket = Math.floor((timeMicros - rung.startMicros) * rung.inverse);
  return bucket < 0 ? 0 : bucket < rung.count ? bucket : rung.count - 1;
}

export function bucketStart(rung: Rung, bucket: number): number {
  return rung.startMicros + bucket * rung.widthMicros;
}

/** Goes on to the next bucket that holds anything; false: there is none. */
export function advance(rung: Rung): boolean {
  const { sizes, count } = rung;
  let bucket = rung.current + 1;
  while (bucket < count && sizes[bucket] === 0) bucket++;
  rung.current = bucket;
  return bucket < count;
}

export function emptyBucket(rung: Rung, bucket: number): void {
  rung.heads[bucket] = NONE;
  rung.tails[bucket] = NONE;
  rung.sizes[bucket] = 0;
}

function emptyRung(buckets: number): Rung {
  return {
    startMicros: 0,
    widthMicros: 1,
    inverse: 1,
    count: buckets,
    current: -1,
    heads: new Int32Array(buckets).fill(NONE),
    tails: new Int32Array(buckets).fill(NONE),
    sizes: new Int32Array(buckets),
  };
}
