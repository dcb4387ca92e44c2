/** CPU that VMs ask for and have, over what hosts have; and what they are short of. Over time, all zones together. */
import type { CloudSample } from '../cloud-samples.js';
import { sharesOverTime, type ShareOf } from './shares-over-time.js';

export interface CpuData {
  durationMicros: number;
  samples: readonly Pick<
    CloudSample,
    'atMicros' | 'runningVms' | 'cpuMillisPhysical' | 'cpuMillisDemand' | 'cpuMillisShort' | 'vmsShort'
  >[];
}

type One = CpuData['samples'][number];

/** null where it is not modelled, or where there is nothing to take a share of. */
const share = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole <= 0 ? null : part / whole;

function shareOf(what: string, name: string, of: (one: One) => number | null): ShareOf<One> {
  return { name, of, spoken: `${what} ${name}` };
}

export function cpuAskedForOverTime(data: CpuData): string {
  const had = ({ cpuMillisDemand: demand, cpuMillisShort: short }: One): number | null =>
    demand === null || short === null ? null : demand - short;
  return sharesOverTime(data, [
    shareOf('CPU', 'asked for', (one) => share(one.cpuMillisDemand, one.cpuMillisPhysical)),
    shareOf('CPU', 'had', (one) => share(had(one), one.cpuMillisPhysical)),
  ]);
}

export function cpuShortOverTime(data: CpuData): string {
  return sharesOverTime(data, [
    shareOf('Short', 'of the CPU asked for', (one) => share(one.cpuMillisShort, one.cpuMillisDemand)),
    shareOf('Short', 'of the VMs', (one) => share(one.vmsShort, one.runningVms)),
  ]);
}
