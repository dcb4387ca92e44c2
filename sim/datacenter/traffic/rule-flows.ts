/**
 * What comes in to a guest network by the rules of its routing appliance (port forwards, load balancers), and goes out again:
 * from the public network to the appliance, and from there to the VMs that a rule names and that run, in equal parts. What
 * a VM gets of a rule, in each direction, is no more than its throttle.
 */
import type { Place } from './network-traffic.js';
import type { Routed } from './routed.js';

export interface RuleRates {
  readonly inBitsPerSecond: number;
  readonly outBitsPerSecond: number;
}

interface Target {
  readonly place: Place;
  throttle: number;
}

/** In force now, so that it can be taken away again. */
interface Flow {
  readonly router: Place;
  readonly target: Place;
  readonly into: number;
  readonly out: number;
}

export class RuleFlows {
  /** Running VMs by their addresses in the guest network. */
  private readonly targets = new Map<number, Target>();
  private readonly rules = new Map<number, { readonly rates: RuleRates; readonly addresses: readonly number[] }>();
  private flows: Flow[] = [];

  constructor(private readonly routed: Routed) {}

  came(address: number, place: Place, throttle: number, router: Place | null): void {
    this.targets.set(address, { place, throttle });
    this.refresh(router);
  }

  went(address: number, router: Place | null): void {
    this.targets.delete(address);
    this.refresh(router);
  }

  ruled(rule: number, rates: RuleRates, addresses: readonly number[], router: Place | null): void {
    this.rules.set(rule, { rates, addresses });
    this.refresh(router);
  }

  unruled(rule: number, router: Place | null): void {
    if (this.rules.delete(rule)) this.refresh(router);
  }

  /** Its rules are in force where it is now. */
  routerMoved(router: Place | null): void {
    this.refresh(router);
  }

  /** The routing appliance has gone, and its rules with it. */
  applianceGone(): void {
    this.rules.clear();
    this.refresh(null);
  }

  private refresh(router: Place | null): void {
    for (const flow of this.flows) this.put(flow, -1);
    this.flows = router === null ? [] : [...this.rules.values()].flatMap((rule) => this.flowsOf(rule, router));
    for (const flow of this.flows) this.put(flow, 1);
  }

  private flowsOf(
    { rates, addresses }: { readonly rates: RuleRates; readonly addresses: readonly number[] },
    router: Place,
  ): Flow[] {
    const running = addresses.flatMap((address) => this.targets.get(address) ?? []);
    return running.map(({ place, throttle }) => ({
      ...{ router, target: place },
      into: Math.min(rates.inBitsPerSecond / running.length, throttle),
      out: Math.min(rates.outBitsPerSecond / running.length, throttle),
    }));
  }

  private put({ router, target, into, out }: Flow, sign: 1 | -1): void {
    this.routed.fromPublic(router, sign * into);
    this.routed.between(router, target, sign * into);
    this.routed.between(target, router, sign * out);
    this.routed.toPublic(router, sign * out);
  }
}
