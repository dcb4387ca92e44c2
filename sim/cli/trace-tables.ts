/** What `podtwin trace` shows of a source, as text. */
import { countOf, countText } from '../../reports/numbers.js';
import { humanQuantity, type QuantityKind } from '../base/units.js';
import type { InventoryFigures } from '../traces/inventory-figures.js';
import type { Distribution, TraceFigures } from '../traces/trace-figures.js';
import type { TraceNote } from '../traces/trace-workload.js';
import { textTable } from './text-table.js';

const HEADING = ['', 'min', 'median', 'p95', 'max'];
const NUMBERS = [1, 2, 3, 4];

export function notesTable(notes: readonly TraceNote[]): string {
  return textTable(
    notes.map(({ label, value }) => [label, value]),
    [],
  ).join('\n');
}

export function traceTable(figures: TraceFigures): string {
  const { accounts, vms, lengthMicros, outlive, peak, cpuUse } = figures;
  const table = textTable(
    [
      HEADING,
      row('CPU', 'cpu', figures.cpuMillis),
      row('memory', 'memory', figures.memoryBytes),
      row('lifetime', 'duration', figures.lifetimeMicros),
      row('VMs an account', null, figures.vmsPerAccount),
    ],
    NUMBERS,
  );
  const most = `${countOf(peak.vms, 'VM')}, ${humanQuantity('cpu', peak.cpuMillis)}, ${humanQuantity('memory', peak.memoryBytes)}`;
  return [
    ...table,
    '',
    `${countOf(vms, 'VM')} of ${countOf(accounts, 'account')} in ${humanQuantity('duration', lengthMicros)}; ${countText(outlive)} outlive it, counted to its end`,
    `at once, at most: ${most}`,
    `CPU use: ${cpuUse === null ? 'unknown' : `${(cpuUse * 100).toFixed(2)} % of the VMs' CPU`}`,
  ].join('\n');
}

export function inventoryTable(figures: InventoryFigures): string {
  const { pods, hosts, inService, vms, accounts, capacity, used } = figures;
  const table = textTable(
    [
      HEADING,
      row('CPU of a VM', 'cpu', figures.cpuMillis),
      row('memory of a VM', 'memory', figures.memoryBytes),
      row('VMs a host', null, figures.vmsPerHost),
    ],
    NUMBERS,
  );
  const size = ({ cpuMillis, memoryBytes }: InventoryFigures['capacity']): string =>
    `${humanQuantity('cpu', cpuMillis)}, ${humanQuantity('memory', memoryBytes)}`;
  return [
    ...table,
    '',
    `${countOf(hosts, 'host')} in ${countOf(pods, 'pod')}, ${countText(inService)} of them in service: ${size(capacity)}`,
    `${countOf(vms, 'VM')} of ${countOf(accounts, 'account')}: ${size(used)}`,
  ].join('\n');
}

function row(label: string, kind: QuantityKind | null, { min, median, p95, max }: Distribution): string[] {
  return [
    label,
    ...[min, median, p95, max].map((value) => (kind === null ? countText(value) : humanQuantity(kind, value))),
  ];
}
