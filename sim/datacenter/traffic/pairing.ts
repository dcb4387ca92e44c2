/**
 * VMs of a customer in pairs that talk much to each other: the first two that run, the next two and so on. When one goes,
 * the other pairs up with whoever is alone. At most one VM is alone. Neither end of a pair sends or gets more than its
 * throttle.
 */
import type { TrafficPattern } from '../../../models/network/traffic-pattern.js';
import type { Place } from './network-traffic.js';
import type { Routed } from './routed.js';

interface Partner {
  readonly vm: number;
  place: Place;
  throttle: number;
}

export class Pairing {
  private alone: Partner | null = null;
  /** By VM: the one itself and the one it talks to. */
  private readonly pairs = new Map<number, { readonly self: Partner; readonly other: Partner }>();

  constructor(
    private readonly rates: NonNullable<TrafficPattern['pair']>,
    private readonly routed: Routed,
  ) {}

  came(vm: number, place: Place, throttle: number): void {
    this.join({ vm, place, throttle });
  }

  throttled(vm: number, throttle: number): void {
    const pair = this.pairs.get(vm);
    if (pair === undefined) {
      if (this.alone?.vm === vm) this.alone.throttle = throttle;
      return;
    }
    this.exchange(pair.self, pair.other, -1);
    pair.self.throttle = throttle;
    this.exchange(pair.self, pair.other, 1);
  }

  /** To another place, with the one that it talks to. */
  moved(vm: number, place: Place): void {
    const pair = this.pairs.get(vm);
    if (pair === undefined) {
      if (this.alone?.vm === vm) this.alone.place = place;
      return;
    }
    this.exchange(pair.self, pair.other, -1);
    pair.self.place = place;
    this.exchange(pair.self, pair.other, 1);
  }

  /** Both ways together; 0: they are no pair. */
  between(a: number, b: number): number {
    const pair = this.pairs.get(a);
    if (pair === undefined || (pair.self.vm !== b && pair.other.vm !== b)) return 0;
    const most = Math.min(pair.self.throttle, pair.other.throttle);
    return Math.min(this.rates.thereBitsPerSecond, most) + Math.min(this.rates.backBitsPerSecond, most);
  }

  private join(self: Partner): void {
    if (this.alone === null) this.alone = self;
    else {
      const other = this.alone;
      this.alone = null;
      this.pairUp(other, self);
    }
  }

  went(vm: number): void {
    if (this.alone?.vm === vm) this.alone = null;
    const pair = this.pairs.get(vm);
    if (pair === undefined) return;
    const { self, other } = pair;
    this.exchange(self, other, -1);
    this.pairs.delete(self.vm);
    this.pairs.delete(other.vm);
    this.join(other);
  }

  private pairUp(a: Partner, b: Partner): void {
    this.pairs.set(a.vm, { self: a, other: b });
    this.pairs.set(b.vm, { self: b, other: a });
    this.exchange(a, b, 1);
  }

  /** There from the VM with the lower number. */
  private exchange(a: Partner, b: Partner, sign: 1 | -1): void {
    const [first, second] = a.vm < b.vm ? [a, b] : [b, a];
    const most = Math.min(a.throttle, b.throttle);
    this.routed.between(first.place, second.place, sign * Math.min(this.rates.thereBitsPerSecond, most));
    this.routed.between(second.place, first.place, sign * Math.min(this.rates.backBitsPerSecond, most));
  }
}
