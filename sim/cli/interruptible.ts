/**
 * Work that can be interrupted. Guarantees: the first SIGINT or SIGTERM asks it to stop and clear up, a second one ends
 * the process at once.
 */
import { RunError } from '../base/errors.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  // Without a listener the system's own action is back, which needs nobody's patience.
  const detach = (): void => SIGNALS.forEach((name) => void process.off(name, stop));
  const stop = (): void => {
    detach();
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    detach();
  }
}

/** RunError "interrupted" if a signal came in, also while nothing else could run. */
export async function checkInterrupted(signal: AbortSignal): Promise<void> {
  // Signals are told between two turns of the event loop: one whole turn has to pass.
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new RunError('interrupted', 'interrupted: nothing of this run is kept');
}
