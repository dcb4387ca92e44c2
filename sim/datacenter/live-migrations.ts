/**
 * Live migrations of a zone on its lane: the rules of the hypervisor say what to send next and when to stop the guest, the
 * network says how fast it goes beside everything else. Guarantees that a VM is at its destination from the instant on in which
 * it runs there, that it runs on at its source where a migration is cancelled or comes to nothing, and exact rounds.
 */
import { assert } from '../base/assert.js';
import { microsOf, MICROS_PER_SECOND } from '../base/units.js';
import { PHASES, type EventKind, type Handle, type Lane } from '../engine/lane.js';
import type { Outcome, Progress, RoundRecord, Step } from '../../models/migration/pre-copy/rules.js';
import type { Plant } from './plant.js';
import type { Transfers } from './transfers.js';

/** Why a VM runs on where it was. */
export type MigrationFailure = 'no-such-vm' | 'not-converging' | 'peer-failed';

export interface MigrationWay {
  readonly links: readonly number[];
  /** The most that one flow may have on it. */
  readonly mostBitsPerSecond: number;
}

export interface MigrationWays {
  readonly memory: MigrationWay;
  /** From where its disk is to where it is to be; null: it stays. */
  readonly disk: MigrationWay | null;
}

/** One that has ended. */
export interface MigrationResult {
  readonly vm: number;
  readonly from: number;
  readonly to: number;
  readonly beginMicros: number;
  readonly totalSeconds: number;
  readonly downtimeSeconds: number;
  readonly bytes: number;
  readonly rounds: readonly RoundRecord[];
  readonly diskPasses: readonly RoundRecord[];
  readonly outcome: Outcome | MigrationFailure | 'cancelled' | 'source-failed';
}

/** Steps of no time and no bytes, one after the other: rules that do more have lost their way. */
const IDLE_STEPS = 100;

interface Sending {
  readonly vm: number;
  readonly from: number;
  readonly to: number;
  readonly beginMicros: number;
  readonly ways: MigrationWays;
  readonly progress: Progress;
  readonly done: (failed: MigrationFailure | null) => void;
  /** Exact, where an event's time is rounded. */
  clockSeconds: number;
  stepSeconds: number;
  downSeconds: number;
  bytes: number;
  arrived: boolean;
  transfer: number | null;
  event: Handle | null;
  /** What is due when the time that it waits for is over. */
  waited: (() => void) | null;
}

export class LiveMigrations {
  /** In the order of their ends. */
  readonly results: MigrationResult[] = [];
  private readonly sending = new Map<number, Sending>();
  private kind: EventKind | null = null;
  private next = 0;

  constructor(
    private readonly lane: Lane,
    private readonly plant: Plant,
    private readonly transfers: Transfers,
  ) {}

  get underWay(): number {
    return this.sending.size;
  }

  isSending(host: number, vm: number): boolean {
    for (const one of this.sending.values()) if (one.vm === vm && one.from === host) return true;
    return false;
  }

  /** The migration's number, to cancel it by. `done`: it runs there (null), or why it does not. */
  start(
    { vm, from, to }: { readonly vm: number; readonly from: number; readonly to: number },
    ways: MigrationWays,
    progress: Progress,
    done: (failed: MigrationFailure | null) => void,
  ): number {
    const id = this.next++;
    const { now } = this.lane;
    const seconds = now / MICROS_PER_SECOND;
    const sending: Sending = {
      ...{ vm, from, to, beginMicros: now, ways, progress, done },
      ...{ clockSeconds: seconds, stepSeconds: 0, downSeconds: 0, bytes: 0 },
      ...{ arrived: false, transfer: null, event: null, waited: null },
    };
    this.sending.set(id, sending);
    this.goOn(id, sending);
    return id;
  }

  /** It runs on where it was; nothing to do where it has ended. A VM that is there already stays. */
  cancel(id: number): void {
    if (this.sending.has(id)) this.halt(id, 'cancelled');
  }

  /** In the middle of whatever it does. Whom to tell of it. */
  private halt(id: number, outcome: MigrationResult['outcome']): Sending['done'] {
    const sending = this.sending.get(id)!;
    if (sending.transfer !== null) this.transfers.cancel(sending.transfer);
    if (sending.event !== null) this.lane.cancel(sending.event);
    sending.clockSeconds = this.lane.now / MICROS_PER_SECOND;
    this.end(id, sending, outcome);
    return sending.done;
  }

  /**
   * What it sends ends without a word (and a VM that runs already at its destination, waiting for its pages, with it); who sends to it
   * learns that it is gone.
   */
  hostFailed(host: number): void {
    for (const [id, { vm, from, to, arrived }] of [...this.sending]) {
      if (from === host) {
        this.halt(id, 'source-failed');
        if (arrived) this.plant.remove(to, vm);
      } else if (to === host) this.halt(id, 'peer-failed')(arrived ? 'no-such-vm' : 'peer-failed');
    }
  }

  private goOn(id: number, sending: Sending): void {
    const { vm, from, to, progress } = sending;
    if (!sending.arrived && this.plant.domainOn(from, vm)?.state !== 'running') return this.fail(id, 'no-such-vm');
    if (!sending.arrived && this.plant.passages.expectedOn(to, vm) === undefined) return this.fail(id, 'peer-failed');
    for (let idle = 0; ; idle++) {
      assert(idle < IDLE_STEPS, () => `migration ${id} goes on for ever in no time`);
      const way = wayOf(sending);
      const offered = Math.min(way.mostBitsPerSecond, this.transfers.offer(way.links));
      const step = progress.next(sending.stepSeconds, Math.max(1, offered / 8));
      sending.stepSeconds = 0;
      if (step.kind === 'end') return this.ended(id, sending, step.outcome);
      if (step.guest === 'destination' && !sending.arrived) this.arrive(sending);
      const seconds = step.kind === 'wait' ? step.seconds : 0;
      if (step.kind === 'send' ? step.bytes > 0 : seconds > 0) return this.take(id, sending, way, step);
    }
  }

  private take(id: number, sending: Sending, way: MigrationWay, step: Exclude<Step, { kind: 'end' }>): void {
    const began = sending.clockSeconds;
    const done = (endSeconds: number): void => {
      sending.transfer = sending.event = null;
      sending.clockSeconds = endSeconds;
      sending.stepSeconds = endSeconds - began;
      if (step.kind === 'send') sending.bytes += step.bytes;
      if (step.guest === 'nowhere') sending.downSeconds += sending.stepSeconds;
      this.goOn(id, sending);
    };
    if (step.kind === 'wait') {
      this.kind ??= this.lane.register('migration-waited', (at) => this.waited(at), PHASES.message);
      const end = began + step.seconds;
      sending.waited = () => done(end);
      sending.event = this.lane.at(Math.max(this.lane.now, microsOf(end)), this.kind, id);
      return;
    }
    const { links, mostBitsPerSecond } = way;
    const spec = {
      ...{ kind: 'migration', source: '', destination: '', links, bytes: step.bytes, weight: 1 },
      capBitsPerSecond: Math.min(step.capBytesPerSecond * 8, mostBitsPerSecond),
      ...{ guaranteedBitsPerSecond: 0, isStorage: way === sending.ways.disk, isMigration: true },
    };
    sending.transfer = this.transfers.startPart(spec, done);
  }

  private waited(id: number): void {
    const waited = this.sending.get(id)?.waited;
    assert(waited, () => `migration ${id} waits`);
    waited();
  }

  private arrive(sending: Sending): void {
    this.plant.arrive(sending.vm, sending.to);
    sending.arrived = true;
  }

  private ended(id: number, sending: Sending, outcome: Outcome): void {
    if (outcome === 'aborted') return this.fail(id, 'not-converging');
    if (!sending.arrived) this.arrive(sending);
    this.end(id, sending, outcome);
    sending.done(null);
  }

  private fail(id: number, failure: MigrationFailure): void {
    const sending = this.sending.get(id)!;
    this.end(id, sending, failure);
    sending.done(failure);
  }

  private end(id: number, sending: Sending, outcome: MigrationResult['outcome']): void {
    this.sending.delete(id);
    const { vm, from, to, beginMicros, clockSeconds, downSeconds, bytes, progress } = sending;
    this.results.push({
      ...{ vm, from, to, beginMicros, bytes, outcome },
      ...{ rounds: progress.rounds, diskPasses: progress.diskPasses ?? [] },
      totalSeconds: clockSeconds - beginMicros / MICROS_PER_SECOND,
      downtimeSeconds: downSeconds,
    });
  }
}

/** Of what it sends next. */
function wayOf({ ways, progress }: Sending): MigrationWay {
  if (progress.sendsDisk !== true) return ways.memory;
  assert(ways.disk !== null, 'a disk that comes along has a way');
  return ways.disk;
}
