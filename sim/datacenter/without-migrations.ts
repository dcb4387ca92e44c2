/**
 * What other transfers would do if no VM were migrated: the same ones, begun when they are and on what the other traffic leaves, with
 * their share of the links as it were without migrations. Guarantees that nothing here changes what is; what follows from a
 * transfer's earlier end (another one that would begin earlier) is not told.
 */
import { SharedNetwork, type FlowRequest } from '../../models/network/shared-network.js';

interface Other {
  /** Its number here; null: it would have ended. */
  id: number | null;
  /** When it would have ended, and when it has. */
  wouldEnd: number | null;
  ended: number | null;
  /** Told by how many seconds it has been held up; less than none where sharing was to its good. */
  readonly told: (delaySeconds: number) => void;
}

export class WithoutMigrations {
  private readonly network: SharedNetwork;
  /** By the numbers of the transfers. */
  private readonly others = new Map<number, Other>();
  private readonly byId = new Map<number, number>();

  constructor(
    capacityBitsPerSecond: Float64Array,
    private readonly now: () => number,
  ) {
    this.network = new SharedNetwork(capacityBitsPerSecond);
    this.network.advance(now());
  }

  /** Neither is under way here nor in truth. */
  get isEmpty(): boolean {
    return this.others.size === 0;
  }

  start(transfer: number, request: FlowRequest, told: Other['told']): void {
    this.catchUp();
    const id = this.network.start(this.now(), request);
    this.others.set(transfer, { id, wouldEnd: null, ended: null, told });
    this.byId.set(id, transfer);
  }

  setCapacity(link: number, bitsPerSecond: number): void {
    this.catchUp();
    this.network.setCapacity(this.now(), link, bitsPerSecond);
  }

  setCap(transfer: number, bitsPerSecond: number): void {
    this.catchUp();
    const { id = null } = this.others.get(transfer) ?? {};
    if (id !== null) this.network.setCap(this.now(), id, bitsPerSecond);
  }

  ended(transfer: number, endSeconds: number): void {
    this.catchUp();
    const other = this.others.get(transfer);
    if (other === undefined) return;
    other.ended = endSeconds;
    this.settle(transfer, other);
  }

  /** Nothing is to be told of it. */
  cancel(transfer: number): void {
    this.catchUp();
    const other = this.others.get(transfer);
    if (other === undefined) return;
    this.others.delete(transfer);
    if (other.id === null) return;
    this.byId.delete(other.id);
    this.network.cancel(this.now(), other.id);
  }

  private catchUp(): void {
    for (const { id, endSeconds } of this.network.advance(this.now())) {
      const transfer = this.byId.get(id)!;
      this.byId.delete(id);
      const other = this.others.get(transfer)!;
      other.id = null;
      other.wouldEnd = endSeconds;
      this.settle(transfer, other);
    }
  }

  private settle(transfer: number, { wouldEnd, ended, told }: Other): void {
    if (wouldEnd === null || ended === null) return;
    this.others.delete(transfer);
    told(ended - wouldEnd);
  }
}
