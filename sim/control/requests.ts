/**
 * Requests of customers and administrators: acknowledged with a number, and ended once: done, refused or failed, with
 * a reason. One that asks for what cannot be in the VM's present state is refused, never queued.
 */
import { unreachable } from '../base/assert.js';
import { acknowledge, end, endLatest } from './acknowledge.js';
import { adopt } from './adopt.js';
import { admit, takeOver, withdraw } from './arrivals.js';
import { sendVmCommand } from './commands.js';
import { defragmentRequested } from './defrag/rounds.js';
import { maintenanceRequested, returnRequested } from './maintenance.js';
import { evacuateRequested, migrateRequested } from './migration-queue.js';
import {
  acquireAddress,
  addNamedRule,
  createNetwork,
  deleteNetwork,
  releaseAddress,
  removeNamedRule,
} from './network-requests.js';
import type { NetworkId, Reason, Request } from './ports.js';
import type { AccountRecord, VmRecord } from './records.js';
import { resize, resizeObjection } from './resize.js';
import { deleteSnapshot, revert, takeSnapshot } from './snapshots.js';
import type { Step } from './step.js';
import { throttleAccount } from './throttling.js';
import { begin, destroy, reboot, stop } from './vms.js';
import { wanted, type Wanted } from './wants.js';

type Of<Kind extends Request['kind']> = Extract<Request, { kind: Kind }>;
type VmRequest = Exclude<Extract<Request, { vm: string }>, { kind: 'start-new' | 'adopt' | 'admit-vm' }>;

export const FIRST_NETWORK = 'default';

export function handleRequest(step: Step, request: Request): void {
  if (request.kind === 'register-account') return registerAccount(step, request);
  if (request.kind === 'evacuate') return evacuateRequested(step, request);
  if (request.kind === 'maintain') return maintenanceRequested(step, request);
  if (request.kind === 'return') return returnRequested(step, request);
  if (request.kind === 'defragment') return defragmentRequested(step, request);
  if (request.kind === 'take-vm') return takeOver(step, request);
  if (request.kind === 'withdraw-vm') return withdraw(step, request);
  const id = step.state.accountByName.get(request.account);
  const account = id === undefined ? undefined : step.state.accounts[id];
  if (!account) return end(step, request, null, null, 'unknown-account');
  switch (request.kind) {
    case 'start-new':
      return startNew(step, request, account);
    case 'admit-vm':
      return admit(step, request, account.id);
    case 'throttle':
      return throttleAccount(step, request, account);
    case 'adopt':
      return adopt(step, request, account);
    case 'create-network':
      return createNetwork(step, request, account);
    case 'delete-network':
      return deleteNetwork(step, request, account);
    case 'acquire-address':
      return acquireAddress(step, request, account);
    case 'release-address':
      return releaseAddress(step, request, account);
    case 'add-rule':
      return addNamedRule(step, request, account);
    case 'remove-rule':
      return removeNamedRule(step, request, account);
    default:
      return ofVm(step, request, account);
  }
}

function ofVm(step: Step, request: VmRequest, account: AccountRecord): void {
  const id = account.vms.get(request.vm);
  if (id === undefined) return end(step, request, account.id, null, 'unknown-vm');
  const vm = step.state.vm(id);
  if (request.kind === 'resize') return resizeRequested(step, request, account, vm);
  if (request.kind === 'migrate') return migrateRequested(step, request, account, vm);
  const no = objection(step, vm, request);
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
    case 'console':
      return sendVmCommand(step, 'open-console', vm);
    case 'snapshot':
      return takeSnapshot(step, vm, request.snapshot);
    case 'revert':
      return revert(step, step.state.snapshot(vm.snapshots!.get(request.snapshot)!));
    case 'delete-snapshot':
      return deleteSnapshot(step, step.state.snapshot(vm.snapshots!.get(request.snapshot)!));
    default:
      return unreachable(request, 'request');
  }
}

/** Why a VM in its present state cannot do this; null: it can. */
function objection(
  step: Step,
  vm: VmRecord,
  request: Exclude<VmRequest, { kind: 'resize' | 'migrate' }>,
): Reason | null {
  if (isBusy(vm)) return 'vm-busy';
  const running = vm.state === 'running';
  switch (request.kind) {
    case 'start':
      return running ? 'already-running' : null;
    case 'stop':
    case 'reboot':
      return running ? null : 'not-running';
    case 'destroy':
      return null;
    case 'console':
      if (!running) return 'not-running';
      return step.state.host(vm.host!).features.includes('console') ? null : 'unsupported';
    case 'snapshot':
      if (vm.disk === null) return 'unsupported';
      if (vm.snapshots?.has(request.snapshot)) return 'snapshot-exists';
      return step.state.servers[step.state.disk(vm.disk).server]!.freeBytes < vm.diskBytes ? 'storage-full' : null;
    case 'revert':
      if (running) return 'already-running';
      return vm.snapshots?.has(request.snapshot) ? null : 'unknown-snapshot';
    case 'delete-snapshot':
      return vm.snapshots?.has(request.snapshot) ? null : 'unknown-snapshot';
    default:
      return unreachable(request, 'objection');
  }
}

/** On its way somewhere, or at work for another request. */
function isBusy({ state, request }: VmRecord): boolean {
  return (state !== 'running' && state !== 'stopped') || request !== null;
}

function resizeRequested(step: Step, request: Of<'resize'>, account: AccountRecord, vm: VmRecord): void {
  if (isBusy(vm)) return end(step, request, account.id, vm.id, 'vm-busy');
  const size = wanted(step.state.config, request.want);
  const no = typeof size === 'string' ? size : resizeObjection(step, vm, size);
  if (typeof size === 'string' || no !== null) return end(step, request, account.id, vm.id, no);
  acknowledge(step, request, account.id, vm.id);
  resize(step, vm, size);
}

function registerAccount(step: Step, request: Of<'register-account'>): void {
  const { state } = step;
  // Told twice by the plane of what zones share, it is done the first time.
  const known = state.accountByName.get(request.name);
  if (known !== undefined) return end(step, request, known, null, null);
  const { vlanAssigned, zone, guestRange, guestGateway: gateway } = state.config;
  const vlan = vlanAssigned === 'at-registration' ? (request.vlan ?? state.vlans.peek()) : null;
  if (vlanAssigned === 'at-registration' && vlan === null) return end(step, request, null, null, 'vlan-exhausted');
  if (vlan !== null && !state.vlans.isFree(vlan, null)) return end(step, request, null, null, 'vlan-unavailable');
  const account = state.accounts.length;
  const network = state.networks.length;
  acknowledge(step, request, account, null);
  step.emit({ at: step.now, kind: 'account', account, name: request.name, zone });
  const { first: address, prefixLength } = guestRange;
  step.emit({ at: step.now, kind: 'network', network, account, name: FIRST_NETWORK, address, prefixLength, gateway });
  if (vlan !== null) step.emit({ at: step.now, kind: 'vlan-assigned', network, vlan });
  endLatest(step, request, null);
}

function startNew(step: Step, request: Of<'start-new'>, account: AccountRecord): void {
  const { state } = step;
  const plan = planned(step, request, account);
  if (typeof plan === 'string') return end(step, request, account.id, null, plan);
  const { size, template, networks, addresses } = plan;
  const id = state.next.vm;
  const { offering, cpuMillis, memoryBytes, diskBytes } = size;
  step.emit({
    at: step.now,
    kind: 'vm',
    vm: id,
    name: request.vm,
    account: account.id,
    networks,
    role: 'user',
    offering,
    cpuMillis,
    memoryBytes,
    diskBytes,
    storage: size.localDisk ? 'local' : 'pod',
    template,
  });
  acknowledge(step, request, account.id, id);
  const vm = state.vm(id);
  for (let at = 0; at < addresses.length; at++)
    step.emit({
      at: step.now,
      kind: 'address-assigned',
      vm: id,
      interface: vm.interfaces[at]!.name,
      address: addresses[at]!,
    });
  step.vmEvent(vm, 'create');
  begin(step, vm);
}

/** What the new VM is to be; a string: why it cannot. */
function planned(
  { state }: Step,
  request: Of<'start-new'>,
  account: AccountRecord,
): { size: Wanted; template: number | null; networks: NetworkId[]; addresses: number[] } | Reason {
  const { config } = state;
  const size = wanted(config, request.want);
  if (typeof size === 'string') return size;
  if (account.vms.has(request.vm)) return 'vm-exists';
  let { template } = size;
  if (request.template !== undefined) {
    template = config.templates.findIndex(({ name }) => name === request.template);
    if (template < 0) return 'unknown-template';
  }
  if (template !== null && config.templates[template]!.bytes > size.diskBytes) return 'bad-request';
  const networks = networksNamed(account, request.networks);
  if (typeof networks === 'string') return networks;
  const addresses: number[] = [];
  for (let at = 0; at < networks.length; at++) {
    const pool = state.network(networks[at]!).addresses;
    const own = request.addresses?.[at] ?? null;
    if (own !== null && !pool.includes(own)) return 'bad-request';
    if (own !== null && !pool.isFree(own)) return 'address-in-use';
    const address = own ?? pool.peek();
    if (address === null) return 'guest-addresses-exhausted';
    addresses.push(address);
  }
  return { size, template, networks, addresses };
}

/** Each once; 'default' where none is named. */
function networksNamed({ networks }: AccountRecord, names?: readonly string[]): NetworkId[] | Reason {
  if (names === undefined) {
    const first = networks.get(FIRST_NETWORK);
    return first === undefined ? 'unknown-network' : [first];
  }
  const ids: NetworkId[] = [];
  for (const name of names) {
    const id = networks.get(name);
    if (id === undefined) return 'unknown-network';
    if (ids.includes(id)) return 'bad-request';
    ids.push(id);
  }
  return ids.length === 0 ? 'bad-request' : ids;
}
