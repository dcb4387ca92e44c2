/**
 * One turn in the making: the state as it is now, and what the turn will answer. Guarantees that every change is
 * appended before it is applied, and that state tables decide what a state may become.
 */
import { APPLIANCE_STATES, type ApplianceEvent } from './appliance-states.js';
import { DISK_STATES, type DiskEvent } from './disk-states.js';
import { applyTransaction } from './fold.js';
import type { Change, Transaction } from './history.js';
import { NETWORK_STATES, type NetworkEvent } from './network-states.js';
import { NIC_STATES, type NicEvent } from './nic-states.js';
import type { Command, Question, Reason, TimeMicros } from './ports.js';
import type { DiskRecord, NetworkRecord, NicRecord, VmRecord, ZoneState } from './state.js';
import { VM_STATES, type VmEvent } from './vm-states.js';

export class Step {
  readonly transactions: Transaction[] = [];
  readonly commands: Command[] = [];
  readonly questions: Question[] = [];

  constructor(
    readonly state: ZoneState,
    readonly now: TimeMicros,
  ) {}

  emit(change: Change): void {
    const transaction = change as Transaction;
    transaction.at = this.now;
    this.transactions.push(transaction);
    applyTransaction(this.state, transaction);
  }

  vmEvent(vm: VmRecord, event: VmEvent, reason: Reason | null = null): void {
    const from = vm.state;
    const to = VM_STATES.next(from, event);
    this.emit({ kind: 'vm-state', vm: vm.id, event, from, to, request: vm.request, reason });
  }

  networkEvent(network: NetworkRecord, event: NetworkEvent): void {
    const from = network.state;
    this.emit({ kind: 'network-state', network: network.id, event, from, to: NETWORK_STATES.next(from, event) });
  }

  applianceEvent(network: NetworkRecord, event: ApplianceEvent, collectAt: TimeMicros | null = null): void {
    const from = network.appliance.state;
    const to = APPLIANCE_STATES.next(from, event);
    this.emit({ kind: 'appliance-state', network: network.id, event, from, to, collectAt });
  }

  diskEvent(disk: DiskRecord, event: DiskEvent): void {
    const from = disk.state;
    this.emit({ kind: 'disk-state', disk: disk.id, event, from, to: DISK_STATES.next(from, event) });
  }

  nicEvent(nic: NicRecord, event: NicEvent): void {
    const from = nic.state;
    this.emit({ kind: 'nic-state', nic: nic.id, event, from, to: NIC_STATES.next(from, event) });
  }

  /** The VM's open request ends, if it has one. */
  endRequest(vm: VmRecord, outcome: 'done' | 'refused' | 'failed', reason: Reason | null = null): void {
    if (vm.request === null) return;
    const request = this.state.requests.get(vm.request)!;
    const { id, type, ref } = request;
    this.emit({ kind: 'request-ended', request: id, type, ref, vm: vm.id, outcome, reason });
  }
}
