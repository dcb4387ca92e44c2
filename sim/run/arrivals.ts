/**
 * How customers come to the cloud: named accounts and the workload's first ones at time 0, further ones as a Poisson
 * process. A customer's zone is drawn from a stream of his own name.
 */
import { microsOf } from '../base/units.js';
import type { Request } from '../control/ports.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Stream, Streams } from '../engine/streams.js';
import type { ResolvedScenario, WorkloadSpec } from '../scenario/resolved.js';
import { shareAt } from './customers.js';

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
    this.kind = lane.register('customer-arrives', (first) => (first ? this.first() : this.next()), PHASES.request);
    lane.at(0, this.kind, 1);
  }

  private first(): void {
    const { accounts, initial, workload } = this.scenario;
    if (initial) this.register(initial.account, initial.zone);
    for (const { name, zone } of accounts) if (name !== initial?.account) this.register(name, zone);
    if (!workload) return;
    for (let n = 0; n < workload.accounts.initial; n++) this.arrive(workload);
    this.scheduleNext(workload);
  }

  private next(): void {
    this.arrive(this.scenario.workload!);
    this.scheduleNext(this.scenario.workload!);
  }

  private scheduleNext({ accounts: { arrivalsPerSecond: rate } }: WorkloadSpec): void {
    if (rate > 0) this.lane.after(microsOf(-Math.log1p(-this.interarrivals.next()) / rate), this.kind, 0);
  }

  private arrive({ accounts }: WorkloadSpec): void {
    const name = `customer-${String(++this.count).padStart(4, '0')}`;
    this.register(name, shareAt(accounts.zones, this.streams.stream(`zone/account/${name}`).next()).zone);
  }

  private register(name: string, zone: string): void {
    this.submit({ kind: 'register-account', ref: this.nextRef++, name, zone });
  }
}
