/**
 * The fold: the one place that changes a zone's state, a transaction at a time. Guarantees that folding a plane's
 * history into a new state gives the state that the plane has.
 */
import { unreachable } from '../../base/assert.js';
import type { ZoneConfig } from '../config.js';
import type { Transaction } from '../history.js';
import { ZoneState } from '../state.js';
import { applyCommand, applyRequest, applyRequestEnded } from './exchange.js';
import { applyHostCapacity, applyHostFeatures, applyHostService } from './hosts.js';
import {
  applyAccount,
  applyAddress,
  applyApplianceState,
  applyNetwork,
  applyNetworkPod,
  applyNetworkState,
  applyPublicAddress,
  applyVlan,
} from './networks.js';
import {
  applyAskedWhere,
  applyDestination,
  applyFreed,
  applyHeld,
  applyMigration,
  applyMigrationAdmitted,
  applyMigrationDisk,
  applyMigrationState,
  applyMoved,
  applyReserved,
  applySaid,
  applyVmDisk,
} from './migrations.js';
import { applyNic, applyNicState, applyRule, applyRuleState, applyRuleVms } from './nics-and-rules.js';
import { applyMaintenance, applyMaintenanceMove, applyMaintenanceState } from './maintenances.js';
import { applyRound } from './rounds.js';
import { applyCopy, applyCopyState, applyDisk, applyDiskState, applySnapshot, applySnapshotState } from './storage.js';
import { applyArrival } from './arrivals.js';
import { applyAccountThrottle, applyVmThrottle } from './throttles.js';
import {
  applyAsked,
  applyHoldEnded,
  applyPlaced,
  applyResize,
  applySize,
  applyUnplaced,
  applyVm,
  applyVmState,
} from './vms.js';

export function foldHistory(config: ZoneConfig, history: Iterable<Transaction>): ZoneState {
  const state = new ZoneState(config);
  for (const transaction of history) applyTransaction(state, transaction);
  return state;
}

export function applyTransaction(state: ZoneState, tx: Transaction): void {
  switch (tx.kind) {
    // The most frequent first: a VM's start has five commands and a dozen changes of state.
    case 'command':
    case 'command-repeated':
    case 'command-ended':
      return applyCommand(state, tx);
    case 'vm-state':
      return applyVmState(state, tx);
    case 'disk-state':
      return applyDiskState(state, tx);
    case 'nic-state':
      return applyNicState(state, tx);
    case 'rule-state':
      return applyRuleState(state, tx);
    case 'request':
      return applyRequest(state, tx);
    case 'request-ended':
      return applyRequestEnded(state, tx);
    case 'account':
      return applyAccount(state, tx);
    case 'network':
      return applyNetwork(state, tx);
    case 'vlan-assigned':
      return applyVlan(state, tx, true);
    case 'vlan-released':
      return applyVlan(state, tx, false);
    case 'network-pod':
      return applyNetworkPod(state, tx);
    case 'network-state':
      return applyNetworkState(state, tx);
    case 'appliance-state':
      return applyApplianceState(state, tx);
    case 'vm':
      return applyVm(state, tx);
    case 'vm-resize':
      return applyResize(state, tx);
    case 'vm-size':
      return applySize(state, tx);
    case 'account-throttle':
      return applyAccountThrottle(state, tx);
    case 'vm-throttle':
      return applyVmThrottle(state, tx);
    case 'console-opened':
      return;
    case 'address-assigned':
      return applyAddress(state, tx, true);
    case 'address-released':
      return applyAddress(state, tx, false);
    case 'address-acquired':
      return applyPublicAddress(state, tx, true);
    case 'address-returned':
      return applyPublicAddress(state, tx, false);
    case 'asked':
      return applyAsked(state, tx);
    case 'placed':
      return applyPlaced(state, tx);
    case 'unplaced':
      return applyUnplaced(state, tx);
    case 'hold-ended':
      return applyHoldEnded(state, tx);
    case 'migration':
      return applyMigration(state, tx);
    case 'migration-state':
      return applyMigrationState(state, tx);
    case 'asked-where':
      return applyAskedWhere(state, tx);
    case 'migration-destination':
      return applyDestination(state, tx);
    case 'migration-reserved':
      return applyReserved(state, tx);
    case 'migration-disk':
      return applyMigrationDisk(state, tx);
    case 'vm-disk':
      return applyVmDisk(state, tx);
    case 'vm-held':
      return applyHeld(state, tx);
    case 'maintenance':
      return applyMaintenance(state, tx);
    case 'maintenance-state':
      return applyMaintenanceState(state, tx);
    case 'maintenance-move':
      return applyMaintenanceMove(state, tx);
    case 'round-begun':
    case 'round-put-off':
    case 'round-planned':
    case 'round-ended':
      return applyRound(state, tx);
    case 'migration-admitted':
      return applyMigrationAdmitted(state, tx);
    case 'vm-awaited':
    case 'vm-admitted':
    case 'vm-taken':
      return applyArrival(state, tx);
    case 'migration-said':
      return applySaid(state, tx);
    case 'vm-moved':
      return applyMoved(state, tx);
    case 'migration-freed':
      return applyFreed(state, tx);
    case 'disk':
      return applyDisk(state, tx);
    case 'template-copy':
      return applyCopy(state, tx);
    case 'copy-state':
      return applyCopyState(state, tx);
    case 'snapshot':
      return applySnapshot(state, tx);
    case 'snapshot-state':
      return applySnapshotState(state, tx);
    case 'nic':
      return applyNic(state, tx);
    case 'rule':
      return applyRule(state, tx);
    case 'rule-vms':
      return applyRuleVms(state, tx);
    case 'host-capacity':
      return applyHostCapacity(state, tx);
    case 'host-features':
      return applyHostFeatures(state, tx);
    case 'host-service':
      return applyHostService(state, tx);
    default:
      return unreachable(tx, 'fold');
  }
}
