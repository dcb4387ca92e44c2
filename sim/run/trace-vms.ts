/**
 * The VMs of a recorded trace, each started when the trace says: one event is pending, however long the trace is.
 * Guarantees that a VM whose customer is not registered yet waits for that, and that order is the trace's.
 */
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { TraceSpec } from '../scenario/resolved.js';
import type { TraceVm } from '../scenario/trace-workload.js';

export class TraceVms {
  private readonly kind: EventKind;
  private readonly numbers: ReadonlyMap<string, number>;
  /** Of each customer, the VMs that wait for its registration; null: it has been answered. */
  private readonly waiting: (TraceVm[] | null)[];

  constructor(
    private readonly lane: Lane,
    private readonly spec: TraceSpec,
    private readonly start: (account: string, vm: TraceVm) => void,
  ) {
    this.kind = lane.register('trace-vm-starts', (at) => this.starts(at), PHASES.request);
    this.numbers = new Map(spec.accounts.map(({ name }, number) => [name, number]));
    this.waiting = spec.accounts.map(() => []);
    this.schedule(0);
  }

  /** Whether the customer is one of the trace. */
  has(account: string): boolean {
    return this.numbers.has(account);
  }

  /** The customer's registration was answered: what waited for it is started, or asked for and refused. */
  answered(account: string): void {
    const number = this.numbers.get(account);
    const waiting = number === undefined ? null : this.waiting[number]!;
    if (waiting === null) return;
    this.waiting[number!] = null;
    for (const vm of waiting) this.start(account, vm);
  }

  private schedule(at: number): void {
    const vm = this.spec.vms[at];
    if (vm) this.lane.at(vm.startMicros, this.kind, at);
  }

  private starts(at: number): void {
    const vm = this.spec.vms[at]!;
    const waiting = this.waiting[vm.account]!;
    if (waiting) waiting.push(vm);
    else this.start(this.spec.accounts[vm.account]!.name, vm);
    this.schedule(at + 1);
  }
}
