/**
 * Where the loop and the turn meet: a plane on a lane of simulated time. Guarantees that every transaction of a turn is
 * folded into the digest and seen by all observers before one of the turn's commands leaves, that questions are
 * answered one by one in the same instant (each answer changes what the next policy sees), and that the plane is woken
 * at its earliest deadline.
 */
import type { Transaction } from '../control/history.js';
import type { Answer, Command, Input, Question, TimeMicros } from '../control/ports.js';
import type { Plane, Turn } from '../control/turn.js';
import { PHASES, type EventKind, type Handle, type Lane } from '../engine/lane.js';
import { foldTransaction } from './fold-transaction.js';

/** `number` counts the lane's transactions from 0. */
export type ObserveTransaction = (transaction: Transaction, number: number) => void;

export interface PlaneDriverPorts {
  observe: ObserveTransaction;
  send(command: Command): void;
  answer(question: Question): Answer;
}

export class PlaneDriver {
  transactionCount = 0;
  private readonly wakeKind: EventKind;
  private wakeHandle: Handle | null = null;
  private wakeMicros: TimeMicros = Infinity;

  constructor(
    private readonly lane: Lane,
    private readonly plane: Plane,
    private readonly ports: PlaneDriverPorts,
  ) {
    this.wakeKind = lane.register('plane-wakes', () => this.wake(), PHASES.wake);
  }

  /** Several together are one turn. */
  feed(...inputs: Input[]): void {
    this.turn(inputs);
  }

  private wake(): void {
    this.wakeHandle = null;
    this.wakeMicros = Infinity;
    this.turn([]);
  }

  private turn(inputs: readonly Input[]): void {
    const now = this.lane.now;
    let turn = this.plane.turn(now, inputs);
    this.carryOut(turn);
    if (turn.questions.length > 0) {
      const questions = [...turn.questions];
      for (let question = questions.shift(); question; question = questions.shift()) {
        turn = this.plane.turn(now, [{ kind: 'answer', answer: this.ports.answer(question) }]);
        this.carryOut(turn);
        questions.push(...turn.questions);
      }
    }
    this.wakeBy(turn.wakeAt);
  }

  private carryOut({ transactions, commands }: Turn): void {
    for (const transaction of transactions) {
      foldTransaction(this.lane, transaction);
      this.ports.observe(transaction, this.transactionCount++);
    }
    for (const command of commands) this.ports.send(command);
  }

  /** A wake that turns out early costs one empty turn; moving it at every change would cost more. */
  private wakeBy(wakeAt: TimeMicros | null): void {
    if (wakeAt === null || wakeAt >= this.wakeMicros) return;
    if (this.wakeHandle !== null) this.lane.cancel(this.wakeHandle);
    this.wakeMicros = wakeAt;
    this.wakeHandle = this.lane.at(wakeAt, this.wakeKind);
  }
}
