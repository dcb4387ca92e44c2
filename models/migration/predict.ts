/**
 * A migration at a constant rate, by the rules of its hypervisor: how long, how much, how it ends. The same rules as in a run,
 * on a network that has nothing else to do.
 *
 *   total = sum of t_i      downtime = sum of t_i in which the guest runs nowhere      t_i = n_i / min(R, c_i), or a wait of the rules
 *
 *   t_i  seconds of step i      n_i  its bytes      c_i  its cap [bytes/s]      R  what the network gives [bytes/s]
 *
 * Source: the rules' (qemu.ts, xen.ts, xen-2005.ts, simgrid.ts). Valid range: R > 0. Ignored: everything else on the network.
 */
import { assert } from '../../sim/base/assert.js';
import type { Outcome, Progress, RoundRecord } from './pre-copy/rules.js';

export interface Prediction {
  readonly outcome: Outcome | 'never';
  readonly totalSeconds: number;
  /** Without a guest that runs; null: it never stopped. */
  readonly downtimeSeconds: number | null;
  readonly bytes: number;
  readonly rounds: readonly RoundRecord[];
}

/** `never`: not in `mostSeconds`. Rate in bytes per second, above 0. */
export function predict(progress: Progress, bytesPerSecond: number, mostSeconds = 1e5): Prediction {
  assert(bytesPerSecond > 0, () => `a prediction at ${bytesPerSecond} bytes per second`);
  const sum = { totalSeconds: 0, down: 0, bytes: 0 };
  let stopped = false;
  for (let seconds = 0; ;) {
    const step = progress.next(seconds, bytesPerSecond);
    const done = (outcome: Prediction['outcome']): Prediction => ({
      outcome,
      totalSeconds: sum.totalSeconds,
      downtimeSeconds: stopped ? sum.down : null,
      bytes: sum.bytes,
      rounds: progress.rounds,
    });
    if (step.kind === 'end') return done(step.outcome);
    seconds = step.kind === 'wait' ? step.seconds : step.bytes / Math.min(step.capBytesPerSecond, bytesPerSecond);
    sum.totalSeconds += seconds;
    if (step.kind === 'send') sum.bytes += step.bytes;
    if (step.guest === 'nowhere') {
      stopped = true;
      sum.down += seconds;
    }
    if (sum.totalSeconds > mostSeconds && !stopped) return done('never');
  }
}
