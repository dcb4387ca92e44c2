/**
 * For each bundle, its flows: as a list, and in the order in which they end. Guarantees: putting in is O(1), taking any flow
 * out O(log n) amortised (pairing heaps whose nodes are the flows), and nothing allocated once grown. Keys are in the
 * bundle's own measure of progress (see bundles.ts), so that they stand while rates change.
 */
import { grownFloats, grownInts } from './grown.js';

const NONE = -1;

export class FlowQueues {
  /** By flow. */
  keys = new Float64Array(64);
  /** By flow: the next in its bundle's list. */
  nextInList = new Int32Array(64).fill(NONE);
  /** By bundle: head of its list, and the flow that ends first; -1: it has none. */
  heads = new Int32Array(64).fill(NONE);
  firsts = new Int32Array(64).fill(NONE);
  counts = new Int32Array(64);

  private previousInList = new Int32Array(64).fill(NONE);
  private children = new Int32Array(64).fill(NONE);
  private siblings = new Int32Array(64).fill(NONE);
  /** The sibling before, or the parent of a first child. */
  private before = new Int32Array(64).fill(NONE);

  put(bundle: number, flow: number, key: number): void {
    this.grow(bundle, flow);
    this.keys[flow] = key;
    const head = this.heads[bundle]!;
    this.nextInList[flow] = head;
    this.previousInList[flow] = NONE;
    if (head !== NONE) this.previousInList[head] = flow;
    this.heads[bundle] = flow;
    this.counts[bundle]!++;
    this.children[flow] = NONE;
    this.siblings[flow] = NONE;
    this.before[flow] = NONE;
    this.firsts[bundle] = this.meld(this.firsts[bundle]!, flow);
  }

  take(bundle: number, flow: number): void {
    const next = this.nextInList[flow]!;
    const previous = this.previousInList[flow]!;
    if (next !== NONE) this.previousInList[next] = previous;
    if (previous !== NONE) this.nextInList[previous] = next;
    else this.heads[bundle] = next;
    this.counts[bundle]!--;
    const below = this.meldChildren(flow);
    if (this.firsts[bundle] === flow) this.firsts[bundle] = below;
    else {
      this.cut(flow);
      this.firsts[bundle] = this.meld(this.firsts[bundle]!, below);
    }
  }

  private cut(flow: number): void {
    const before = this.before[flow]!;
    const sibling = this.siblings[flow]!;
    if (this.children[before] === flow) this.children[before] = sibling;
    else this.siblings[before] = sibling;
    if (sibling !== NONE) this.before[sibling] = before;
  }

  /** The lesser of two roots, with the other as its first child. */
  private meld(a: number, b: number): number {
    if (a === NONE) return b;
    if (b === NONE) return a;
    const top = this.keys[b]! < this.keys[a]! ? b : a;
    const under = top === a ? b : a;
    const child = this.children[top]!;
    this.siblings[under] = child;
    if (child !== NONE) this.before[child] = under;
    this.before[under] = top;
    this.children[top] = under;
    return top;
  }

  /** Two passes: in pairs from the left, then those together from the right. */
  private meldChildren(flow: number): number {
    let pairs = NONE;
    for (let at = this.children[flow]!; at !== NONE;) {
      const other = this.siblings[at]!;
      const rest = other === NONE ? NONE : this.siblings[other]!;
      this.alone(at);
      if (other !== NONE) this.alone(other);
      const pair = this.meld(at, other);
      this.siblings[pair] = pairs;
      pairs = pair;
      at = rest;
    }
    let root = NONE;
    while (pairs !== NONE) {
      const next = this.siblings[pairs]!;
      this.alone(pairs);
      root = this.meld(root, pairs);
      pairs = next;
    }
    return root;
  }

  private alone(flow: number): void {
    this.siblings[flow] = NONE;
    this.before[flow] = NONE;
  }

  private grow(bundle: number, flow: number): void {
    if (bundle >= this.heads.length) {
      this.heads = grownInts(this.heads, bundle + 1, NONE);
      this.firsts = grownInts(this.firsts, bundle + 1, NONE);
      this.counts = grownInts(this.counts, bundle + 1);
    }
    if (flow < this.keys.length) return;
    this.keys = grownFloats(this.keys, flow + 1);
    this.nextInList = grownInts(this.nextInList, flow + 1, NONE);
    this.previousInList = grownInts(this.previousInList, flow + 1, NONE);
    this.children = grownInts(this.children, flow + 1, NONE);
    this.siblings = grownInts(this.siblings, flow + 1, NONE);
    this.before = grownInts(this.before, flow + 1, NONE);
  }
}
