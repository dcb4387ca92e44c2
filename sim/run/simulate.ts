/**
 * Runs a scenario from its beginning to its end. Guarantees that looking on (recorder, samples, progress) changes nothing,
 * and that Node's own events get their turn a few times a second, so that a run can be interrupted.
 */
import { RunError } from '../base/errors.js';
import type { LoadedScenario } from '../scenario/loader.js';
import type { Summary } from '../store/types.js';
import type { SimulateOptions } from './api.js';
import { billingOf } from './billing.js';
import { checkExpectations } from './expectations.js';
import { runHeader } from './run-header.js';
import { Simulation } from './simulation.js';
import { networkTables } from './network-summary.js';
import { summarise } from './summary.js';

/** Between two looks at the clock: some milliseconds' work. */
const EVENTS_AT_ONCE = 2000;
const BREATHE_MILLISECONDS = 50;

/** Rejects with RunError "interrupted" once `signal` is aborted. */
export async function simulate(scenario: LoadedScenario, options: SimulateOptions = {}): Promise<Summary> {
  const { recorder, placement, signal, progress, expect = true } = options;
  const machine = stopwatch();
  const simulation = new Simulation(scenario, { recorder, placement });
  recorder?.begin(runHeader(scenario));
  let breathed = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - breathed < BREATHE_MILLISECONDS) return;
    progress?.(simulation.now / scenario.durationMicros);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) throw new RunError('interrupted', 'the run was interrupted: nothing of it is kept');
    breathed = performance.now();
  };
  for (const atMicros of sampleTimes(scenario)) {
    while (!simulation.advance(atMicros, EVENTS_AT_ONCE)) await breathe();
    simulation.measure();
    if (recorder) for (const sample of simulation.samples()) recorder.sample(sample);
    await breathe();
  }
  const billing = billingOf(simulation);
  const summary = summarise(simulation, machine(), billing);
  if (expect) summary.expect = checkExpectations(scenario.expect, summary);
  recorder?.finish(summary, { bills: billing?.lines(), network: networkTables(simulation) });
  progress?.(1);
  return summary;
}

/** From 0 on, and at the end. */
function* sampleTimes({ durationMicros, samplesMicros }: LoadedScenario): Generator<number> {
  for (let atMicros = 0; atMicros < durationMicros; atMicros += samplesMicros) yield atMicros;
  yield durationMicros;
}

/** What the machine needed, from now to the call. */
function stopwatch(): () => Summary['machine'] {
  const startMilliseconds = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      wallSeconds: (performance.now() - startMilliseconds) / 1e3,
      cpuSeconds: (user + system) / 1e6,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      node: process.version,
    };
  };
}
