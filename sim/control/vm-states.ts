/** The VM state table: each step of starting, stopping and destroying a VM is a state, so that a restart of the plane finds its place. */
import { transitionTable } from '../base/transition-table.js';

export type VmState =
  | 'requested'
  | 'placing'
  | 'provisioning'
  | 'mounting'
  | 'starting'
  | 'running'
  | 'rebooting'
  | 'resizing'
  | 'migrating'
  | 'moving'
  | 'stopping'
  | 'dismounting'
  | 'stopped'
  | 'destroying'
  | 'destroyed';

export type VmEvent =
  | 'create'
  | 'network-ready'
  | 'place'
  | 'provisioned'
  | 'mounted'
  | 'started'
  | 'adopt'
  | 'start'
  | 'stop'
  | 'reboot'
  | 'rebooted'
  | 'resize'
  | 'resized'
  | 'not-resized'
  | 'migrate'
  | 'migrated'
  | 'not-migrated'
  | 'lost'
  | 'move'
  | 'moved'
  | 'not-moved'
  | 'halted'
  | 'dismounted'
  | 'destroy'
  | 'disk-destroyed'
  | 'refuse'
  | 'fail';

export const VM_STATES = transitionTable<VmState, VmEvent>('VM', [
  [
    'destroyed',
    'create',
    'requested',
    'A record is created for a new VM; it waits for its guest network and routing appliance.',
  ],
  ['destroyed', 'adopt', 'running', 'An inventory found the VM running: it is taken over where it is.'],
  ['stopped', 'start', 'requested', 'The customer starts a stopped VM again.'],
  [
    'requested',
    'network-ready',
    'placing',
    'Guest network and routing appliance stand: it goes where its place is kept, or the policy is asked.',
  ],
  ['requested', 'refuse', 'stopped', 'The guest network cannot be had (no VLAN ID, no address, no routing appliance).'],
  [
    'placing',
    'place',
    'provisioning',
    'The policy named a host with room: its capacity is reserved, disk and virtual NIC are asked for.',
  ],
  ['placing', 'refuse', 'stopped', 'No host, or no storage, can take it.'],
  ['provisioning', 'provisioned', 'mounting', 'Disk and virtual NIC are there: the host mounts the disk.'],
  ['provisioning', 'fail', 'dismounting', 'Disk or virtual NIC could not be had: what was built is taken back.'],
  ['mounting', 'mounted', 'starting', 'The disk is mounted: the hypervisor starts the VM.'],
  ['mounting', 'fail', 'dismounting', 'The disk could not be mounted: what was built is taken back.'],
  ['starting', 'started', 'running', 'The agent reports the VM running.'],
  ['starting', 'fail', 'stopping', 'The start failed or stayed unanswered: the host is told to stop it, to be sure.'],
  ['running', 'reboot', 'rebooting', 'The customer reboots it in place.'],
  ['rebooting', 'rebooted', 'running', 'The agent reports it running again.'],
  ['rebooting', 'fail', 'stopping', 'The reboot failed or stayed unanswered: the host is told to stop it, to be sure.'],
  ['running', 'resize', 'resizing', 'The customer wants another size: room for the larger of the two is reserved.'],
  ['resizing', 'resized', 'running', 'The hypervisor reports the new size.'],
  ['resizing', 'not-resized', 'running', 'It could not be resized: it has the size that it had.'],
  ['running', 'migrate', 'migrating', 'It is being brought to another host, and runs all the while.'],
  ['migrating', 'migrated', 'running', 'It runs at its destination.'],
  ['migrating', 'not-migrated', 'running', 'It runs on where it was.'],
  ['migrating', 'lost', 'dismounting', 'Neither source nor destination has it any more: its disk is dismounted.'],
  ['stopped', 'move', 'moving', 'It is migrated cold: its disk is copied to where it is to be.'],
  ['moving', 'moved', 'stopped', 'Its disk is there; what was its disk is collected.'],
  ['moving', 'not-moved', 'stopped', 'Its disk could not be copied: it is where it was.'],
  ['running', 'stop', 'stopping', 'The customer, or collection, stops it.'],
  ['stopping', 'halted', 'dismounting', 'The host has halted it: its disk is dismounted.'],
  [
    'dismounting',
    'dismounted',
    'stopped',
    'Nothing of it is left on the host: capacity and, with its last user, the virtual NIC are released.',
  ],
  ['stopped', 'destroy', 'destroying', 'Its disk is collected.'],
  ['destroying', 'disk-destroyed', 'destroyed', 'The record stays in the history, nothing else does.'],
]);
