/** Measures of CPU use and of overprovisioning, as rows: what was promised, what was asked for, what of it was not there. */
import { humanQuantity } from '../sim/base/units.js';
import type { CpuSummary } from '../sim/measures/cpu-result.js';
import type { PromisedSummary, RecordedSummary } from '../sim/store/types.js';
import { NOT_DEFINED, shareText, type MeasureRow } from './measure-rows.js';

const cpu = (label: string, meaning: string, of: (cpu: CpuSummary) => number | null): MeasureRow => ({
  label,
  meaning,
  valueOf: (summary) => (summary.cpu === null ? null : shareText(of(summary.cpu))),
});

export const CPU_ROWS: readonly MeasureRow[] = [
  cpu(
    'CPU asked for',
    'What VMs would use if it were there, over what hosts have; on average.',
    (of) => of.meanDemandRatio,
  ),
  cpu('CPU asked for at most', 'The same at the worst moment of a zone.', (of) => of.peakDemandRatio),
  cpu(
    'CPU asked of a host at most',
    'The same of a single host: above 100 % it is short.',
    (of) => of.peakHostDemandRatio,
  ),
  cpu('CPU had', 'What VMs could use of it, over what hosts have; on average.', (of) => of.meanUseRatio),
  cpu('CPU short', 'Of the CPU asked for, the share that hosts did not have.', (of) => of.shortRatio),
  cpu(
    'hosts short of CPU',
    'Of the time of hosts, the share in which they were asked for more than they have.',
    (of) => of.hostTimeShortRatio,
  ),
  cpu(
    'VMs on hosts short of CPU',
    'Of the time of VMs, the share in which their host was short.',
    (of) => of.vmTimeShortRatio,
  ),
];

const promised = (what: string, of: (summary: RecordedSummary) => PromisedSummary): MeasureRow => ({
  label: `${what} promised over physical, at most`,
  meaning: `What VMs were given of hosts' ${what}, over what hosts have, used or not; and how much of it they may be given.`,
  valueOf: (summary) => {
    const { factor, peakRatio } = of(summary);
    const most = humanQuantity('ratio', factor);
    return peakRatio === null ? NOT_DEFINED : `${humanQuantity('ratio', peakRatio).replace(' %', '')} of ${most}`;
  },
});

export const PROMISED_ROWS: readonly MeasureRow[] = [
  promised('CPU', ({ overprovision }) => overprovision.cpu),
  promised('memory', ({ overprovision }) => overprovision.memory),
];

/** Whether more, or less, than what hosts have may be promised: elsewhere nothing is to be said of it. */
export function overprovisions({
  overprovision: { cpu: ofCpu, memory },
}: Pick<RecordedSummary, 'overprovision'>): boolean {
  return ofCpu.factor !== 1 || memory.factor !== 1;
}
