/**
 * Requests of customers and administrators: acknowledged with a number, and ended once: done, refused or failed, with
 * a reason. One that asks for what cannot be in the VM's present state is refused, never queued.
 */
import { unreachable } from '../base/assert.js';
import type { AccountId, Reason, Request, VmId, Want } from './ports.js';
import type { AccountRecord, VmRecord } from './state.js';
import type { Step } from './step.js';
import { begin, destroy, reboot, stop } from './vms.js';

export function handleRequest(step: Step, request: Request): void {
  if (request.kind === 'register-account') return registerAccount(step, request);
  const account = accountOf(step, request.account);
  if (!account) return end(step, request, null, null, 'unknown-account');
  if (request.kind === 'start-new') return startNew(step, request, account);
  if (request.kind === 'adopt') return adopt(step, request, account);
  const id = account.vms.get(request.vm);
  if (id === undefined) return end(step, request, account.id, null, 'unknown-vm');
  const vm = step.state.vm(id);
  const no = objection(vm, request.kind);
  if (no !== null) return end(step, request, account.id, id, no);
  acknowledge(step, request, account.id, id);
  switch (request.kind) {
    case 'start':
      step.vmEvent(vm, 'start');
      return begin(step, vm);
    case 'stop':
      return stop(step, vm);
    case 'reboot':
      return reboot(step, vm);
    case 'destroy':
      return vm.state === 'running' ? stop(step, vm) : destroy(step, vm);
    default:
      return unreachable(request, 'request');
  }
}

/** Why a VM in its present state cannot do this; null: it can. */
function objection(vm: VmRecord, kind: 'start' | 'stop' | 'reboot' | 'destroy'): Reason | null {
  if (vm.state !== 'running' && vm.state !== 'stopped') return 'vm-busy';
  if (kind === 'start') return vm.state === 'running' ? 'already-running' : null;
  if (kind === 'destroy') return null;
  return vm.state === 'stopped' ? 'not-running' : null;
}

function registerAccount(step: Step, request: Extract<Request, { kind: 'register-account' }>): void {
  const { state } = step;
  // Told twice by the plane of what zones share, it is done the first time.
  if (state.accountByName.has(request.name)) return end(step, request, accountOf(step, request.name)!.id, null, null);
  const { vlanAssigned, zone } = state.config;
  const vlan = vlanAssigned === 'at-registration' ? state.vlans.peek() : null;
  if (vlanAssigned === 'at-registration' && vlan === null) return end(step, request, null, null, 'vlan-exhausted');
  const account = state.accounts.length;
  const network = state.networks.length;
  acknowledge(step, request, account, null);
  step.emit({ kind: 'account', account, name: request.name, zone });
  step.emit({ kind: 'network', network, account });
  if (vlan !== null) step.emit({ kind: 'vlan-assigned', network, vlan });
  endLatest(step, request, null);
}

function startNew(step: Step, request: Extract<Request, { kind: 'start-new' }>, account: AccountRecord): void {
  const { state } = step;
  const made = madeOf(step, request.want);
  const network = state.network(account.networks[0]!);
  const address = network.addresses.peek();
  if (typeof made === 'string') return end(step, request, account.id, null, made);
  if (account.vms.has(request.vm)) return end(step, request, account.id, null, 'vm-exists');
  if (address === null) return end(step, request, account.id, null, 'guest-addresses-exhausted');
  const id = state.next.vm;
  step.emit({
    kind: 'vm',
    vm: id,
    name: request.vm,
    account: account.id,
    network: network.id,
    role: 'user',
    ...made,
  });
  acknowledge(step, request, account.id, id);
  const vm = state.vm(id);
  step.emit({ kind: 'address-assigned', vm: id, interface: 'eth0', address });
  step.vmEvent(vm, 'create');
  begin(step, vm);
}

interface Made {
  /** null: made to measure. */
  offering: number | null;
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
}

/** What the VM will be made of, or why it cannot be: an offering that is not there, resources that are no amounts. */
function madeOf({ state }: Step, want: Want): Made | Reason {
  if ('offering' in want) {
    const offering = state.config.offerings.findIndex(({ name }) => name === want.offering);
    if (offering < 0) return 'unknown-offering';
    const { cpuMillis, memoryBytes, diskBytes } = state.config.offerings[offering]!;
    return { offering, cpuMillis, memoryBytes, diskBytes };
  }
  const { cpuMillis, memoryBytes, diskBytes } = want;
  const whole = [cpuMillis, memoryBytes, diskBytes].every((amount) => Number.isSafeInteger(amount) && amount >= 0);
  // A VM may do without a disk, not without cores and memory.
  if (!whole || cpuMillis === 0 || memoryBytes === 0) return 'bad-request';
  return { offering: null, cpuMillis, memoryBytes, diskBytes };
}

/** Taken over where it runs. An inventory that does not fit the host it names is refused. */
function adopt(step: Step, request: Extract<Request, { kind: 'adopt' }>, account: AccountRecord): void {
  const { state } = step;
  const { cpuMillis, memoryBytes, host, nodes } = request;
  if (account.vms.has(request.vm)) return end(step, request, account.id, null, 'vm-exists');
  if (!roomFor(step, request)) return end(step, request, account.id, null, 'no-capacity');
  const id = state.next.vm;
  step.emit({
    kind: 'vm',
    vm: id,
    name: request.vm,
    account: account.id,
    network: null,
    role: 'user',
    offering: null,
    cpuMillis,
    memoryBytes,
    diskBytes: 0,
  });
  acknowledge(step, request, account.id, id);
  step.emit({ kind: 'placed', vm: id, host, nodes, question: null });
  step.vmEvent(state.vm(id), 'adopt');
  step.endRequest(state.vm(id), 'done');
}

function roomFor(
  step: Step,
  { host: id, nodes, cpuMillis, memoryBytes }: Extract<Request, { kind: 'adopt' }>,
): boolean {
  const host = step.state.hosts[id];
  const parts = nodes.length;
  return (
    host !== undefined &&
    parts > 0 &&
    cpuMillis % parts === 0 &&
    memoryBytes % parts === 0 &&
    nodes.every((at) => {
      const node = host.nodes[at];
      return node && node.freeCpuMillis >= cpuMillis / parts && node.freeMemoryBytes >= memoryBytes / parts;
    })
  );
}

function accountOf(step: Step, name: string): AccountRecord | undefined {
  const id = step.state.accountByName.get(name);
  return id === undefined ? undefined : step.state.accounts[id];
}

function acknowledge(step: Step, request: Request, account: AccountId | null, vm: VmId | null): void {
  step.emit({ kind: 'request', request: step.state.next.request, type: request.kind, ref: request.ref, account, vm });
}

/** Acknowledged and ended at once: done where there is no reason, else refused. It does not touch the VM's own request. */
function end(step: Step, request: Request, account: AccountId | null, vm: VmId | null, reason: Reason | null): void {
  const id = step.state.next.request;
  step.emit({ kind: 'request', request: id, type: request.kind, ref: request.ref, account, vm: null });
  endLatest(step, request, reason, vm);
}

function endLatest(step: Step, request: Request, reason: Reason | null, vm: VmId | null = null): void {
  const id = step.state.next.request - 1;
  const outcome = reason === null ? 'done' : 'refused';
  step.emit({ kind: 'request-ended', request: id, type: request.kind, ref: request.ref, vm, outcome, reason });
}
