/**
 * How customers come to the cloud: named accounts and the workload's first ones at time 0, further ones as a Poisson
 * process. A customer's zone is drawn from a stream of his own name.
 */
import { microsOf } from '../base/units.js';
import type { Request } from '../control/ports.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Stream, Streams } from '../engine/streams.js';
import { initialAccounts } from '../scenario/initial-accounts.js';
import { customerName } from '../scenario/names.js';
import type { ResolvedScenario, WorkloadSpec } from '../scenario/resolved.js';
import { shareAt } from './customers.js';

/** What a customer's arrival is: the named ones all at once, then the workload's first, then those that follow. */
const STEPS = ['named', 'initial', 'next'] as const;

export class Arrivals {
  private readonly kind: EventKind;
  private readonly interarrivals: Stream;
  private count = 0;
  private nextRef = 0;

  constructor(
    private readonly lane: Lane,
    private readonly streams: Streams,
    private readonly scenario: ResolvedScenario,
    private readonly submit: (request: Request) => void,
  ) {
    this.interarrivals = streams.stream('arrivals/accounts');
    const steps = { named: () => this.named(), initial: (n: number) => this.initial(n), next: () => this.next() };
    this.kind = lane.register('customer-arrives', (step, n) => steps[STEPS[step]!](n), PHASES.request);
    this.schedule(0, 'named');
  }

  private named(): void {
    const { accounts, initial, workload } = this.scenario;
    const brought = new Set(initial ? initialAccounts(initial) : []);
    for (const name of brought) this.register(name, initial!.zone);
    for (const { name, zone } of accounts) if (!brought.has(name)) this.register(name, zone);
    if (workload) this.schedule(0, 'initial', 1);
  }

  /** An event each, however many there are: a run can be interrupted between them. */
  private initial(n: number): void {
    const workload = this.scenario.workload!;
    if (n > workload.accounts.initial) return this.scheduleNext(workload);
    this.arrive(workload);
    this.schedule(0, 'initial', n + 1);
  }

  private next(): void {
    this.arrive(this.scenario.workload!);
    this.scheduleNext(this.scenario.workload!);
  }

  private schedule(delayMicros: number, step: (typeof STEPS)[number], n = 0): void {
    this.lane.after(delayMicros, this.kind, STEPS.indexOf(step), n);
  }

  private scheduleNext({ accounts: { arrivalsPerSecond: rate } }: WorkloadSpec): void {
    if (rate > 0) this.schedule(microsOf(this.interarrivals.exponential() / rate), 'next');
  }

  private arrive({ accounts }: WorkloadSpec): void {
    const name = customerName(++this.count);
    this.register(name, shareAt(accounts.zones, this.streams.stream(`zone/account/${name}`).next()).zone);
  }

  private register(name: string, zone: string): void {
    this.submit({ kind: 'register-account', ref: this.nextRef++, name, zone });
  }
}
