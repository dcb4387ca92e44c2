/**
 * `models check migration-storm` and `simgrid-migration`: live migrations by SimGrid's rules, on the network model of runs, held
 * against its answers. Guarantees exact ends, every migration of the file as a case, and that a case is within 1e-6 of the
 * reference plus 20 us, with as many rounds.
 */
import { predict } from '../../models/migration/predict.js';
import type { Progress } from '../../models/migration/pre-copy/rules.js';
import { SimGridPreCopy } from '../../models/migration/simgrid.js';
import { SharedNetwork } from '../../models/network/shared-network.js';
import {
  readMigrationStorm,
  readSingleMigrations,
  type MigrationAnswer,
  type MigrationStorm,
} from '../traces/simgrid-migrations.js';

export interface SimGridCase {
  id: string;
  referenceSeconds: number;
  seconds: number;
  relativeError: number;
  referenceDowntimeSeconds: number;
  downtimeSeconds: number;
  referenceRounds: number;
  rounds: number;
  referenceBytes: number;
  bytes: number;
  within: boolean;
}

export interface SimGridCheck {
  kind: 'migration-storm' | 'simgrid-migration';
  cases: SimGridCase[];
  summary: { cases: number; roundsEqual: number; within: number; maxRelativeError: number };
}

interface Outcome {
  seconds: number;
  downtimeSeconds: number;
  rounds: number;
  bytes: number;
}

const WITHIN_RATIO = 1e-6;
const WITHIN_SECONDS = 20e-6;

/** Throws InputError where a file cannot be read, is damaged, or describes what is not understood. */
export function checkMigrationStorm(file: string): SimGridCheck {
  const storm = readMigrationStorm(file);
  return checkOf('migration-storm', storm.migrations, runStorm(storm));
}

export function checkSimGridMigrations(file: string): SimGridCheck {
  const migrations = readSingleMigrations(file);
  return checkOf(
    'simgrid-migration',
    migrations,
    migrations.map((one) => {
      const rate = Math.min(one.linkBytesPerSecond, one.capBytesPerSecond);
      const { totalSeconds, downtimeSeconds, bytes, rounds } = predict(
        delayed(new SimGridPreCopy(one), one.latencySeconds),
        rate,
        1e7,
      );
      return { seconds: totalSeconds, downtimeSeconds: downtimeSeconds ?? 0, bytes, rounds: rounds.length - 2 };
    }),
  );
}

/** Every transfer arrives a latency later, and counts that long. */
function delayed(progress: Progress, latencySeconds: number): Progress {
  if (latencySeconds === 0) return progress;
  let sending = 0;
  let sent = 0;
  return {
    get rounds() {
      return progress.rounds;
    },
    speedRatio: 1,
    next(seconds, rate) {
      if (sending > 0) {
        sent = seconds;
        const guest = sending === 1 ? 'source' : 'nowhere';
        sending = 0;
        return { kind: 'wait', seconds: latencySeconds, guest };
      }
      const step = progress.next(seconds + sent, rate);
      sent = 0;
      if (step.kind === 'send') sending = step.guest === 'source' ? 1 : 2;
      return step;
    },
  };
}

/** All of them on one network. */
function runStorm({ topology, migrations }: MigrationStorm): Outcome[] {
  const network = new SharedNetwork(topology.capacitiesBitsPerSecond);
  const order = migrations
    .map((_, at) => at)
    .sort((a, b) => migrations[a]!.startSeconds - migrations[b]!.startSeconds || a - b);
  const outcomes: Outcome[] = migrations.map(() => ({ seconds: NaN, downtimeSeconds: 0, rounds: 0, bytes: 0 }));
  const progress = migrations.map((one) => new SimGridPreCopy(one));
  const transfers = new Map<number, { at: number; beganSeconds: number; stopped: boolean }>();
  const step = (at: number, now: number, took: number): void => {
    const { source, destination, startSeconds } = migrations[at]!;
    const outcome = outcomes[at]!;
    let next = progress[at]!.next(took);
    // What has no bytes takes no time, and no place on the network.
    while (next.kind === 'send' && next.bytes === 0) next = progress[at]!.next(0);
    if (next.kind !== 'send') {
      outcome.seconds = now - startSeconds;
      outcome.rounds = progress[at]!.rounds.length - 2;
      return;
    }
    outcome.bytes += next.bytes;
    const cap = next.capBytesPerSecond * 8;
    const links = topology.path(source, destination);
    const id = network.start(now, { links, bits: next.bytes * 8, capBitsPerSecond: cap });
    transfers.set(id, { at, beganSeconds: now, stopped: next.guest === 'nowhere' });
  };
  const advance = (to: number): void => {
    // One end at a time: what follows from it begins there.
    for (let next = network.nextEndSeconds; next <= to; next = network.nextEndSeconds)
      for (const { id, endSeconds } of network.advance(next)) {
        const { at, beganSeconds, stopped } = transfers.get(id)!;
        transfers.delete(id);
        if (stopped) outcomes[at]!.downtimeSeconds = endSeconds - beganSeconds;
        step(at, endSeconds, endSeconds - beganSeconds);
      }
    if (to < Infinity) network.advance(to);
  };
  for (const at of order) {
    const { startSeconds } = migrations[at]!;
    advance(startSeconds);
    step(at, startSeconds, 0);
  }
  advance(Number.MAX_VALUE);
  return outcomes;
}

function checkOf(kind: SimGridCheck['kind'], answers: readonly MigrationAnswer[], ours: Outcome[]): SimGridCheck {
  const cases = answers.map((answer, at) => caseOf(answer, ours[at]!));
  const count = (held: (one: SimGridCase) => boolean): number => cases.filter(held).length;
  return {
    kind,
    cases,
    summary: {
      cases: cases.length,
      roundsEqual: count(({ rounds, referenceRounds }) => rounds === referenceRounds),
      within: count(({ within }) => within),
      maxRelativeError: cases.reduce((most, { relativeError }) => Math.max(most, relativeError), 0),
    },
  };
}

function caseOf(answer: MigrationAnswer, { seconds, downtimeSeconds, rounds, bytes }: Outcome): SimGridCase {
  const error = Math.abs(seconds - answer.totalSeconds);
  return {
    id: answer.id,
    referenceSeconds: answer.totalSeconds,
    seconds,
    relativeError: error === 0 ? 0 : error / Math.max(answer.totalSeconds, WITHIN_SECONDS),
    ...{ referenceDowntimeSeconds: answer.downtimeSeconds, downtimeSeconds },
    ...{ referenceRounds: answer.rounds, rounds, referenceBytes: answer.bytes, bytes },
    within: error <= WITHIN_RATIO * answer.totalSeconds + WITHIN_SECONDS,
  };
}
