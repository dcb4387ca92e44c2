/**
 * One run, from its scenario to its folder. Guarantees: the folder is put in place as a whole once everything is in it;
 * whatever goes wrong or interrupts leaves the former one as it was.
 */
import { join } from 'node:path';
import { MICROS_PER_SECOND, humanQuantity } from '../base/units.js';
import { simulate } from '../run/simulate.js';
import { scenarioYaml } from '../scenario/loader.js';
import { openRun } from '../store/open-run.js';
import { RUN_FILES } from '../store/run-files.js';
import type { RunFolder } from '../store/run-folder.js';
import { openRecorder } from '../store/sqlite-recorder.js';
import type { Summary } from '../store/types.js';
import { checkInterrupted } from './interruptible.js';
import type { ProgressBar } from './progress-bar.js';
import type { PlannedRun } from './run-plan.js';

export interface WriteRunOptions {
  folder: RunFolder;
  /** Hold the summary against `expect`. */
  expect: boolean;
  /** Repeats the run; for the report. */
  command: string;
  signal: AbortSignal;
  progress: ProgressBar;
}

export async function writeRun(
  { scenario }: PlannedRun,
  { folder, expect, command, signal, progress }: WriteRunOptions,
): Promise<Summary> {
  const recorder = openRecorder(join(folder.path, RUN_FILES.database));
  try {
    const simulatedSeconds = scenario.durationMicros / MICROS_PER_SECOND;
    const summary = await simulate(scenario, {
      recorder,
      expect,
      signal,
      progress: (share) => progress.show(share, (seconds) => rateText((simulatedSeconds * share) / seconds)),
    });
    folder.write(RUN_FILES.summary, `${JSON.stringify(summary, null, 2)}\n`);
    folder.write(RUN_FILES.scenario, scenarioYaml(scenario));
    folder.write(RUN_FILES.report, await reportOf(folder.path, command));
    await checkInterrupted(signal);
    folder.commit();
    return summary;
  } finally {
    progress.erase();
    // Both do nothing after the run came to its end.
    recorder.discard();
    folder.discard();
  }
}

/** From what was written down, so that what is read back later shows the same. */
async function reportOf(path: string, command: string): Promise<string> {
  const { htmlReport } = await import('../../reports/html-report.js');
  const run = openRun(path);
  try {
    return htmlReport(run, { command });
  } finally {
    run.close();
  }
}

/** "2.5 d/s": simulated time per second */
function rateText(simulatedSecondsPerSecond: number): string {
  return `${humanQuantity('duration', simulatedSecondsPerSecond * MICROS_PER_SECOND)}/s`;
}
