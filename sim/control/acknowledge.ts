/** How requests begin and end in the history: each is acknowledged with a number, and ended once. */
import type { AccountId, Reason, Request, RequestId, VmId } from './ports.js';
import type { Step } from './step.js';

/** It is being worked on; where it is about a VM, the VM is busy with it until it ends. */
export function acknowledge(
  step: Step,
  { kind: type, ref }: Request,
  account: AccountId | null,
  vm: VmId | null,
): RequestId {
  const request = step.state.next.request;
  step.emit({ at: step.now, kind: 'request', request, type, ref, account, vm });
  return request;
}

/** Acknowledged and ended at once: done where there is no reason, else refused. It does not touch the VM's own request. */
export function end(
  step: Step,
  request: Request,
  account: AccountId | null,
  vm: VmId | null,
  reason: Reason | null,
): void {
  endLatest(step, request, reason, vm, acknowledge(step, request, account, null));
}

/** What was acknowledged is ended without more. */
export function endLatest(
  step: Step,
  { kind: type, ref }: Request,
  reason: Reason | null,
  vm: VmId | null = null,
  request: RequestId = step.state.next.request - 1,
): void {
  const outcome = reason === null ? 'done' : 'refused';
  step.emit({ at: step.now, kind: 'request-ended', request, type, ref, vm, outcome, reason });
}
