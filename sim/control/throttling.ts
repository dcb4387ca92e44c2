/**
 * Throttles on their way to agents: with a VM's start and with its change of size, and by a command of their own where the
 * account's is changed while it runs. What was told stands in the history before it is sent, so that a repetition says the
 * same. Guarantees that a running VM whose agent has not confirmed what it is to have is told, as soon as nothing else is
 * being done with it, again and again until it is so.
 */
import { acknowledge, end } from './acknowledge.js';
import { sendVmCommand } from './commands.js';
import type { Request } from './ports.js';
import type { AccountRecord, VmRecord } from './records.js';
import type { Step } from './step.js';
import { sameThrottle, throttleOf } from './throttle.js';

/** From here on the VM's agent is told this one; `offering`: the one that the VM is about to be of. */
export function tellThrottle(step: Step, vm: VmRecord, offering: number | null = vm.offering): void {
  const throttle = throttleOf(step.state, vm, offering);
  if (!sameThrottle(throttle, vm.throttle)) step.emit({ at: step.now, kind: 'vm-throttle', vm: vm.id, ...throttle });
}

/** An account's throttle changes. Its running VMs are told at the end of the turn. */
export function throttleAccount(
  step: Step,
  request: Extract<Request, { kind: 'throttle' }>,
  { id: account, throttle }: AccountRecord,
): void {
  const { networkBitsPerSecond = throttle.networkBitsPerSecond, iops = throttle.iops } = request;
  const wrong = [networkBitsPerSecond, iops].some((most) => most !== null && !(Number.isFinite(most) && most > 0));
  if (wrong) return end(step, request, account, null, 'bad-request');
  const id = acknowledge(step, request, account, null);
  if (!sameThrottle(throttle, { networkBitsPerSecond, iops }))
    step.emit({ at: step.now, kind: 'account-throttle', account, networkBitsPerSecond, iops });
  step.endRequestOf(id, null, 'done');
}

/** At the end of a turn: VMs that run with another throttle than they are to have, or perhaps do. */
export function settleThrottles(step: Step): void {
  const { state } = step;
  if (state.unsettled.size === 0) return;
  for (const id of [...state.unsettled]) {
    const vm = state.vm(id);
    const told = sameThrottle(throttleOf(state, vm, vm.offering), vm.throttle);
    // Whatever else is being done with it comes first; an older throttle on its way is overtaken.
    const command = vm.command === null ? undefined : state.commands.get(vm.command);
    if (vm.request !== null || (command && (told || command.type !== 'set-throttle'))) continue;
    tellThrottle(step, vm);
    sendVmCommand(step, 'set-throttle', vm);
  }
}
