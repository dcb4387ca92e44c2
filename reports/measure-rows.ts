/**
 * The measures of a summary that people read, each with its name, what it means in the words of the glossary, and its
 * value as text: one list for the report and for the table of variants. A value that is not modelled is null here, never 0.
 */
import { humanQuantity, microsOf } from '../sim/base/units.js';
import type { FragmentationSummary, RecordedSummary } from '../sim/store/types.js';
import { amountText, countText, figureText, levelText, totalText } from './numbers.js';

export interface MeasureRow {
  label: string;
  meaning: string;
  /** null: not modelled in this run. */
  valueOf(summary: RecordedSummary): string | null;
}

/** What stands where a summary says null because the run did not model it. */
export const NOT_MODELLED = 'not modelled';
/** And where it was modelled, but there was nothing to measure. */
export const NOT_DEFINED = 'not defined';

/** A share of something that there may have been nothing of. */
export function shareText(value: number | null): string {
  return value === null ? NOT_DEFINED : humanQuantity('ratio', value);
}

const count = (label: string, meaning: string, of: (summary: RecordedSummary) => number | null): MeasureRow => ({
  label,
  meaning,
  valueOf: (summary) => {
    const value = of(summary);
    return value === null ? null : countText(value);
  },
});

/** A figure of the fragmentation, which is there once a VM of a guest network ran. */
const fragmentation = (
  label: string,
  meaning: string,
  of: (fragmentation: FragmentationSummary) => string,
): MeasureRow => ({
  label,
  meaning,
  valueOf: (summary) => (summary.fragmentation === null ? NOT_DEFINED : of(summary.fragmentation)),
});

export const totalOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);

export const SIMULATED: MeasureRow = {
  label: 'simulated time',
  meaning: 'How much time passed in the simulated datacenter.',
  valueOf: (summary) => humanQuantity('duration', microsOf(summary.simulatedSeconds)),
};

export const PLACEMENT: MeasureRow = {
  label: 'placement',
  meaning: 'The policy that found hosts for VMs.',
  valueOf: ({ policies }) => policies.placement,
};

export const CUSTOMERS: MeasureRow = count('customers', 'Accounts that were registered.', (of) => of.accounts);

export const VM_ROWS: readonly MeasureRow[] = [
  count('VMs requested', 'Requests to start a VM: new ones, and stopped ones again.', (of) => of.vms.requested),
  count('VMs started', 'How often a VM of a customer came up.', (of) => of.vms.started),
  count('VMs stopped', 'How often a VM of a customer was halted.', (of) => of.vms.stopped),
  count('VMs running at the end', "Customers' VMs, without routing appliances.", (of) => of.vms.runningAtEnd),
  count('VMs lost', 'VMs that a failure took down.', (of) => of.vms.lost),
];

export const REFUSED: MeasureRow = count('requests refused', 'The plane said no before anything was built.', (of) =>
  totalOf(of.vms.refused),
);

export const FAILED: MeasureRow = count(
  'requests failed',
  'Something was tried, did not succeed, and was taken back.',
  (of) => totalOf(of.vms.failed),
);

export const BILLING_ROWS: readonly MeasureRow[] = [
  {
    label: 'billed',
    meaning: 'What customers pay in all.',
    valueOf: ({ billing }) => billing && `${amountText(billing.total, billing.decimals)} ${billing.currency}`,
  },
  {
    label: 'VM-hours charged',
    meaning: 'After increments and minimum.',
    valueOf: ({ billing }) => billing && totalText(billing.hours.charged),
  },
];

export const FRAGMENTATION_ROWS: readonly MeasureRow[] = [
  fragmentation(
    'fragmentation, mean',
    "Customers' VMs over pods, over time after the warm-up: 0 as together as can be, 1 as scattered as can be.",
    (of) => levelText(of.mean),
  ),
  fragmentation('fragmentation, at the end', 'The same, when the run ended.', (of) => levelText(of.end)),
  fragmentation(
    'fragmentation, 95th percentile',
    'Customers fared no worse than this for 95 % of the VM-seconds.',
    (of) => levelText(of.p95),
  ),
  fragmentation(
    'host fragmentation, mean',
    'The same over hosts instead of pods: 0 on as few hosts as can be, 1 on as many.',
    (of) => levelText(of.hostFragmentation.mean),
  ),
  fragmentation('hosts per customer', 'Hosts on which a customer has running VMs, on average.', (of) =>
    figureText(of.hostsPerCustomer),
  ),
  fragmentation('pods per customer', 'Pods in which a customer has running VMs, on average.', (of) =>
    figureText(of.podsPerCustomer),
  ),
  fragmentation(
    'phantom domains',
    "Hosts of a customer's VMs other than the one of its routing appliance, on average.",
    (of) => figureText(of.phantomDomains),
  ),
];

export const PACKING_ROWS: readonly MeasureRow[] = [
  {
    label: 'hosts in use',
    meaning: 'Hosts that hold a VM, on average, of those in service.',
    valueOf: ({ packing }) => `${figureText(packing.hostsInUse)} of ${countText(packing.hostsInService)}`,
  },
  {
    label: 'packing density',
    meaning: 'Share of the CPU of hosts in use that their VMs hold.',
    valueOf: ({ packing: { cpuDensity } }) => shareText(cpuDensity),
  },
];

export function fragmentRateRow(cores: string): MeasureRow {
  return {
    label: `fragment rate, ${cores} cores`,
    meaning: `Share of the free CPU that no VM of ${cores} cores can use, because too little of it is on one NUMA node.`,
    valueOf: ({ fragmentRate }) => shareText(fragmentRate[cores] ?? null),
  };
}

/** Parts of a summary that a run may leave out whole. */
const PARTS = {
  traffic: 'traffic',
  storage: 'disk use',
  transfers: 'transfers',
  migrations: 'migrations',
  failures: 'failures',
  availability: 'availability',
  cpu: 'CPU use',
  energy: 'energy',
  billing: 'billing',
} as const satisfies Partial<Record<keyof RecordedSummary, string>>;

/** Names of what was not modelled in any of the runs. */
export function notModelled(summaries: readonly RecordedSummary[]): string[] {
  const names = Object.entries(PARTS) as [keyof typeof PARTS, string][];
  const parts = names.filter(([part]) => summaries.every((summary) => summary[part] === null)).map(([, name]) => name);
  return summaries.every(({ vms }) => vms.lost === null) ? [...parts, 'VMs lost'] : parts;
}
