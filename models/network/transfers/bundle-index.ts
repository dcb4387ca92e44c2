/** Bundles by the links they use. Guarantees one number a set of links while it is in use, and that numbers are used again. */
import { mix32 } from '../../../sim/base/mix.js';
import { grownInts } from './grown.js';
import type { Incidence } from './incidence.js';

const NONE = -1;

export class BundleIndex {
  private buckets = new Int32Array(256).fill(NONE);
  /** By bundle. */
  private next = new Int32Array(64).fill(NONE);
  private hashes = new Int32Array(64);
  private readonly unused: number[] = [];
  private count = 0;
  private indexed = 0;

  constructor(private readonly paths: Incidence) {}

  /** -1: there is none. Links in ascending order, the first `length` of `path`. */
  find(path: ArrayLike<number>, length: number): number {
    const hash = hashOf(path, length);
    let bundle = this.buckets[hash & (this.buckets.length - 1)]!;
    while (bundle !== NONE && !(this.hashes[bundle] === hash && this.hasPath(bundle, path, length)))
      bundle = this.next[bundle]!;
    return bundle;
  }

  /** A number for a bundle that `find` does not find. */
  take(): number {
    const bundle = this.unused.pop() ?? this.count++;
    if (bundle >= this.next.length) {
      this.next = grownInts(this.next, bundle + 1, NONE);
      this.hashes = grownInts(this.hashes, bundle + 1);
    }
    return bundle;
  }

  add(bundle: number, path: ArrayLike<number>, length: number): void {
    if (++this.indexed > this.buckets.length) this.grow();
    this.hashes[bundle] = hashOf(path, length);
    this.chain(bundle);
  }

  remove(bundle: number): void {
    const bucket = this.hashes[bundle]! & (this.buckets.length - 1);
    let at = this.buckets[bucket]!;
    if (at === bundle) this.buckets[bucket] = this.next[bundle]!;
    else {
      while (this.next[at] !== bundle) at = this.next[at]!;
      this.next[at] = this.next[bundle]!;
    }
    this.indexed--;
  }

  release(bundle: number): void {
    this.unused.push(bundle);
  }

  private hasPath(bundle: number, path: ArrayLike<number>, length: number): boolean {
    const { links, first, lengths } = this.paths;
    if (lengths[bundle] !== length) return false;
    const from = first[bundle]!;
    for (let at = 0; at < length; at++) if (links[from + at] !== path[at]) return false;
    return true;
  }

  private chain(bundle: number): void {
    const bucket = this.hashes[bundle]! & (this.buckets.length - 1);
    this.next[bundle] = this.buckets[bucket]!;
    this.buckets[bucket] = bundle;
  }

  private grow(): void {
    const chained: number[] = [];
    for (const head of this.buckets) for (let at = head; at !== NONE; at = this.next[at]!) chained.push(at);
    this.buckets = new Int32Array(2 * this.buckets.length).fill(NONE);
    for (const bundle of chained) this.chain(bundle);
  }
}

function hashOf(path: ArrayLike<number>, length: number): number {
  let hash = length;
  for (let at = 0; at < length; at++) hash = mix32(hash ^ path[at]!) | 0;
  return hash;
}
