/**
 * Answers a zone's questions with a policy in this process, in the same instant. The policy's chance is a stream of its
 * own, so that a policy that draws moves nobody else's draws. A policy that throws, or gives what is no decision, ends the
 * run with its name and the VM: it came from outside, and a result that rests on it would say nothing.
 */
import { RunError } from '../base/errors.js';
import type { CloudView, PlacementPolicy } from '../control/policy.js';
import type { Decision, PlaceQuestion } from '../control/ports.js';
import type { Streams } from '../engine/streams.js';

export function placementDecider(
  policy: PlacementPolicy,
  view: CloudView,
  streams: Streams,
): (question: PlaceQuestion) => Decision {
  const stream = streams.stream(`policies/placement/${view.zone}/${policy.name}`);
  const context = { draw: () => stream.next(), keepGoing: () => true };
  return ({ vm, account, demand }) => {
    let decision: unknown;
    try {
      decision = policy.place({ vm, account, demand }, view, context);
    } catch (cause) {
      throw failed(policy, vm, `threw ${String(cause)}`, cause);
    }
    if (isDecision(decision)) return decision;
    const what = decision instanceof Promise ? 'a promise: a policy answers at once' : JSON.stringify(decision);
    throw failed(policy, vm, `gave ${what}; due is { host }, { host, nodes } or { refuse: reason }`);
  };
}

function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  const { host, nodes, refuse } = value as Record<string, unknown>;
  if (typeof refuse === 'string') return true;
  return (
    Number.isInteger(host) &&
    (nodes === undefined || (Array.isArray(nodes) && nodes.every((node) => Number.isInteger(node))))
  );
}

function failed({ name }: PlacementPolicy, vm: number, what: string, cause?: unknown): RunError {
  return new RunError('policy-failed', `placement policy '${name}', asked for VM ${vm}, ${what}`, { cause });
}
