/**
 * What `podtwin trace` makes of a source: a fragment that scenarios extend, and the CSV beside it that it names. Guarantees
 * the same bytes for the same source and options; nothing of the machine stands in them.
 */
import { countOf } from '../../reports/numbers.js';
import { exactQuantity } from '../base/units.js';
import type { HostInventory } from '../traces/inventory.js';
import { writeTraceCsv } from '../traces/trace-csv.js';
import type { TraceWorkload } from '../traces/trace-workload.js';
import { writeInventoryCsv } from '../traces/write-inventory-csv.js';

/** The first line of a fragment tells whose it is and what kind. */
export const FRAGMENT_FILE = 'fragment.yaml';
const MARK = '# Written by podtwin trace:';

export type FragmentKind = 'trace' | 'inventory';

export interface Fragment {
  kind: FragmentKind;
  yaml: string;
  /** Files beside it, by name. */
  files: Record<string, string>;
}

/** Whether the first line of a file says that it is a fragment of this kind. */
export function isFragment(text: string, kind: FragmentKind): boolean {
  return text.startsWith(`${MARK} ${kind} `);
}

export function traceFragment(format: string, workload: TraceWorkload, durationMicros: number): Fragment {
  const about = `${countOf(workload.vms.length, 'VM')} of ${countOf(workload.accounts.length, 'account')}, from ${format}`;
  const yaml = [
    `${MARK} trace ${format}. A scenario that begins with 'extends: ${FRAGMENT_FILE}' adds zones and what else it needs.`,
    'podtwin: 1',
    `name: ${format}`,
    `about: ${about}`,
    `duration: ${exactQuantity('duration', durationMicros)}`,
    'workload:',
    '  trace: { format: podtwin-trace, file: vms.csv }',
    '',
  ].join('\n');
  return { kind: 'trace', yaml, files: { 'vms.csv': writeTraceCsv(workload) } };
}

const INVENTORY_DURATION = '7d';

export function inventoryFragment(format: string, inventory: HostInventory): Fragment {
  const { hosts, vms, accounts } = writeInventoryCsv(inventory);
  const tables = `file: hosts.csv, vms: vms.csv${accounts === null ? '' : ', accounts: accounts.csv'}`;
  const count = inventory.clusters.reduce((sum, cluster) => sum + cluster.hosts.length, 0);
  const yaml = [
    `${MARK} inventory ${format}. A scenario that begins with 'extends: ${FRAGMENT_FILE}' adds offerings and what else it needs.`,
    'podtwin: 1',
    `name: ${format}`,
    `about: ${countOf(count, 'host')} with ${countOf(inventory.vms.length, 'VM')}, from ${format}`,
    `duration: ${INVENTORY_DURATION}`,
    'zones: [{ name: z1 }]',
    `initial: { format: inventory-csv, ${tables} }`,
    '',
  ].join('\n');
  return {
    kind: 'inventory',
    yaml,
    files: { 'hosts.csv': hosts, 'vms.csv': vms, ...(accounts === null ? {} : { 'accounts.csv': accounts }) },
  };
}
