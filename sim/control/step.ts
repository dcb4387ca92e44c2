/**
 * One turn in the making: the state as it is now, and what the turn will answer. Guarantees that every change is
 * appended before it is applied, and that state tables decide what a state may become.
 */
import { APPLIANCE_STATES, type ApplianceEvent } from './appliance-states.js';
import { COPY_STATES, type CopyEvent } from './copy-states.js';
import { DISK_STATES, type DiskEvent } from './disk-states.js';
import { applyTransaction } from './fold/fold.js';
import type { Transaction } from './history.js';
import { MIGRATION_STATES, type MigrationEvent } from './migration-states.js';
import { NETWORK_STATES, type NetworkEvent } from './network-states.js';
import { NIC_STATES, type NicEvent } from './nic-states.js';
import type { Command, NetworkId, Question, Reason, RequestId, TimeMicros } from './ports.js';
import type {
  CopyRecord,
  DiskRecord,
  MigrationRecord,
  NetworkRecord,
  NicRecord,
  RuleRecord,
  SnapshotRecord,
  VmRecord,
} from './records.js';
import { RULE_STATES, type RuleEvent } from './rule-states.js';
import { SNAPSHOT_STATES, type SnapshotEvent } from './snapshot-states.js';
import type { ZoneState } from './state.js';
import type { VmLife } from './vm-life.js';
import { VM_STATES, type VmEvent } from './vm-states.js';

type Outcome = 'done' | 'refused' | 'failed';

export class Step {
  readonly transactions: Transaction[] = [];
  readonly commands: Command[] = [];
  readonly questions: Question[] = [];
  /** Guest networks that an inventory's VMs were taken over into in this turn; null: none. */
  adoptedInto: Set<NetworkId> | null = null;

  constructor(
    readonly state: ZoneState,
    readonly now: TimeMicros,
    readonly life: VmLife,
  ) {}

  /** Written out whole where it arises, its time included: added here it would cost each transaction a second object. */
  emit(transaction: Transaction): void {
    this.transactions.push(transaction);
    applyTransaction(this.state, transaction);
  }

  vmEvent(vm: VmRecord, event: VmEvent, reason: Reason | null = null): void {
    const from = vm.state;
    const to = VM_STATES.next(from, event);
    this.emit({ at: this.now, kind: 'vm-state', vm: vm.id, event, from, to, request: vm.request, reason });
  }

  networkEvent(network: NetworkRecord, event: NetworkEvent): void {
    const from = network.state;
    this.emit({
      at: this.now,
      kind: 'network-state',
      network: network.id,
      event,
      from,
      to: NETWORK_STATES.next(from, event),
    });
  }

  applianceEvent(network: NetworkRecord, event: ApplianceEvent, dueAt: TimeMicros | null = null): void {
    const from = network.appliance.state;
    const to = APPLIANCE_STATES.next(from, event);
    this.emit({ at: this.now, kind: 'appliance-state', network: network.id, event, from, to, dueAt });
  }

  diskEvent(disk: DiskRecord, event: DiskEvent): void {
    const from = disk.state;
    this.emit({ at: this.now, kind: 'disk-state', disk: disk.id, event, from, to: DISK_STATES.next(from, event) });
  }

  nicEvent(nic: NicRecord, event: NicEvent): void {
    const from = nic.state;
    this.emit({ at: this.now, kind: 'nic-state', nic: nic.id, event, from, to: NIC_STATES.next(from, event) });
  }

  copyEvent(copy: CopyRecord, event: CopyEvent): void {
    const from = copy.state;
    this.emit({ at: this.now, kind: 'copy-state', copy: copy.id, event, from, to: COPY_STATES.next(from, event) });
  }

  snapshotEvent(snapshot: SnapshotRecord, event: SnapshotEvent): void {
    const from = snapshot.state;
    const to = SNAPSHOT_STATES.next(from, event);
    this.emit({ at: this.now, kind: 'snapshot-state', snapshot: snapshot.id, event, from, to });
  }

  migrationEvent(migration: MigrationRecord, event: MigrationEvent, reason: Reason | null = null): void {
    const from = migration.state;
    const to = MIGRATION_STATES.next(from, event);
    this.emit({ at: this.now, kind: 'migration-state', migration: migration.id, event, from, to, reason });
  }

  /** `request`: the customer's that it is done for; absent: the latest about it. */
  ruleEvent(rule: RuleRecord, event: RuleEvent, request: RequestId | null = rule.request): void {
    const from = rule.state;
    this.emit({
      at: this.now,
      kind: 'rule-state',
      rule: rule.id,
      event,
      from,
      to: RULE_STATES.next(from, event),
      request,
    });
  }

  /** The VM's open request ends, if it has one. */
  endRequest(vm: VmRecord, outcome: Outcome, reason: Reason | null = null): void {
    this.endRequestOf(vm.request, vm.id, outcome, reason);
  }

  /** A request ends, unless it has ended already. */
  endRequestOf(id: RequestId | null, vm: number | null, outcome: Outcome, reason: Reason | null = null): void {
    const request = id === null ? undefined : this.state.requests.get(id);
    if (!request) return;
    const { type, ref } = request;
    this.emit({ at: this.now, kind: 'request-ended', request: request.id, type, ref, vm, outcome, reason });
  }
}
