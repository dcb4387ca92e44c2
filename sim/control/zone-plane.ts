/**
 * The management plane of a zone. `turn` is the whole of it: inputs and their time in, transactions, commands,
 * questions and the next deadline out. What it knows is the fold of its history.
 */
import { unreachable } from '../base/assert.js';
import { adoptionEnded } from './adopt.js';
import type { ZoneConfig } from './config.js';
import { attemptsOf, postpone, repeat, takesBack } from './commands.js';
import { capabilitiesReported } from './capabilities.js';
import { maintenanceDue, settleMaintenances } from './maintenance.js';
import { answeredWhere, settleMigrations } from './migration-queue.js';
import { applianceDue } from './networks.js';
import { done, notDone } from './outcomes.js';
import type { AgentReason, Answer, Input, OutcomeReport, Reason, TimeMicros } from './ports.js';
import type { CommandRecord } from './records.js';
import { handleRequest } from './requests.js';
import { DEADLINE, ZoneState } from './state.js';
import { Step } from './step.js';
import { answeredPlan, checkEnded, roundDue } from './defrag/rounds.js';
import { settleThrottles } from './throttling.js';
import type { Plane, Turn } from './turn.js';
import { ZoneView } from './view.js';
import { VM_LIFE } from './vm-life-wired.js';
import { answered, endHold } from './vms.js';

export class ZonePlane implements Plane {
  /** Read-only for everyone else. */
  readonly state: ZoneState;
  /** What policies see. */
  readonly view: ZoneView;

  /** `state`: the fold of a history to go on from; absent: a zone where nothing has happened yet. */
  constructor(config: ZoneConfig, state = new ZoneState(config)) {
    this.state = state;
    this.view = new ZoneView(state);
  }

  turn(now: TimeMicros, inputs: readonly Input[]): Turn {
    const step = new Step(this.state, now, VM_LIFE);
    for (const input of inputs) take(step, input);
    adoptionEnded(step);
    meetDeadlines(step);
    settleMaintenances(step);
    settleMigrations(step);
    checkEnded(step);
    settleThrottles(step);
    const wakeAt = this.state.nextDeadline()?.at ?? null;
    const { transactions, commands, questions } = step;
    return { transactions, commands, questions, wakeAt };
  }
}

function take(step: Step, input: Input): void {
  switch (input.kind) {
    case 'request':
      return handleRequest(step, input.request);
    case 'report':
      return input.report.kind === 'outcome' ? reported(step, input.report) : capabilitiesReported(step, input.report);
    case 'answer':
      return answerGiven(step, input.answer);
    default:
      return unreachable(input, 'input');
  }
}

function answerGiven(step: Step, answer: Answer): void {
  if ('plan' in answer) answeredPlan(step, answer.question, answer.plan);
  else if (!answeredWhere(step, answer.question, answer.decision)) answered(step, answer.question, answer.decision);
}

function meetDeadlines(step: Step): void {
  for (;;) {
    // Overtaken ones may lie on top, never one that is due below one that is not.
    if ((step.state.deadlines.peekKey() ?? Infinity) > step.now) return;
    const due = step.state.nextDeadline();
    if (due === null || due.at > step.now) return;
    if (due.kind === DEADLINE.appliance) applianceDue(step, step.state.network(due.id));
    else if (due.kind === DEADLINE.maintenance) maintenanceDue(step, step.state.maintenances.get(due.id)!);
    else if (due.kind === DEADLINE.round) roundDue(step);
    else if (due.kind === DEADLINE.hold) endHold(step, step.state.vm(due.id));
    else overdue(step, step.state.commands.get(due.id)!);
  }
}

/** A report of a command that has ended (doubled, or too late) says nothing new. */
function reported(step: Step, report: OutcomeReport): void {
  const command = step.state.commands.get(report.command);
  if (!command) return;
  const outcome = report.failed === null ? 'done' : 'failed';
  step.emit({ at: step.now, kind: 'command-ended', command: command.id, outcome, reason: report.failed });
  if (report.failed === null) done(step, command, report);
  else if (takesBack(command.type)) postpone(step, command);
  else notDone(step, command, report.reason ?? reasonOf(report.failed, command));
}

function reasonOf(failed: AgentReason, { type }: CommandRecord): Reason {
  if (failed === 'no-room' && (type === 'create-disk' || type === 'copy-disk')) return 'storage-full';
  if (failed === 'not-converging') return failed;
  return failed === 'peer-failed' ? 'destination-failed' : 'agent-failed';
}

function overdue(step: Step, command: CommandRecord): void {
  const attempts = attemptsOf(step.state, command.type);
  // It may be at work for long: what is so is asked, instead of asking for it again.
  if (command.attempt < attempts && command.type !== 'migrate-vm') return repeat(step, command);
  if (takesBack(command.type)) {
    // The customer need not wait for what goes on without him.
    const vm =
      command.type === 'stop-vm' || command.type === 'dismount-disk'
        ? step.state.vm(command.subject)
        : vmOfDisk(step, command);
    if (vm) step.endRequest(vm, 'failed', 'agent-silent');
    return repeat(step, command);
  }
  step.emit({ at: step.now, kind: 'command-ended', command: command.id, outcome: 'given-up', reason: 'agent-silent' });
  notDone(step, command, 'agent-silent');
}

function vmOfDisk(step: Step, { type, subject }: CommandRecord) {
  if (type !== 'destroy-disk') return undefined;
  const { migration, vm } = step.state.disk(subject);
  return migration === null ? step.state.vm(vm) : undefined;
}
