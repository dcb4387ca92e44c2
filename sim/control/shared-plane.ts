/**
 * The plane of what zones share: accounts. It registers a customer once for the whole cloud and tells his zone, by a
 * command like any other: repeated until answered, ended once. State is the fold of its own history.
 */
import { assert } from '../base/assert.js';
import { NumberHeap } from '../base/number-heap.js';
import type { CommandRules } from './config.js';
import type { Change, Transaction } from './history.js';
import type { AccountId, Command, CommandId, Input, Reason, Request, RequestId, TimeMicros } from './ports.js';
import type { Plane, Turn } from './turn.js';

export interface SharedConfig {
  zones: readonly string[];
  commands: CommandRules;
}

interface SharedAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly zone: string;
  /** Its registration, while the zone has not answered. */
  request: { id: RequestId; ref: number } | null;
}

export class SharedState {
  readonly accounts: SharedAccount[] = [];
  readonly byName = new Map<string, AccountId>();
  readonly commands = new Map<CommandId, { account: AccountId; attempt: number; deadline: TimeMicros }>();
  readonly deadlines = new NumberHeap();
  readonly next = { request: 0, command: 0 };
  /** Accounts whose registration has not ended, by its request. */
  private readonly open = new Map<RequestId, AccountId>();
  private latest: { id: RequestId; ref: number } | null = null;

  constructor(readonly config: SharedConfig) {}

  apply(tx: Transaction): void {
    switch (tx.kind) {
      case 'request':
        this.next.request = tx.request + 1;
        this.latest = { id: tx.request, ref: tx.ref };
        return;
      case 'request-ended': {
        const account = this.open.get(tx.request);
        if (account !== undefined) this.accounts[account]!.request = null;
        this.open.delete(tx.request);
        return;
      }
      case 'account':
        // The request is about its first zone; in others it may be as well.
        this.accounts.push({ id: tx.account, name: tx.name, zone: tx.zone, request: this.latest });
        if (!this.byName.has(tx.name)) this.byName.set(tx.name, tx.account);
        if (this.latest) this.open.set(this.latest.id, tx.account);
        this.latest = null;
        return;
      case 'command':
        this.next.command = tx.command + 1;
        this.commands.set(tx.command, { account: tx.subject, attempt: tx.attempt, deadline: tx.deadline });
        this.deadlines.push(tx.deadline, tx.command);
        return;
      case 'command-repeated': {
        const command = this.commands.get(tx.command)!;
        command.attempt = tx.attempt;
        command.deadline = tx.deadline;
        this.deadlines.push(tx.deadline, tx.command);
        return;
      }
      case 'command-ended':
        this.commands.delete(tx.command);
        return;
      default:
        assert(false, () => `the shared plane has no transaction ${tx.kind}`);
    }
  }

  /** The earliest deadline that still stands. */
  nextDeadline(): { at: TimeMicros; command: CommandId } | null {
    for (;;) {
      const at = this.deadlines.peekKey();
      if (at === undefined) return null;
      const command = this.deadlines.peekPayload()!;
      if (this.commands.get(command)?.deadline === at) return { at, command };
      this.deadlines.pop();
    }
  }
}

export class SharedPlane implements Plane {
  constructor(
    config: SharedConfig,
    readonly state = new SharedState(config),
  ) {}

  turn(now: TimeMicros, inputs: readonly Input[]): Turn {
    const transactions: Transaction[] = [];
    const commands: Command[] = [];
    const emit = (change: Change): void => {
      const transaction = { ...change, at: now };
      transactions.push(transaction);
      this.state.apply(transaction);
    };
    for (const input of inputs) {
      if (input.kind === 'request') this.register(now, input.request, emit, commands);
      else if (input.kind === 'report' && input.report.kind === 'outcome')
        this.reported(input.report.command, input.report.failed, emit);
    }
    for (let due = this.state.nextDeadline(); due && due.at <= now; due = this.state.nextDeadline())
      this.repeat(now, due.command, emit, commands);
    return { transactions, commands, questions: [], wakeAt: this.state.nextDeadline()?.at ?? null };
  }

  private register(now: TimeMicros, request: Request, emit: (change: Change) => void, commands: Command[]): void {
    const { state } = this;
    assert(request.kind === 'register-account', () => `the shared plane takes no ${request.kind}`);
    const { kind: type, ref, name, zone, otherZones = [] } = request;
    const id = state.next.request;
    emit({ kind: 'request', request: id, type, ref, account: null, vm: null });
    let reason: Reason | null = null;
    if (state.byName.has(name)) reason = 'account-exists';
    else if (![zone, ...otherZones].every((one) => state.config.zones.includes(one))) reason = 'unknown-zone';
    if (reason !== null)
      return emit({ kind: 'request-ended', request: id, type, ref, vm: null, outcome: 'refused', reason });
    for (const one of [zone, ...otherZones]) {
      const account = state.accounts.length;
      emit({ kind: 'account', account, name, zone: one });
      const command = state.next.command;
      const deadline = now + state.config.commands.timeoutMicros;
      emit({ kind: 'command', command, type, subject: account, host: null, server: null, attempt: 1, deadline });
      commands.push({ number: command, attempt: 1, target: 'plane', zone: one, kind: type, name });
    }
  }

  private reported(command: CommandId, failed: string | null, emit: (change: Change) => void): void {
    const record = this.state.commands.get(command);
    if (!record) return;
    const outcome = failed === null ? 'done' : 'failed';
    emit({ kind: 'command-ended', command, outcome, reason: failed });
    const { request } = this.state.accounts[record.account]!;
    if (!request) return;
    const { id, ref } = request;
    const type = 'register-account';
    // The zone's own history says why; here it is that the zone said no.
    const reason = failed === null ? null : 'agent-failed';
    emit({ kind: 'request-ended', request: id, type, ref, vm: null, outcome, reason });
  }

  /** A zone is told until it answers: it is ours, and will come back. */
  private repeat(now: TimeMicros, number: CommandId, emit: (change: Change) => void, commands: Command[]): void {
    const record = this.state.commands.get(number)!;
    const { name, zone } = this.state.accounts[record.account]!;
    const attempt = record.attempt + 1;
    emit({
      kind: 'command-repeated',
      command: number,
      attempt,
      deadline: now + this.state.config.commands.timeoutMicros,
    });
    commands.push({ number, attempt, target: 'plane', zone, kind: 'register-account', name });
  }
}
