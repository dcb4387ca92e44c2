/** The library's face: what `simulate` takes and gives. */
import type { PlacementPolicy } from '../control/policy.js';
import type { Recorder } from '../store/types.js';

export interface SimulateOptions {
  /** Where the run is written down, beside the summary that comes back. */
  recorder?: Recorder;
  /** In place of the placement policy that the scenario names. */
  placement?: PlacementPolicy;
  /** Called now and then with the share of simulated time done, 0 to 1. */
  progress?: (share: number) => void;
  /** Once aborted, the run ends with RunError "interrupted". */
  signal?: AbortSignal;
  /** Hold the summary against the scenario's `expect`; default true. */
  expect?: boolean;
}
