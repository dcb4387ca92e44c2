/** podtwin as a library: `import { loadScenario, simulate } from "podtwin"`. */
export type { SimulateOptions } from './api.js';
export { explainVm, type VmExplanation } from './explain-vm.js';
export { loadScenario, validateScenario, type Alternatives, type ReadOptions } from './load.js';
export { describePolicies, type PolicyCard } from './policies.js';
export { simulate } from './simulate.js';
export { VERSION } from './version.js';
export { InputError, RunError, type Place, type Problem, type Warning } from '../base/errors.js';
export type {
  AccountView,
  CloudView,
  Context,
  Criterion,
  HostView,
  PlacementPolicy,
  PlacementRequest,
} from '../control/policy.js';
export type { PodView, PolicyOption, PolicyOptions, Resource, Scope, VmView } from '../control/policy.js';
export type { Decision, Demand, Reason } from '../control/ports.js';
export type { Transaction } from '../control/history.js';
export type { LoadedScenario } from '../scenario/loader.js';
export { openRun, type RecordedRun } from '../store/open-run.js';
export { openRecorder, type SqliteRecorder } from '../store/sqlite-recorder.js';
export type { BillingSummary, BillLine, Recorder, RunHeader, Sample, Summary } from '../store/types.js';
