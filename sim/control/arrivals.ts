/**
 * A VM that another zone hands over: it is admitted (a record, addresses, a host, a disk, virtual NICs: everything that its start
 * needs but the disk's content), waits until its disk's content has come, and is then started here. Or it is taken back: nothing of
 * it is left. Each is asked for by the other zone's plane.
 */
import { acknowledge, end } from './acknowledge.js';
import { arrivalKey } from './arrival-key.js';
import type { AccountId, NetworkId, Reason, Request } from './ports.js';
import { checkProvisioned } from './provisioning.js';
import type { VmRecord } from './records.js';
import type { Step } from './step.js';
import { begin, failed } from './vms.js';

type Of<Kind extends Request['kind']> = Extract<Request, { kind: Kind }>;

/** The request ends when it is admitted, or with why it cannot be. */
export function admit(step: Step, request: Of<'admit-vm'>, account: AccountId): void {
  const { state } = step;
  const networks = networksHere(step, request, account);
  if (typeof networks === 'string') return end(step, request, account, null, networks);
  const vm = state.next.vm;
  const { offering, cpuMillis, memoryBytes, diskBytes, localDisk, from, migration } = request;
  step.emit({
    ...{ at: step.now, kind: 'vm', vm, name: request.vm, account, networks, role: 'user' },
    ...{ offering, cpuMillis, memoryBytes, diskBytes, storage: localDisk ? 'local' : 'pod', template: null },
  });
  step.emit({ at: step.now, kind: 'vm-awaited', vm, zone: from, migration });
  acknowledge(step, request, account, vm);
  const record = state.vm(vm);
  for (const { name, network } of record.interfaces) {
    const address = state.network(network!).addresses.peek()!;
    step.emit({ at: step.now, kind: 'address-assigned', vm, interface: name, address });
  }
  step.vmEvent(record, 'create');
  begin(step, record);
}

/** Guest networks of the same names; a string: why it cannot be here. */
function networksHere({ state }: Step, request: Of<'admit-vm'>, account: AccountId): NetworkId[] | Reason {
  const { networks, vms } = state.accounts[account]!;
  if (vms.has(request.vm)) return 'vm-exists';
  const found: NetworkId[] = [];
  for (const name of request.networks) {
    const network = networks.get(name);
    if (network === undefined) return 'unknown-network';
    if (state.network(network).addresses.peek() === null) return 'guest-addresses-exhausted';
    found.push(network);
  }
  return found;
}

/** Its disk's content is there: it is this zone's from now on, whatever its start comes to. */
export function takeOver(step: Step, request: Of<'take-vm'>): void {
  const vm = awaited(step, request);
  if (vm === undefined) return end(step, request, null, null, 'unknown-vm');
  acknowledge(step, request, vm.account, vm.id);
  step.emit({ at: step.now, kind: 'vm-taken', vm: vm.id });
  checkProvisioned(step, vm);
}

/** It is not coming. Done, too, where nobody waits for it. */
export function withdraw(step: Step, request: Of<'withdraw-vm'>): void {
  const vm = awaited(step, request);
  end(step, request, null, null, null);
  if (vm !== undefined) failed(step, vm, 'withdrawn');
}

function awaited({ state }: Step, { from, migration }: { from: string; migration: number }): VmRecord | undefined {
  const vm = state.awaited.get(arrivalKey(from, migration));
  return vm === undefined ? undefined : state.vm(vm);
}
