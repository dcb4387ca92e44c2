/**
 * Who uses which links: paths by owner (a flow, or a bundle of flows), and owners by link. Guarantees both directions in
 * dense arrays, changed in O(length of the path), and nothing allocated once they have grown. The arrays are open to read: the
 * solver's inner loops are here, and arrays are replaced as they grow, so they are to be taken anew after each change.
 */
import { grownInts } from './grown.js';

export class Incidence {
  /** Where an owner's run of entries begins, and how long it is. */
  first = new Int32Array(16);
  lengths = new Int32Array(16);
  /** By entry: its link. */
  links = new Int32Array(64);
  /** By link, of which the first `counts[link]` count: owners. */
  members: Int32Array<ArrayBuffer>[] = [];
  counts = new Int32Array(16);
  /** All entries there are. */
  entryCount = 0;

  private entryOwners = new Int32Array(64);
  /** By entry: its place in the link's list. */
  private places = new Int32Array(64);
  /** By link, beside `members`: entries. */
  private memberEntries: Int32Array<ArrayBuffer>[] = [];
  /** Runs to use again, by their length. */
  private readonly freeRuns: number[][] = [];
  private end = 0;

  addLink(): void {
    this.members.push(new Int32Array(4));
    this.memberEntries.push(new Int32Array(4));
    this.counts = grownInts(this.counts, this.members.length);
  }

  /** The first `length` of `path`, no link twice. */
  attach(owner: number, path: ArrayLike<number>, length: number): void {
    this.first = grownInts(this.first, owner + 1);
    this.lengths = grownInts(this.lengths, owner + 1);
    const from = this.run(length);
    this.first[owner] = from;
    this.lengths[owner] = length;
    for (let at = 0; at < length; at++) this.enter(owner, from + at, path[at]!);
    this.entryCount += length;
  }

  detach(owner: number): void {
    const from = this.first[owner]!;
    const length = this.lengths[owner]!;
    for (let entry = from; entry < from + length; entry++) this.leave(entry);
    (this.freeRuns[length] ??= []).push(from);
    this.lengths[owner] = 0;
    this.entryCount -= length;
  }

  private run(length: number): number {
    const free = this.freeRuns[length];
    if (free !== undefined && free.length > 0) return free.pop()!;
    const from = this.end;
    this.end += length;
    this.links = grownInts(this.links, this.end);
    this.entryOwners = grownInts(this.entryOwners, this.end);
    this.places = grownInts(this.places, this.end);
    return from;
  }

  private enter(owner: number, entry: number, link: number): void {
    const place = this.counts[link]++;
    if (place >= this.members[link]!.length) {
      this.members[link] = grownInts(this.members[link]!, place + 1);
      this.memberEntries[link] = grownInts(this.memberEntries[link]!, place + 1);
    }
    this.members[link]![place] = owner;
    this.memberEntries[link]![place] = entry;
    this.links[entry] = link;
    this.entryOwners[entry] = owner;
    this.places[entry] = place;
  }

  /** The last of the link's list takes its place. */
  private leave(entry: number): void {
    const link = this.links[entry]!;
    const place = this.places[entry]!;
    const last = --this.counts[link]!;
    const moved = this.memberEntries[link]![last]!;
    this.memberEntries[link]![place] = moved;
    this.members[link]![place] = this.entryOwners[moved]!;
    this.places[moved] = place;
  }
}
