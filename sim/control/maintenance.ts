/**
 * Maintenance of hosts: placement avoids them, all that runs there is brought elsewhere, live, by the placement policy; once empty they
 * are down for as long as it takes; then they are in service again, and what ran on them is brought back where that is still
 * wanted. Of many hosts so many at a time. Guarantees that none is down while anything runs on it, and that what could not be
 * moved is tried again until it can.
 */
import { acknowledge, end } from './acknowledge.js';
import { roundAfterMaintenance } from './defrag/rounds.js';
import { evacuate, queueMove } from './migration-queue.js';
import type { HostId, Request } from './ports.js';
import type { MaintenanceRecord } from './records.js';
import type { ZoneState } from './state.js';
import type { Step } from './step.js';

/** An administrator wants these hosts down, so many at a time; the request is done when it has begun. */
export function maintenanceRequested(step: Step, request: Extract<Request, { kind: 'maintain' }>): void {
  const { state } = step;
  const hosts = state.hostsNamed(request.hosts);
  if (hosts === null) return end(step, request, null, null, 'unknown-host');
  const free = hosts.filter((host) => state.host(host).inService && !isMaintained(state, host));
  const id = acknowledge(step, request, null, null);
  if (free.length === 0) return step.endRequestOf(id, null, 'refused', 'host-out-of-service');
  const maintenance = state.next.maintenance;
  const { atOnce, downMicros, after } = request;
  step.emit({
    ...{ at: step.now, kind: 'maintenance', maintenance, hosts: free },
    ...{ atOnce: atOnce ?? free.length, downMicros, after },
  });
  drainNext(step, state.maintenances.get(maintenance)!);
  step.endRequestOf(id, null, 'done');
}

/** Those that are down, or on their way there, come back. */
export function returnRequested(step: Step, request: Extract<Request, { kind: 'return' }>): void {
  const { state } = step;
  const hosts = state.hostsNamed(request.hosts);
  if (hosts === null) return end(step, request, null, null, 'unknown-host');
  end(step, request, null, null, null);
  for (const record of [...state.maintenances.values()])
    if (record.state !== 'returning' && record.now.some((host) => hosts.includes(host))) bringBack(step, record);
}

function isMaintained({ maintenances }: ZoneState, host: HostId): boolean {
  for (const { hosts } of maintenances.values()) if (hosts.includes(host)) return true;
  return false;
}

function drainNext(step: Step, record: MaintenanceRecord): void {
  const { state, now } = step;
  const hosts = record.hosts.slice(record.begun, record.begun + record.atOnce);
  for (const host of hosts) step.emit({ at: now, kind: 'host-service', host, service: 'out', reason: 'maintenance' });
  change(step, record, 'draining', hosts, now + state.config.commands.retryMicros);
  evacuate(step, hosts);
}

function change(
  step: Step,
  { id: maintenance }: MaintenanceRecord,
  to: MaintenanceRecord['state'],
  hosts: readonly HostId[],
  dueAt: number | null,
): void {
  step.emit({ at: step.now, kind: 'maintenance-state', maintenance, to, hosts, dueAt });
}

/** What could not be moved is tried again; or the time for which they were to be down is over. */
export function maintenanceDue(step: Step, record: MaintenanceRecord): void {
  if (record.state === 'drained') return bringBack(step, record);
  change(step, record, 'draining', record.now, step.now + step.state.config.commands.retryMicros);
  evacuate(step, record.now);
}

function bringBack(step: Step, record: MaintenanceRecord): void {
  const { state, now } = step;
  const hosts = record.now;
  for (const host of hosts) step.emit({ at: now, kind: 'host-service', host, service: 'in', reason: 'maintenance' });
  change(step, record, 'returning', hosts, null);
  if (record.after === 'leave') return;
  for (const { vm: id, host } of record.former) {
    const vm = state.vms.get(id);
    if (vm?.state !== 'running' || vm.host === null || vm.host === host || vm.migration !== null || vm.request !== null)
      continue;
    const migration = queueMove(step, { vm: id, to: host }, { round: null, waits: [], follows: [] });
    step.emit({ at: now, kind: 'maintenance-move', maintenance: record.id, migration });
  }
}

/** At the end of a turn: hosts may have become empty, and what is brought back may be there. */
export function settleMaintenances(step: Step): void {
  const { state } = step;
  while (state.maintenanceDirty && state.maintenances.size > 0) {
    state.maintenanceDirty = false;
    for (const record of [...state.maintenances.values()]) settle(step, record);
  }
}

function settle(step: Step, record: MaintenanceRecord): void {
  const { state, now } = step;
  if (record.state === 'draining' && record.now.every((host) => isEmpty(state, host))) {
    const { downMicros } = record;
    change(step, record, 'drained', record.now, downMicros === null ? null : now + downMicros);
  } else if (record.state === 'returning' && record.open.size === 0) {
    if (record.begun < record.hosts.length) return drainNext(step, record);
    change(step, record, 'done', record.now, null);
    roundAfterMaintenance(step);
  }
}

function isEmpty({ placedOn, migrationsAt }: ZoneState, host: HostId): boolean {
  return (placedOn.get(host) ?? 0) === 0 && (migrationsAt.get(host) ?? 0) === 0;
}
