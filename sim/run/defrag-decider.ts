/**
 * Answers a zone's rounds of defragmentation with a policy in this process, in the same instant: with what migrations would cost by the
 * scenario's model, and what VMs exchange as the plant has it. A policy that throws, or gives what is no plan, ends the run with its name.
 */
import { RunError } from '../base/errors.js';
import type { DefragPlan, DefragPolicy, MoveEstimate } from '../control/defrag/policy.js';
import { ZoneDefragView } from '../control/defrag/view.js';
import type { PlanQuestion, VmId } from '../control/ports.js';
import type { ZoneState } from '../control/state.js';
import type { Streams } from '../engine/streams.js';

export interface DefragDeciderPorts {
  readonly state: ZoneState;
  readonly streams: Streams;
  estimate(vm: VmId, to: number): MoveEstimate;
  /** null: traffic is not modelled. */
  trafficBetween(a: VmId, b: VmId): number | null;
}

export function defragDecider(policy: DefragPolicy, ports: DefragDeciderPorts): (question: PlanQuestion) => DefragPlan {
  const { state, streams, estimate, trafficBetween } = ports;
  const stream = streams.stream(`policies/defrag/${state.config.zone}/${policy.name}`);
  const context = { draw: () => stream.next(), keepGoing: () => true, estimate, trafficBetween };
  return ({ round, networks, limits, horizonSeconds }) => {
    let plan: unknown;
    try {
      plan = policy.plan({ networks, limits, horizonSeconds }, new ZoneDefragView(state), context);
    } catch (cause) {
      throw failed(policy, round, `threw ${String(cause)}`, cause);
    }
    if (isPlan(plan)) return plan;
    throw failed(policy, round, `gave ${JSON.stringify(plan)}; due is { moves: [...], left: [...] }`);
  };
}

function isPlan(value: unknown): value is DefragPlan {
  if (typeof value !== 'object' || value === null) return false;
  const { moves, left } = value as Record<string, unknown>;
  return Array.isArray(moves) && Array.isArray(left) && moves.every(isMove) && left.every(isLeft);
}

function isMove(value: unknown): boolean {
  const { vm, from, to, estimate } = (value ?? {}) as Record<string, unknown>;
  const { bytes, totalSeconds, downtimeSeconds } = (estimate ?? {}) as Record<string, unknown>;
  return [vm, from, to].every(Number.isInteger) && [bytes, totalSeconds, downtimeSeconds].every(isAmount);
}

function isLeft(value: unknown): boolean {
  const { account, network, reason } = (value ?? {}) as Record<string, unknown>;
  return [account, network].every(Number.isInteger) && typeof reason === 'string';
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}

function failed({ name }: DefragPolicy, round: number, what: string, cause?: unknown): RunError {
  return new RunError('policy-failed', `defragmentation policy '${name}', asked in round ${round}, ${what}`, { cause });
}
