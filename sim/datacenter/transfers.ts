/**
 * Finite transfers of a zone on its lane: copies and flows that share what links have left max-min fairly. Guarantees that each
 * ends when its last bit is through, that rates follow every change of the other traffic in the instant it happens, and that
 * nothing is scheduled while nothing is under way.
 *
 * Where other traffic follows a curve over the day, what it leaves is brought up to date every `CURVE_STEP_MICROS`.
 */
import { assert } from '../base/assert.js';
import { MICROS_PER_SECOND, microsOf } from '../base/units.js';
import { fairLevel } from '../../models/workload/cpu-sharing.js';
import { SharedNetwork } from '../../models/network/shared-network.js';
import { recordOf, type TransferRecord, type TransferSpec, type TransfersPorts } from './transfer.js';
import { WithoutMigrations } from './without-migrations.js';

const CURVE_STEP_MICROS = 300_000_000;

interface Active {
  readonly record: TransferRecord;
  readonly done: (endSeconds: number) => void;
}

/** A transfer that somebody else holds back as well, by its cap. */
interface Watch {
  told: number;
  toldMicros: number;
  /** Tolerance of the next telling: news within it are none. */
  tolerance: number;
  readonly tell: (offerBitsPerSecond: number) => void;
}

/** Offers are the same within rounding. */
const SAME = 1e-9;
/** Two that keep answering each other hear less and less closely, until a second has been quiet. */
const DEAFER = 1.5;
const DEAFEST = 0.1;
const QUIET_MICROS = 1_000_000;

export class Transfers {
  /** In the order of their beginning. */
  readonly records: TransferRecord[] = [];
  private readonly network: SharedNetwork;
  private readonly active = new Map<number, Active>();
  private readonly watches = new Map<number, Watch>();
  /** Of links that transfers are on, what they share; and how many they are, and of disks among them. */
  private readonly left = new Map<number, number>();
  private readonly uses = new Map<number, { all: number; disks: number }>();
  private endedBits = 0;
  private endedAcross = 0;
  /** null: no VM is being migrated, nor has what migrations held up come to its end. */
  private without: WithoutMigrations | null = null;
  private stale = false;
  /** Something has changed since offers were looked at. */
  private unseen = false;
  private handle: number | null = null;
  private handleMicros = Infinity;
  private refreshMicros = Infinity;

  constructor(
    private readonly capacityBitsPerSecond: Float64Array,
    private readonly ports: TransfersPorts,
  ) {
    this.network = new SharedNetwork(capacityBitsPerSecond);
  }

  private get migrates(): boolean {
    for (const { record } of this.active.values()) if (record.isMigration) return true;
    return false;
  }

  get underWay(): number {
    return this.active.size;
  }

  /** The transfer's number, to cancel it by. `done` is called with its exact end when it has ended, at the next microsecond or in this one. */
  start(spec: TransferSpec, done: (endSeconds: number) => void): number {
    const now = this.ports.now();
    const record = recordOf(spec, now, false);
    this.records.push(record);
    return this.begin(now, record, done);
  }

  /** The other zone's part of a transfer across zones: it loads links, and is in no record of this zone. */
  startPart(spec: TransferSpec, done: (endSeconds: number) => void): number {
    const now = this.ports.now();
    return this.begin(now, recordOf(spec, now, true), done);
  }

  private begin(now: number, record: TransferRecord, done: (endSeconds: number) => void): number {
    const spec: TransferSpec = record;
    this.count(spec, 1);
    this.refresh(now);
    const id = this.network.start(now / MICROS_PER_SECOND, {
      links: spec.links,
      bits: spec.bytes * 8,
      weight: spec.weight,
      capBitsPerSecond: spec.capBitsPerSecond,
      guaranteedBitsPerSecond: spec.guaranteedBitsPerSecond,
    });
    this.active.set(id, { record, done });
    this.compare(id, record, now);
    this.unseen = true;
    this.wake(now);
    return id;
  }

  /**
   * `tell` is called, once in an instant, with what the transfer's links here offer it when that changes: on each, the fair
   * level beside what all others have (who has more comes down to it), whatever its own cap is now. Infinity: no less than
   * the cap that it was started with. (The advertised rate of distributed max-min: A. Charny, MIT, 1994.)
   */
  watch(id: number, tell: (offerBitsPerSecond: number) => void): void {
    this.watches.set(id, { told: Infinity, toldMicros: -Infinity, tolerance: SAME, tell });
    this.unseen = true;
    this.wake(this.ports.now());
  }

  /** Of a transfer that was started with a cap; nothing to do where it has ended. */
  setCap(id: number, bitsPerSecond: number): void {
    if (!this.active.has(id)) return;
    const now = this.ports.now();
    this.network.setCap(now / MICROS_PER_SECOND, id, bitsPerSecond);
    this.without?.setCap(id, bitsPerSecond);
    this.wake(now);
  }

  isUnderWay(id: number): boolean {
    return this.active.has(id);
  }

  /** It is as if it had never been, but for what it has sent. */
  cancel(id: number): void {
    const transfer = this.active.get(id);
    assert(transfer !== undefined, () => `transfer ${id} is under way`);
    const now = this.ports.now();
    const left = this.network.cancel(now / MICROS_PER_SECOND, id);
    this.ended(transfer.record, transfer.record.bytes * 8 - left);
    transfer.record.cancelled = true;
    this.without?.cancel(id);
    this.leave(id, transfer);
    if (transfer.record.isStorage) this.refresh(now);
    this.unseen = true;
    this.wake(now);
  }

  /** The other traffic has changed: rates are solved anew once this instant is over. */
  changed(): void {
    if (this.stale || this.active.size === 0) return;
    this.stale = true;
    this.wake(this.ports.now());
  }

  /** The time that was asked for has come. */
  due(): void {
    this.handle = null;
    this.handleMicros = Infinity;
    const now = this.ports.now();
    // Ends were rounded to the nearest microsecond: what ends within half of one has ended.
    const ended = this.network.advance(Math.max(now / MICROS_PER_SECOND, this.dueSeconds(now)));
    const done: (() => void)[] = [];
    for (const { id, endSeconds } of ended) {
      const transfer = this.active.get(id)!;
      transfer.record.endSeconds = endSeconds;
      this.ended(transfer.record, transfer.record.bytes * 8);
      this.without?.ended(id, endSeconds);
      this.leave(id, transfer);
      // What storage is sure of on a link counts while a transfer of disks is on it.
      if (transfer.record.isStorage) this.stale = true;
      done.push(() => transfer.done(endSeconds));
    }
    if (this.stale || now >= this.refreshMicros) this.refresh(now);
    if (this.watches.size > 0) this.look(now);
    this.wake(now);
    if (this.without?.isEmpty === true && !this.migrates) this.without = null;
    for (const one of done) one();
  }

  /** Bits that transfers have sent over a link since the beginning of the run. */
  linkBits(link: number, atMicros: number): number {
    return this.network.linkBitsUntil(link, atMicros / MICROS_PER_SECOND);
  }

  /** Bits that transfers of this zone's records have sent up to a time, each once; or only those across zones. */
  allBits(atMicros: number, acrossZones = false): number {
    let bits = acrossZones ? this.endedAcross : this.endedBits;
    for (const [id, { record }] of this.active)
      if (!record.isPart && (!acrossZones || record.crossesZones === true))
        bits += record.bytes * 8 - this.network.bitsLeft(id, atMicros / MICROS_PER_SECOND);
    return bits;
  }

  /**
   * What one more transfer of weight 1 would be offered: on each link the fair level beside what all others have now, as for one that
   * is watched. Infinity: there are no links on its way.
   */
  offer(links: readonly number[]): number {
    const leftOver = this.ports.leftOver();
    let level = Infinity;
    for (const link of links) {
      const claims = [{ weight: 1, demand: Infinity }];
      if (this.uses.has(link))
        for (const [id, { record }] of this.active)
          if (record.links.includes(link)) claims.push({ weight: record.weight, demand: this.network.rateOf(id) });
      level = Math.min(level, fairLevel(leftOver(link, false), claims));
    }
    return level;
  }

  /** Bits per second now. */
  rateOf(id: number): number {
    return this.network.rateOf(id);
  }

  private dueSeconds(now: number): number {
    const next = this.network.nextEndSeconds;
    return microsOf(next) <= now ? next : 0;
  }

  private ended({ isPart, crossesZones }: TransferRecord, bits: number): void {
    if (isPart) return;
    this.endedBits += bits;
    if (crossesZones === true) this.endedAcross += bits;
  }

  /** Beside the first migration all that is under way is held against what it would be without. */
  private compare(id: number, record: TransferRecord, now: number): void {
    const beside = this.without;
    if (record.isMigration) {
      if (beside !== null) return;
      this.without = new WithoutMigrations(this.capacityBitsPerSecond, () => this.ports.now() / MICROS_PER_SECOND);
      for (const [link, left] of this.left) this.without.setCapacity(link, left);
      for (const [other, { record: its }] of this.active) if (!its.isMigration) this.alongside(other, its, now);
    } else if (beside !== null) this.alongside(id, record, now);
  }

  private alongside(id: number, record: TransferRecord, now: number): void {
    const { links, weight, capBitsPerSecond, guaranteedBitsPerSecond } = record;
    const bits = this.network.bitsLeft(id, now / MICROS_PER_SECOND);
    const request = { links, bits, weight, capBitsPerSecond, guaranteedBitsPerSecond };
    this.without!.start(id, request, (seconds) => (record.delaySeconds = seconds));
  }

  private leave(id: number, { record }: Active): void {
    this.active.delete(id);
    this.watches.delete(id);
    this.count(record, -1);
  }

  private count({ links, isStorage }: TransferSpec, by: 1 | -1): void {
    for (const link of links) {
      let use = this.uses.get(link);
      if (use === undefined) this.uses.set(link, (use = { all: 0, disks: 0 }));
      use.all += by;
      if (isStorage) use.disks += by;
      if (use.all === 0) this.uses.delete(link);
    }
  }

  private refresh(now: number): void {
    this.stale = false;
    const leftOver = this.ports.leftOver();
    for (const [link, { disks }] of this.uses) {
      const left = leftOver(link, disks > 0);
      this.left.set(link, left);
      this.network.setCapacity(now / MICROS_PER_SECOND, link, left);
      this.without?.setCapacity(link, left);
    }
    this.refreshMicros = this.ports.follows() ? now + CURVE_STEP_MICROS : Infinity;
  }

  private look(now: number): void {
    this.unseen = false;
    const onLink = new Map<number, { id: number; weight: number; demand: number }[]>();
    for (const id of this.watches.keys()) for (const link of this.active.get(id)!.record.links) onLink.set(link, []);
    for (const [id, { record }] of this.active)
      for (const link of record.links)
        onLink.get(link)?.push({ id, weight: record.weight, demand: this.network.rateOf(id) });
    for (const [id, watch] of this.watches) {
      const { links, weight, capBitsPerSecond } = this.active.get(id)!.record;
      let level = Infinity;
      for (const link of links) {
        const claims = onLink.get(link)!.map((one) => (one.id === id ? { weight, demand: Infinity } : one));
        level = Math.min(level, fairLevel(this.left.get(link)!, claims));
      }
      const offer = weight * level < capBitsPerSecond * (1 - SAME) ? weight * level : Infinity;
      if (now - watch.toldMicros > QUIET_MICROS) watch.tolerance = SAME;
      // Beside none, every limit is news.
      const same = watch.told < Infinity && Math.abs(offer - watch.told) <= watch.tolerance * watch.told;
      if (same || offer === watch.told) continue;
      watch.told = offer;
      watch.toldMicros = now;
      watch.tolerance = Math.min(DEAFEST, watch.tolerance * DEAFER);
      watch.tell(offer);
    }
  }

  /** At the next end, at the next step of a curve, or now where something has changed. */
  private wake(now: number): void {
    let next = Infinity;
    if (this.active.size > 0) {
      const end = this.network.nextEndSeconds;
      next = Math.min(end === Infinity ? Infinity : Math.max(now, microsOf(end)), Math.max(now, this.refreshMicros));
      if (this.stale || (this.unseen && this.watches.size > 0)) next = now;
    }
    if (next === this.handleMicros) return;
    if (this.handle !== null) this.ports.cancel(this.handle);
    this.handle = next === Infinity ? null : this.ports.at(next);
    this.handleMicros = next;
  }
}
