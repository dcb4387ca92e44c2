/** Maintenance of hosts in the fold: which are drained, down or coming back, and what ran on them. */
import type { HostId, VmId } from '../ports.js';
import { DEADLINE, type ZoneState } from '../state.js';
import type { Of } from './moved.js';

export function applyMaintenance(state: ZoneState, tx: Of<'maintenance'>): void {
  const { maintenance: id, hosts, atOnce, downMicros, after } = tx;
  state.maintenances.set(id, {
    ...{ id, hosts, atOnce, downMicros, after, state: 'returning', now: [], begun: 0, dueAt: null },
    ...{ former: [], open: new Set<number>() },
  });
  state.next.maintenance = id + 1;
}

export function applyMaintenanceState(state: ZoneState, tx: Of<'maintenance-state'>): void {
  const record = state.maintenances.get(tx.maintenance)!;
  const isFirst = tx.to === 'draining' && record.state !== 'draining';
  record.state = tx.to;
  record.now = tx.hosts;
  record.dueAt = tx.dueAt;
  if (tx.dueAt !== null) state.addDeadline(tx.dueAt, DEADLINE.maintenance, record.id);
  if (isFirst) {
    record.begun += tx.hosts.length;
    record.former = thoseOn(state, tx.hosts);
  }
  state.maintenanceDirty = true;
  if (tx.to === 'done') state.maintenances.delete(record.id);
}

export function applyMaintenanceMove(state: ZoneState, tx: Of<'maintenance-move'>): void {
  state.maintenances.get(tx.maintenance)!.open.add(tx.migration);
}

function thoseOn({ vms }: ZoneState, hosts: readonly HostId[]): { vm: VmId; host: HostId }[] {
  const found: { vm: VmId; host: HostId }[] = [];
  for (const { id: vm, host } of vms.values()) if (host !== null && hosts.includes(host)) found.push({ vm, host });
  return found;
}

/** A VM has come to a host, or left it. */
export function countPlaced(state: ZoneState, host: HostId, by: 1 | -1): void {
  const count = (state.placedOn.get(host) ?? 0) + by;
  if (count === 0) state.placedOn.delete(host);
  else state.placedOn.set(host, count);
  if (by === -1) state.maintenanceDirty = true;
}
