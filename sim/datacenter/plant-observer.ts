/** Who follows the plant's truth, change by change: measures, and nobody who decides. Called after the change. */
import type { Domain } from './domain.js';
import type { NetworkRule } from './network-rules.js';

export interface PlantObserver {
  /** It runs from now on: it has booted, or was found running. */
  vmRunning?(domain: Domain): void;
  /** It ran until now. Not called for one that never came up. */
  vmGone?(domain: Domain): void;
  /** It runs on another host from now on, in one instant; `before`: as it was. Absent: one that goes, and one that comes. */
  vmMoved?(domain: Domain, before: Domain): void;
  /** A running VM has another size from now on; `before`: the one it had. */
  vmResized?(domain: Domain, before: { cpuMillis: number; memoryBytes: number }): void;
  /** A rule is in force in a running routing appliance from now on, in place of the one of this number; or is no more. */
  ruleAdded?(appliance: number, rule: number, content: NetworkRule): void;
  ruleRemoved?(appliance: number, rule: number): void;
  /** A running VM has another throttle from now on. */
  vmThrottled?(domain: Domain): void;
  /** What is free on a NUMA node from now on; nodes are numbered over the zone, host by host. */
  nodeChanged?(node: number, freeCpuMillis: number, freeMemoryBytes: number): void;
}
