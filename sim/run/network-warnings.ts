/** What to read before trusting what a run says of its network. */
import type { Warning } from '../base/errors.js';
import type { ResolvedScenario, ThrottleSpec } from '../scenario/resolved.js';
import type { Simulation } from './simulation.js';

export function networkWarnings({ scenario, zones }: Pick<Simulation, 'scenario' | 'zones'>): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: string, message: string): number => warnings.push({ code, message });
  const { flows, durationMicros } = scenario;
  const late = flows.filter(({ atMicros }) => atMicros > durationMicros).length;
  if (late > 0) warn('flows-after-end', `${late} of ${flows.length} flows come after the end of the run, so never`);
  const throttles = throttlesIn(scenario);
  if (
    throttles.some((one) => one.networkBitsPerSecond !== null) &&
    zones.every(({ network }) => network.guest === null)
  )
    warn(
      'not-modelled',
      "VMs' network is throttled, but nothing says what they send: no traffic is there that could be slowed; set workload.traffic",
    );
  if (throttles.some(({ iops }) => iops !== null) && zones.every(({ network }) => network.storage === null))
    warn('not-modelled', "VMs' disks are throttled, but nothing says what they ask of them; set workload.vms.diskUse");
  const overloaded = zones.reduce((sum, { measures }) => sum + measures.network.overloads.count, 0);
  if (overloaded > 0)
    warn(
      'links-overloaded',
      `${overloaded} links were asked for more than they carry: traffic is what customers ask for, not what arrives; see what each would get in the report`,
    );
  return warnings;
}

/** All that the file says of throttles; what events change included. */
function throttlesIn({ offerings, accounts, management, events }: ResolvedScenario): ThrottleSpec[] {
  const later = events.flatMap((event) => {
    if (event.kind !== 'throttle') return [];
    const { networkBitsPerSecond = null, iops = null } = event;
    return [{ networkBitsPerSecond, iops }];
  });
  return [...offerings, ...accounts.map(({ throttle }) => throttle), management.throttle, ...later];
}
