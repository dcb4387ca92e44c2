/**
 * A list of transfers over links, run to its end: by the network model, and the naive way to hold it against. Guarantees exact ends in
 * the order of the transfers, which both find alike to rounding.
 */
import { SharedNetwork } from '../../models/network/shared-network.js';

export interface Transfer {
  startSeconds: number;
  bits: number;
  links: readonly number[];
}

/** `transfers` in the order of their starts. */
export type TransferEnds = (capacities: readonly number[], transfers: readonly Transfer[]) => Float64Array;

export const networkEnds: TransferEnds = (capacities, transfers) => {
  const network = new SharedNetwork(capacities);
  const ends = new Float64Array(transfers.length);
  const transferOf = new Map<number, number>();
  for (let next = 0; next < transfers.length || transferOf.size > 0;) {
    const start = transfers[next]?.startSeconds ?? Infinity;
    const end = network.nextEndSeconds;
    if (end <= start)
      for (const { id, endSeconds } of network.advance(end)) {
        ends[transferOf.get(id)!] = endSeconds;
        transferOf.delete(id);
      }
    else
      for (; transfers[next]?.startSeconds === start; next++)
        transferOf.set(network.start(start, transfers[next]!), next);
  }
  return ends;
};

/** From scratch at each event: fill all links, move all transfers on. */
export const naiveEnds: TransferEnds = (capacities, transfers) => {
  const ends = new Float64Array(transfers.length);
  const left = Float64Array.from(transfers, ({ bits }) => bits);
  const filling = new NaiveFilling(capacities, transfers);
  const { rates } = filling;
  let active: number[] = [];
  let now = 0;
  for (let next = 0; next < transfers.length || active.length > 0;) {
    const start = transfers[next]?.startSeconds ?? Infinity;
    let end = Infinity;
    for (const transfer of active) end = Math.min(end, now + left[transfer]! / rates[transfer]!);
    const then = Math.min(start, end);
    for (const transfer of active) left[transfer]! -= rates[transfer]! * (then - now);
    now = then;
    if (end <= start) {
      // A bit in a thousand millions is rounding.
      const isDone = (transfer: number): boolean => left[transfer]! <= 1e-9 * transfers[transfer]!.bits;
      for (const transfer of active) if (isDone(transfer)) ends[transfer] = now;
      active = active.filter((transfer) => !isDone(transfer));
    } else for (; transfers[next]?.startSeconds === start; next++) active.push(next);
    filling.fill(active);
  }
  return ends;
};

/** Progressive filling: a look at every link in use for each that fills. */
class NaiveFilling {
  readonly rates: Float64Array;
  private readonly left: Float64Array;
  private readonly open: Int32Array;
  private readonly members: number[][];
  private readonly used: number[] = [];

  constructor(
    private readonly capacities: readonly number[],
    private readonly transfers: readonly Transfer[],
  ) {
    this.rates = new Float64Array(transfers.length);
    this.left = new Float64Array(capacities.length);
    this.open = new Int32Array(capacities.length);
    this.members = capacities.map(() => []);
  }

  fill(active: readonly number[]): void {
    this.begin(active);
    for (let full = this.fullest(); full >= 0; full = this.fullest())
      this.settle(full, this.left[full]! / this.open[full]!);
  }

  private begin(active: readonly number[]): void {
    const { used, members, left, open, rates, capacities } = this;
    used.length = 0;
    for (const transfer of active) {
      rates[transfer] = -1;
      for (const link of this.transfers[transfer]!.links) {
        if (open[link]!++ === 0) {
          used.push(link);
          left[link] = capacities[link]!;
          members[link]!.length = 0;
        }
        members[link]!.push(transfer);
      }
    }
  }

  /** With the least for each; links without open transfers drop out. -1: none is left. */
  private fullest(): number {
    const { used, left, open } = this;
    let lowest = Infinity;
    let full = -1;
    let kept = 0;
    for (const link of used) {
      if (open[link] === 0) continue;
      used[kept++] = link;
      const share = left[link]! / open[link]!;
      if (share < lowest) {
        lowest = share;
        full = link;
      }
    }
    used.length = kept;
    return full;
  }

  private settle(full: number, share: number): void {
    const { rates, left, open } = this;
    for (const transfer of this.members[full]!) {
      if (rates[transfer]! >= 0) continue;
      rates[transfer] = share;
      for (const link of this.transfers[transfer]!.links) {
        open[link]!--;
        left[link]! -= share;
      }
    }
  }
}
