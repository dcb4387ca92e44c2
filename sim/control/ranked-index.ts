/**
 * Things with dense ids in the order of two numbers (then of the id), each with two bounds: finds the first in that order
 * whose bounds allow what is asked. A treap whose priorities follow from the ids: its shape depends on what it holds,
 * not on how that came about, and nothing is allocated after its making. Changes are O(log n), searches typically.
 */
import { assert } from '../base/assert.js';
import { mix32 } from '../base/mix.js';

const NONE = 0;

export class RankedIndex {
  private root = NONE;
  // By place: the id less `firstId`, plus one, so that 0 can stand for nothing.
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly held: Uint8Array;
  private readonly keyA: Float64Array;
  private readonly keyB: Float64Array;
  private readonly boundX: Float64Array;
  private readonly boundY: Float64Array;
  /** The largest bounds in the subtree. */
  private readonly mostX: Float64Array;
  private readonly mostY: Float64Array;
  private readonly way: number[] = [];
  private readonly cut: number[] = [];

  /** For ids from `firstId` on, `count` of them. */
  constructor(
    private readonly firstId: number,
    count: number,
  ) {
    const places = count + 1;
    this.left = new Int32Array(places);
    this.right = new Int32Array(places);
    this.held = new Uint8Array(places);
    this.keyA = new Float64Array(places);
    this.keyB = new Float64Array(places);
    this.boundX = new Float64Array(places);
    this.boundY = new Float64Array(places);
    this.mostX = new Float64Array(places).fill(-Infinity);
    this.mostY = new Float64Array(places).fill(-Infinity);
  }

  /** Puts the id at (a, b) with bounds x and y, wherever it was. */
  set(id: number, a: number, b: number, x: number, y: number): void {
    const at = this.placeOf(id);
    if (this.held[at] && this.keyA[at] === a && this.keyB[at] === b) {
      if (this.boundX[at] === x && this.boundY[at] === y) return;
      this.boundX[at] = x;
      this.boundY[at] = y;
      this.descendTo(at);
      this.pull(at);
      return this.pullWay();
    }
    this.remove(id);
    this.held[at] = 1;
    this.keyA[at] = a;
    this.keyB[at] = b;
    this.boundX[at] = x;
    this.boundY[at] = y;
    this.insert(at);
  }

  /** Nothing, where it is not held. */
  remove(id: number): void {
    const at = this.placeOf(id);
    if (!this.held[at]) return;
    this.descendTo(at);
    this.held[at] = 0;
    this.hang(at, this.merge(this.left[at]!, this.right[at]!));
    this.pullWay();
  }

  /** The first in order whose bounds are at least x and y and for which `accept` holds; -1: none. */
  first(x: number, y: number, accept: (id: number) => boolean): number {
    return this.search(this.root, x, y, accept);
  }

  /** All in order. They must not change meanwhile. */
  *ids(): Generator<number> {
    const above: number[] = [];
    let at = this.root;
    while (at !== NONE || above.length > 0) {
      for (; at !== NONE; at = this.left[at]!) above.push(at);
      at = above.pop()!;
      yield at - 1 + this.firstId;
      at = this.right[at]!;
    }
  }

  private search(at: number, x: number, y: number, accept: (id: number) => boolean): number {
    if (at === NONE || this.mostX[at]! < x || this.mostY[at]! < y) return -1;
    const found = this.search(this.left[at]!, x, y, accept);
    if (found >= 0) return found;
    const id = at - 1 + this.firstId;
    if (this.boundX[at]! >= x && this.boundY[at]! >= y && accept(id)) return id;
    return this.search(this.right[at]!, x, y, accept);
  }

  private insert(at: number): void {
    const { way } = this;
    way.length = 0;
    const rank = mix32(at);
    let below = this.root;
    while (below !== NONE && mix32(below) > rank) {
      way.push(below);
      below = this.before(at, below) ? this.left[below]! : this.right[below]!;
    }
    const above = way.at(-1) ?? NONE;
    if (above === NONE) this.root = at;
    else if (this.before(at, above)) this.left[above] = at;
    else this.right[above] = at;
    this.split(below, at);
    this.pullWay();
  }

  /** The tree below becomes the two subtrees of `at`. */
  private split(below: number, at: number): void {
    const { left, right } = this;
    // Where the next smaller, and the next larger, subtree is to hang: `at` itself to begin with.
    let smaller = NONE;
    let larger = NONE;
    left[at] = right[at] = NONE;
    const { cut } = this;
    cut.length = 0;
    while (below !== NONE) {
      cut.push(below);
      if (this.before(below, at)) {
        if (smaller === NONE) left[at] = below;
        else right[smaller] = below;
        smaller = below;
        below = right[below]!;
        right[smaller] = NONE;
      } else {
        if (larger === NONE) right[at] = below;
        else left[larger] = below;
        larger = below;
        below = left[below]!;
        left[larger] = NONE;
      }
    }
    for (let step = cut.length - 1; step >= 0; step--) this.pull(cut[step]!);
    this.pull(at);
  }

  /** One tree of two, all of the first before all of the second. */
  private merge(a: number, b: number): number {
    if (a === NONE) return b;
    if (b === NONE) return a;
    if (mix32(a) > mix32(b)) {
      this.right[a] = this.merge(this.right[a]!, b);
      this.pull(a);
      return a;
    }
    this.left[b] = this.merge(a, this.left[b]!);
    this.pull(b);
    return b;
  }

  /** Notes the way from the root to `at`, which is held; `at` itself is not on it. */
  private descendTo(at: number): void {
    const { way } = this;
    way.length = 0;
    let here = this.root;
    while (here !== at) {
      assert(here !== NONE, 'a ranked thing is found by its key');
      way.push(here);
      here = this.before(at, here) ? this.left[here]! : this.right[here]!;
    }
  }

  /** Puts another tree in the place of `at`, at the end of the way. */
  private hang(at: number, instead: number): void {
    const above = this.way.at(-1) ?? NONE;
    if (above === NONE) this.root = instead;
    else if (this.left[above] === at) this.left[above] = instead;
    else this.right[above] = instead;
  }

  private pullWay(): void {
    for (let step = this.way.length - 1; step >= 0; step--) this.pull(this.way[step]!);
  }

  private pull(at: number): void {
    const { mostX, mostY } = this;
    const left = this.left[at]!;
    const right = this.right[at]!;
    mostX[at] = Math.max(this.boundX[at]!, mostX[left]!, mostX[right]!);
    mostY[at] = Math.max(this.boundY[at]!, mostY[left]!, mostY[right]!);
  }

  private before(at: number, other: number): boolean {
    const a = this.keyA[at]! - this.keyA[other]!;
    if (a !== 0) return a < 0;
    const b = this.keyB[at]! - this.keyB[other]!;
    return b !== 0 ? b < 0 : at < other;
  }

  private placeOf(id: number): number {
    const at = id - this.firstId + 1;
    assert(at >= 1 && at < this.held.length, () => `no id ${id} in this index`);
    return at;
  }
}
