/**
 * How customers come to the cloud: named accounts and the workload's first ones at time 0, further ones as a Poisson
 * process, those of a trace when the first of their VMs starts. A customer's zone is drawn from a stream of his own name.
 */
import type { ArrivalRate } from '../../models/workload/arrival-curves.js';
import { microsOf, secondsOf } from '../base/units.js';
import type { Request } from '../control/ports.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Stream, Streams } from '../engine/streams.js';
import { initialAccounts } from '../scenario/initial-accounts.js';
import { customerName } from '../scenario/names.js';
import type { ResolvedScenario, WorkloadSpec } from '../scenario/resolved.js';
import { arrivalRate, shareAt } from './workload-draws.js';

/** What a customer's arrival is: the named ones all at once, then the workload's first, then those that follow; those of a trace one by one. */
const STEPS = ['named', 'initial', 'next', 'traced'] as const;

export class Arrivals {
  private readonly kind: EventKind;
  private readonly interarrivals: Stream;
  private readonly rate: ArrivalRate | null;
  private count = 0;
  private nextRef = 0;

  constructor(
    private readonly lane: Lane,
    private readonly streams: Streams,
    private readonly scenario: ResolvedScenario,
    private readonly submit: (request: Request) => void,
  ) {
    this.interarrivals = streams.stream('arrivals/accounts');
    this.rate = arrivalRate(scenario.workload?.accounts.arrivals ?? null);
    const steps = {
      named: () => this.named(),
      initial: (n: number) => this.initial(n),
      next: () => this.next(),
      traced: (n: number) => this.traced(n),
    };
    this.kind = lane.register('customer-arrives', (step, n) => steps[STEPS[step]!](n), PHASES.request);
    this.schedule(0, 'named');
    this.scheduleTraced(0);
  }

  private named(): void {
    const { accounts, initial, workload } = this.scenario;
    const brought = new Set(initial ? initialAccounts(initial) : []);
    for (const name of brought) this.register(name, initial!.zone);
    for (const { name, zone, otherZones } of accounts) if (!brought.has(name)) this.register(name, zone, otherZones);
    if (workload) this.schedule(0, 'initial', 1);
  }

  /** An event each, however many there are: a run can be interrupted between them. */
  private initial(n: number): void {
    const workload = this.scenario.workload!;
    if (n > workload.accounts.initial) return this.scheduleNext();
    this.arrive(workload);
    this.schedule(0, 'initial', n + 1);
  }

  private next(): void {
    this.arrive(this.scenario.workload!);
    this.scheduleNext();
  }

  private schedule(delayMicros: number, step: (typeof STEPS)[number], n = 0): void {
    this.lane.after(delayMicros, this.kind, STEPS.indexOf(step), n);
  }

  private scheduleNext(): void {
    const seconds = this.rate?.until(secondsOf(this.lane.now), this.interarrivals.exponential()) ?? Infinity;
    if (seconds < Infinity) this.schedule(microsOf(seconds), 'next');
  }

  private traced(n: number): void {
    const { accounts, zone } = this.scenario.workload!.trace!;
    this.register(accounts[n]!.name, zone);
    this.scheduleTraced(n + 1);
  }

  private scheduleTraced(n: number): void {
    const account = this.scenario.workload?.trace?.accounts[n];
    if (account) this.schedule(account.atMicros - this.lane.now, 'traced', n);
  }

  private arrive({ accounts }: WorkloadSpec): void {
    const name = customerName(++this.count);
    this.register(name, shareAt(accounts.zones, this.streams.stream(`zone/account/${name}`).next()).zone);
  }

  private register(name: string, zone: string, otherZones: readonly string[] = []): void {
    const others = otherZones.length === 0 ? {} : { otherZones };
    this.submit({ kind: 'register-account', ref: this.nextRef++, name, zone, ...others });
  }
}
