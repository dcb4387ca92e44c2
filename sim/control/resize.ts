/**
 * Another size for a VM. A stopped one has it at once; a running one is resized where it is, holding room for the larger
 * of both sizes until its agent has said which one it has.
 */
import { sendVmCommand } from './commands.js';
import type { Reason } from './ports.js';
import type { VmRecord, VmSize } from './records.js';
import type { Step } from './step.js';
import { tellThrottle } from './throttling.js';
import { endHold } from './vms.js';

/** Why it cannot have this size where it runs; null: it can. */
export function resizeObjection(step: Step, vm: VmRecord, size: VmSize): Reason | null {
  if (vm.host === null) return null;
  const host = step.state.host(vm.host);
  if (!host.features.includes('live-resize')) return 'unsupported';
  const parts = vm.nodes.length;
  if (size.cpuMillis % parts !== 0 || size.memoryBytes % parts !== 0) return 'no-capacity';
  const cpu = (size.cpuMillis - vm.cpuMillis) / parts;
  const memory = (size.memoryBytes - vm.memoryBytes) / parts;
  for (const at of vm.nodes) {
    const node = host.nodes[at]!;
    if (node.freeCpuMillis < cpu || node.freeMemoryBytes < memory) return 'no-capacity';
  }
  return null;
}

/** The VM's open request asks for it, and there is no objection. */
export function resize(step: Step, vm: VmRecord, { offering, cpuMillis, memoryBytes }: VmSize): void {
  const size = { vm: vm.id, offering, cpuMillis, memoryBytes };
  if (vm.host === null) {
    endHold(step, vm);
    step.emit({ at: step.now, kind: 'vm-size', ...size });
    return step.endRequest(vm, 'done');
  }
  step.emit({ at: step.now, kind: 'vm-resize', ...size });
  step.vmEvent(vm, 'resize');
  tellThrottle(step, vm, offering);
  sendVmCommand(step, 'resize-vm', vm);
}

export function resized(step: Step, vm: VmRecord): void {
  step.emit({ at: step.now, kind: 'vm-size', vm: vm.id, ...vm.resize!.to });
  step.vmEvent(vm, 'resized');
  step.endRequest(vm, 'done');
}

/** The agent said no, or nothing: then it is told to see to it that the VM has its former size. */
export function resizeFailed(step: Step, vm: VmRecord, reason: Reason): void {
  step.endRequest(vm, 'failed', reason);
  if (reason !== 'agent-silent') return restored(step, vm);
  tellThrottle(step, vm, vm.resize!.from.offering);
  sendVmCommand(step, 'restore-vm', vm);
}

export function restored(step: Step, vm: VmRecord): void {
  step.emit({ at: step.now, kind: 'vm-size', vm: vm.id, ...vm.resize!.from });
  step.vmEvent(vm, 'not-resized');
}
