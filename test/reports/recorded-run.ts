/** A made-up run, recorded and opened again: what a report is made from. Closed after the test. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openRun, type RecordedRun } from '../../sim/store/open-run.js';
import { RUN_FILES } from '../../sim/store/run-files.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import type { Recorder, Summary } from '../../sim/store/types.js';
import { tellSyntheticRun, type SyntheticRunOptions } from '../store/synthetic-run.js';
import { temporaryFolder } from '../store/temporary-folder.js';

const opened: RecordedRun[] = [];

afterEach(() => {
  for (const run of opened.splice(0)) run.close();
});

export function recordedRun(options: SyntheticRunOptions & { samples?: boolean; machine?: boolean } = {}): RecordedRun {
  const folder = temporaryFolder();
  const recorder = openRecorder(join(folder, RUN_FILES.database));
  const told: Recorder =
    options.samples === false
      ? {
          begin: (header) => recorder.begin(header),
          transaction: (...one) => recorder.transaction(...one),
          sample: () => {},
          finish: (...end) => recorder.finish(...end),
        }
      : recorder;
  const summary = tellSyntheticRun(told, options);
  if (options.machine === true) writeFileSync(join(folder, RUN_FILES.summary), JSON.stringify(summary));
  const run = openRun(folder);
  opened.push(run);
  return run;
}

/** The summary of a made-up run of one day, with what a test sets. */
export function summaryOfRun(summary: Partial<Summary> = {}, options: SyntheticRunOptions = {}): Summary {
  const nowhere: Recorder = { begin: () => {}, transaction: () => {}, sample: () => {}, finish: () => {} };
  return tellSyntheticRun(nowhere, { days: 1, ...options, summary });
}
