/**
 * The customers of a zone: what named accounts, the workload and scripted events ask of the plane, and when. They know
 * their own VMs from what the plane answered, nothing else. Every draw comes from a stream named by the customer, one
 * draw a VM and purpose whatever the plane answers, so that another policy or another customer moves none of them.
 */
import type { ArrivalRate } from '../../models/workload/arrival-curves.js';
import type { Transaction } from '../control/history.js';
import type { Request } from '../control/ports.js';
import { distribution, type Distribution } from '../engine/distributions.js';
import { PHASES, type EventKind, type Lane } from '../engine/lane.js';
import type { Stream, Streams } from '../engine/streams.js';
import { microsOf, secondsOf } from '../base/units.js';
import { initialAccounts } from '../scenario/initial-accounts.js';
import type { EventSpec, ResolvedScenario, StartSpec } from '../scenario/resolved.js';
import type { TraceVm } from '../scenario/trace-workload.js';
import { requestOf } from './scripted-requests.js';
import { TraceVms } from './trace-vms.js';
import { arrivalRate, lifetimeOf, vmCount, wantAt } from './workload-draws.js';

/** A refused destroy (the VM was busy) is asked again after this long. */
const ASK_AGAIN_SECONDS = 60;

interface CustomerVm {
  readonly customer: Customer;
  readonly name: string;
  /** Seconds from its first running to its destruction; null: it stays. */
  readonly lifetimeSeconds: number | null;
  /** When it is destroyed, however long it took to start; null: its lifetime says. */
  readonly endMicros: number | null;
  state: 'starting' | 'running' | 'stopped';
  born: boolean;
}

interface Customer {
  readonly name: string;
  /** Those not destroyed, by name, in order of asking. */
  readonly vms: Map<string, CustomerVm>;
  /** VMs ever asked for: their names count on. */
  asked: number;
  /** Streams of a workload customer; a named one has none. */
  readonly draws: { offerings: Stream; lifetimes: Stream; arrivals: Stream; groups: Stream | null } | null;
}

type VmEventSpec = Extract<EventSpec, { kind: 'start-stopped' | 'stop' | 'reboot' | 'destroy' }>;

const VM_EVENTS: ReadonlySet<string> = new Set<VmEventSpec['kind']>(['start-stopped', 'stop', 'reboot', 'destroy']);

/** What a new VM is to be; absent parts are the plane's to choose. */
type NewVm = Pick<StartSpec, 'want'> &
  Partial<Pick<StartSpec, 'name' | 'networks' | 'addresses' | 'template' | 'tier'>>;

export interface CustomersPorts {
  /** To the plane. */
  submit(request: Request): void;
  /** A number for the next request. */
  ref(): number;
  /** The VM, about to be asked for, is in this tier of its customer's. */
  tier?(account: string, vm: string, tier: string): void;
}

export class Customers {
  private readonly customers = new Map<string, Customer>();
  private readonly byAccount: Customer[] = [];
  private readonly vmById = new Map<number, CustomerVm>();
  /** What a scheduled event stands for, by its number. */
  private readonly asked = new Map<number, Request>();
  private readonly arriving: Customer[] = [];
  /** Scripted events whose customer is not registered yet. */
  private readonly early = new Map<string, number[]>();
  private readonly kinds: { ask: EventKind; arrive: EventKind; end: EventKind; script: EventKind };
  private readonly script: EventSpec[];
  private readonly vmsPerCustomer: Distribution | null;
  private readonly lifetime: Distribution | null;
  private readonly arrivalRate: ArrivalRate | null = null;
  private readonly group: Distribution | null = null;
  private readonly trace: TraceVms | null;
  private readonly initialLifetime: Distribution | null;
  /** Customers that the inventory brings: nothing of theirs is drawn. */
  private readonly brought: ReadonlySet<string>;

  constructor(
    private readonly lane: Lane,
    private readonly streams: Streams,
    private readonly scenario: ResolvedScenario,
    private readonly zone: string,
    private readonly ports: CustomersPorts,
  ) {
    const phase = PHASES.request;
    this.kinds = {
      ask: lane.register('request', (ref) => this.ask(ref), phase),
      arrive: lane.register('customer-starts-more', (at) => this.arrive(at), phase),
      end: lane.register('vm-lifetime-over', (vm) => this.end(vm), phase),
      script: lane.register('scripted-event', (at) => this.play(at), phase),
    };
    const { workload, initial } = scenario;
    this.vmsPerCustomer = workload && vmCount(workload.accounts.vms);
    this.lifetime = lifetimeOf(workload?.vms.lifetimeSeconds ?? null);
    if (workload?.vms.arrivals) {
      this.group = vmCount(workload.vms.arrivals.group);
      this.arrivalRate = arrivalRate(workload.vms.arrivals, this.group.mean);
    }
    this.initialLifetime = initial?.lifetimeSeconds ? distribution(initial.lifetimeSeconds) : null;
    const home = new Map(scenario.accounts.map((account) => [account.name, account.zone]));
    this.brought = new Set(initial ? initialAccounts(initial) : []);
    for (const name of this.brought) home.set(name, initial!.zone);
    this.script = scenario.events.filter((event) => home.get(event.account) === zone);
    this.script.forEach((event, at) => lane.at(event.atMicros, this.kinds.script, at));
    const start = (account: string, vm: TraceVm): void => this.startTraced(this.customers.get(account)!, vm);
    this.trace = workload?.trace?.zone === zone ? new TraceVms(lane, workload.trace, start) : null;
  }

  /** What the plane did, as far as customers see it. */
  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        return this.registered(tx.account, tx.name);
      case 'vm':
        if (tx.role === 'user') this.vmById.set(tx.vm, this.vmOf(this.byAccount[tx.account]!, tx.name));
        return;
      case 'vm-state':
        return this.changed(tx.vm, tx.to);
      case 'request-ended':
        return this.answered(tx.ref, tx.outcome === 'done' ? null : tx.reason);
      default:
        return;
    }
  }

  /** This customer's registration was refused: what it asks for all the same is refused too, and counted. */
  turnedAway(name: string): void {
    if (!this.trace?.has(name)) return;
    this.customers.set(name, { name, vms: new Map(), asked: 0, draws: null });
    this.trace.answered(name);
  }

  private registered(account: number, name: string): void {
    const { zone } = this;
    const { accounts, workload } = this.scenario;
    const named = accounts.find((spec) => spec.name === name);
    const drawn = !named && !this.brought.has(name) && workload !== null && !this.trace?.has(name);
    const of = (purpose: string): Stream => this.streams.stream(`${purpose}/account/${name}`);
    const draws = drawn
      ? {
          offerings: of('offerings'),
          lifetimes: of('lifetimes'),
          arrivals: of('arrivals'),
          groups: this.group && of('groups'),
        }
      : null;
    const customer: Customer = { name, vms: new Map(), asked: 0, draws };
    this.byAccount[account] = customer;
    this.customers.set(name, customer);
    const { networkBitsPerSecond = null, iops = null } = named?.throttle ?? {};
    if (networkBitsPerSecond !== null || iops !== null)
      this.schedule({ kind: 'throttle', ref: this.ports.ref(), account: name, networkBitsPerSecond, iops });
    for (const { name: network, range } of named?.networks ?? [])
      this.schedule({
        kind: 'create-network',
        ref: this.ports.ref(),
        account: name,
        network,
        ...(range ? { range } : {}),
      });
    // In other zones it has what is brought there.
    for (const { offering, count } of named?.zone === zone ? named.vms : [])
      for (let n = 0; n < count; n++) this.startNew(customer, { want: { offering } });
    this.trace?.answered(name);
    for (const at of this.early.get(name) ?? []) this.lane.after(0, this.kinds.script, at);
    if (!drawn) return;
    const vms = this.vmsPerCustomer!.quantile(of('vms').next());
    for (let n = 0; n < vms; n++) this.startDrawn(customer);
    this.arriving.push(customer);
    this.scheduleArrival(this.arriving.length - 1, customer);
  }

  private scheduleArrival(at: number, customer: Customer): void {
    if (this.arrivalRate === null) return;
    const seconds = this.arrivalRate.until(secondsOf(this.lane.now), customer.draws!.arrivals.exponential());
    if (seconds < Infinity) this.lane.after(microsOf(seconds), this.kinds.arrive, at);
  }

  private arrive(at: number): void {
    const customer = this.arriving[at]!;
    const vms = this.group!.quantile(customer.draws!.groups!.next());
    for (let n = 0; n < vms; n++) this.startDrawn(customer);
    this.scheduleArrival(at, customer);
  }

  /** A VM whose size or offering and lifetime are drawn: both now, so that later ones find the streams where they would be. */
  private startDrawn(customer: Customer): void {
    const draws = customer.draws!;
    const want = wantAt(this.scenario.workload!.accounts, draws.offerings.next());
    const u = draws.lifetimes.next();
    this.startNew(customer, { want }, this.lifetime ? this.lifetime.quantile(u) : null);
  }

  /** As recorded. Refused, it is not asked for again. */
  private startTraced(customer: Customer, vm: TraceVm): void {
    const { name, endMicros, cpuMillis, memoryBytes, diskBytes } = vm;
    customer.vms.set(name, { customer, name, lifetimeSeconds: null, endMicros, state: 'starting', born: false });
    this.scheduleStart(customer, name, { want: { cpuMillis, memoryBytes, diskBytes } });
  }

  private startNew(customer: Customer, vm: NewVm, lifetimeSeconds: number | null = null): void {
    const name = vm.name ?? this.nextName(customer);
    // Whoever names one that there is already is refused by the plane, which knows it.
    if (!customer.vms.has(name))
      customer.vms.set(name, { customer, name, lifetimeSeconds, endMicros: null, state: 'starting', born: false });
    this.scheduleStart(customer, name, vm);
  }

  private scheduleStart({ name: account }: Customer, vm: string, of: NewVm): void {
    const { want, networks, addresses, template, tier } = of;
    if (tier) this.ports.tier?.(account, vm, tier);
    this.schedule({
      kind: 'start-new',
      ref: this.ports.ref(),
      account,
      vm,
      want,
      ...(networks ? { networks } : {}),
      ...(addresses ? { addresses } : {}),
      ...(template ? { template } : {}),
    });
  }

  /** An inventory, or a script, may have brought VMs of such names. */
  private nextName(customer: Customer): string {
    for (;;) {
      const name = `vm-${String(++customer.asked).padStart(4, '0')}`;
      if (!customer.vms.has(name)) return name;
    }
  }

  private vmOf(customer: Customer, name: string): CustomerVm {
    const asked = customer.vms.get(name);
    if (asked) return asked;
    // Where the inventory names customers, several may have a VM of the name.
    const owned = this.scenario.initial?.accounts ? `${customer.name}/${name}` : name;
    const draw = this.initialLifetime && this.streams.stream(`lifetimes/initial/${owned}`).next();
    const lifetimeSeconds = draw === null ? null : this.initialLifetime!.quantile(draw);
    const vm: CustomerVm = { customer, name, lifetimeSeconds, endMicros: null, state: 'starting', born: false };
    customer.vms.set(name, vm);
    return vm;
  }

  private changed(id: number, to: string): void {
    const vm = this.vmById.get(id);
    if (!vm) return;
    if (to === 'running' || to === 'stopped') vm.state = to;
    if (to === 'destroyed') {
      this.vmById.delete(id);
      vm.customer.vms.delete(vm.name);
    }
    if (to !== 'running' || vm.born) return;
    vm.born = true;
    if (vm.endMicros !== null) this.lane.at(Math.max(this.lane.now, vm.endMicros), this.kinds.end, id);
    else if (vm.lifetimeSeconds !== null) this.lane.after(microsOf(vm.lifetimeSeconds), this.kinds.end, id);
  }

  private end(id: number): void {
    const vm = this.vmById.get(id);
    if (vm) this.submitNow({ kind: 'destroy', ref: this.ports.ref(), account: vm.customer.name, vm: vm.name });
  }

  private answered(ref: number, refusal: string | null): void {
    const request = this.asked.get(ref);
    if (!request) return;
    this.asked.delete(ref);
    // Refused before there was a VM: nothing else will tell that it is not coming.
    if (request.kind === 'start-new' && refusal !== null && refusal !== 'vm-exists')
      this.customers.get(request.account)!.vms.delete(request.vm);
    if (request.kind !== 'destroy' || refusal !== 'vm-busy') return;
    const again = { ...request, ref: this.ports.ref() };
    this.asked.set(again.ref, again);
    this.lane.after(microsOf(ASK_AGAIN_SECONDS), this.kinds.ask, again.ref);
  }

  private play(at: number): void {
    const event = this.script[at]!;
    const customer = this.customers.get(event.account);
    if (!customer) {
      const early = this.early.get(event.account);
      if (early) early.push(at);
      else this.early.set(event.account, [at]);
      return;
    }
    if (event.kind === 'start') {
      for (let n = 0; n < event.count; n++) this.startNew(customer, event);
      return;
    }
    if (!isVmEvent(event)) return this.submitNow(requestOf(event, this.ports.ref()));
    const kind = event.kind === 'start-stopped' ? 'start' : event.kind;
    for (const vm of chosen(customer, event))
      this.submitNow({ kind, ref: this.ports.ref(), account: customer.name, vm });
  }

  /** Asked for in an event of its own: the plane is in the middle of a turn when customers learn of it. */
  private schedule(request: Request): void {
    this.asked.set(request.ref, request);
    this.lane.after(0, this.kinds.ask, request.ref);
  }

  private submitNow(request: Request): void {
    this.asked.set(request.ref, request);
    this.ports.submit(request);
  }

  private ask(ref: number): void {
    this.ports.submit(this.asked.get(ref)!);
  }
}

function isVmEvent(event: EventSpec): event is VmEventSpec {
  return VM_EVENTS.has(event.kind);
}

/** The VM named, or the first `count` of the customer's that are in the state the event is for. */
function chosen(customer: Customer, { kind, vm, count }: VmEventSpec): string[] {
  if (vm !== null) return [vm];
  const state = kind === 'start-stopped' ? 'stopped' : 'running';
  const wanted = (one: CustomerVm): boolean => one.state === state || (kind === 'destroy' && one.state === 'stopped');
  return [...customer.vms.values()]
    .filter(wanted)
    .slice(0, count)
    .map(({ name }) => name);
}
