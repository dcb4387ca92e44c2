/** The library's face: what `simulate` takes and gives. */
import type { Recorder, Summary } from '../store/types.js';

export interface SimulateOptions {
  /** Where the run is written down; absent: only the summary is kept. */
  recorder?: Recorder;
  /** Called now and then with the share of simulated time done, 0 to 1. */
  progress?: (share: number) => void;
  /** Checked now and then: true ends the run with RunError "interrupted". */
  interrupted?: () => boolean;
  /** Check `expect`; default true. */
  expect?: boolean;
}

export interface RunResult {
  summary: Summary;
}
