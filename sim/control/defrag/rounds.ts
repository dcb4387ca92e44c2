/**
 * Defragmentation in rounds: every so often, or when an administrator asks, the policy is asked for a plan for the guest networks that
 * have changed since (and those that it left), and its moves are queued as migrations. Guarantees one round at a time; a plan within its
 * limits, each move beginning only when those before it that make its room have ended and those that share its destination have
 * begun; that what has changed meanwhile is dropped and looked at again in the next round.
 */
import { acknowledge } from '../acknowledge.js';
import { queueMove } from '../migration-queue.js';
import { diskMoves } from '../migration-room.js';
import type { HostId, MigrationId, PodId, Request } from '../ports.js';
import type { ZoneState } from '../state.js';
import type { Step } from '../step.js';
import { LEFT_REASONS, type DefragPlan, type Move } from './policy.js';

/** The time for one has come. */
export function roundDue(step: Step): void {
  const { state, now } = step;
  const { everyMicros } = state.config.defrag!;
  const dueAt = everyMicros === null ? null : now + everyMicros;
  if (state.defrag.underWay === null) begin(step, dueAt);
  // The one before is still at it.
  else step.emit({ at: now, kind: 'round-put-off', dueAt });
}

/** Hosts are back from maintenance: what that scattered is looked at, unless a round is at it. */
export function roundAfterMaintenance(step: Step): void {
  const { config, defrag } = step.state;
  if (config.defrag !== null && defrag.underWay === null) begin(step, defrag.dueAt);
}

/** An administrator asks for one now; the request is done when it has begun. */
export function defragmentRequested(step: Step, request: Extract<Request, { kind: 'defragment' }>): void {
  const { state } = step;
  const id = acknowledge(step, request, null, null);
  if (state.config.defrag === null) return step.endRequestOf(id, null, 'refused', 'unsupported');
  if (state.defrag.underWay !== null) return step.endRequestOf(id, null, 'refused', 'round-under-way');
  begin(step, state.defrag.dueAt);
  step.endRequestOf(id, null, 'done');
}

function begin(step: Step, dueAt: number | null): void {
  const { state, now } = step;
  const { limits, horizonSeconds } = state.config.defrag!;
  const round = state.defrag.nextRound;
  const networks = [...state.defrag.changed].sort((a, b) => a - b);
  const question = state.next.question;
  step.emit({ at: now, kind: 'round-begun', round, networks, question, dueAt });
  step.questions.push({ kind: 'plan', number: question, round, networks, limits, horizonSeconds });
}

/** The policy's plan, held against the world as it is now. False: the question was another one. */
export function answeredPlan(step: Step, question: number, plan: DefragPlan): boolean {
  const { state, now } = step;
  const { underWay } = state.defrag;
  if (underWay?.question !== question) return false;
  const { round } = underWay;
  const left = plan.left.filter(({ network, reason }) => state.networks[network] && LEFT_REASONS.includes(reason));
  const moves = withinLimits(
    state,
    plan.moves.filter((move, at) => isSane(state, plan.moves, move, at)),
  );
  step.emit({
    ...{ at: now, kind: 'round-planned', round, moves: moves.length },
    ...{ networks: left.map(({ network }) => network), reasons: left.map(({ reason }) => reason) },
  });
  const queued: { move: Move; id: MigrationId }[] = [];
  for (const move of moves) {
    const waits = queued.filter((one) => makesRoom(state, one.move, move)).map(({ id }) => id);
    const follows = queued.filter((one) => takesRoom(state, one.move, move)).map(({ id }) => id);
    queued.push({ move, id: queueMove(step, move, { round, waits, follows }) });
  }
  checkEnded(step);
  return true;
}

/** The earlier move leaves the host that the later one goes to; or its disk the pod that the later one's disk goes to. */
function makesRoom(state: ZoneState, earlier: Move, later: Move): boolean {
  return earlier.from === later.to || (bringsDisk(state, later) && leaves(state, earlier, podOf(state, later.to)));
}

function takesRoom(state: ZoneState, earlier: Move, later: Move): boolean {
  if (makesRoom(state, earlier, later)) return false;
  const sameHost = earlier.to === later.to;
  return (
    sameHost ||
    (bringsDisk(state, earlier) && bringsDisk(state, later) && podOf(state, earlier.to) === podOf(state, later.to))
  );
}

function leaves(state: ZoneState, move: Move, pod: PodId): boolean {
  return bringsDisk(state, move) && podOf(state, move.from) === pod;
}

function bringsDisk(state: ZoneState, { vm, to }: Move): boolean {
  return diskMoves(state, state.vm(vm), to);
}

function podOf(state: ZoneState, host: HostId): PodId {
  return state.host(host).pod;
}

/** A plan may rest on what is no more: then the move is left out, and its guest network looked at again. */
function isSane(state: ZoneState, all: readonly Move[], { vm: id, from, to }: Move, at: number): boolean {
  const vm = state.vms.get(id);
  if (vm?.state !== 'running' || vm.host !== from || vm.migration !== null || vm.request !== null) return false;
  if (from === to || state.hosts[to] === undefined) return false;
  return all.findIndex((one) => one.vm === id) === at;
}

function withinLimits({ config }: ZoneState, moves: readonly Move[]): Move[] {
  const { migrations, bytes, downtimeSeconds } = config.defrag!.limits;
  const kept: Move[] = [];
  const sum = { bytes: 0, downtimeSeconds: 0 };
  for (const move of moves) {
    sum.bytes += move.estimate.bytes;
    sum.downtimeSeconds += move.estimate.downtimeSeconds;
    const over = kept.length >= (migrations ?? Infinity) || sum.bytes > (bytes ?? Infinity);
    if (over || sum.downtimeSeconds > (downtimeSeconds ?? Infinity)) break;
    kept.push(move);
  }
  return kept;
}

/** The last of its migrations may have ended. */
export function checkEnded(step: Step): void {
  const { underWay } = step.state.defrag;
  if (underWay === null || underWay.question !== null || underWay.open.size > 0) return;
  step.emit({ at: step.now, kind: 'round-ended', round: underWay.round });
}
