/**
 * Runs of one scenario side by side: a row a measure, a column a variant, the file as it stands called "base". Where the
 * terminal is too narrow the columns go on in further blocks, each with the base beside its variants. A reason that did not
 * occur in a variant counts 0 there; what is not modelled in a variant says so; a zone that it does not have is a dash.
 */
import type { Summary } from '../sim/store/types.js';
import { CPU_ROWS, overprovisions, PROMISED_ROWS } from './cpu-rows.js';
import {
  BILLING_ROWS,
  CUSTOMERS,
  FAILED,
  FRAGMENTATION_ROWS,
  fragmentRateRow,
  PACKING_ROWS,
  NOT_MODELLED,
  notModelled,
  PLACEMENT,
  REFUSED,
  SIMULATED,
  VM_ROWS,
  type MeasureRow,
} from './measure-rows.js';
import { BROADCAST_ROWS, NETWORK_ROWS, peakText, SWITCH_FIGURES } from './network-rows.js';
import { countText, listText } from './numbers.js';
import { painter, type Paint } from './paint.js';
import { wrapText } from './wrap-text.js';

const GAP = 2;
const BASE = 'base';

interface Column {
  name: string;
  /** One a row. */
  cells: string[];
  width: number;
}

export function variantsTable(summaries: readonly Summary[], options: { colour: boolean; width: number }): string {
  if (summaries.length === 0) return 'no variants\n';
  const paint = painter(options.colour);
  const rows = rowsOf(summaries);
  const labelWidth = Math.max(...rows.map(({ label }) => label.length));
  const columns = summaries.map((summary) => columnOf(summary, rows, options.width - labelWidth - GAP));
  const base = columns[summaries.findIndex(({ variant }) => variant === null)];
  const blocks = blocksOf(columns, base, options.width - labelWidth).map((block) =>
    [
      paint('bold', `${' '.repeat(labelWidth)}${block.map(({ name, width }) => right(name, width)).join('')}`),
      ...rows.map(({ label }, at) => {
        const cells = block.map((column) => cellText(column, at, base, paint));
        return `${label.padEnd(labelWidth)}${cells.join('')}`;
      }),
    ].join('\n'),
  );
  const absent = notModelled(summaries);
  const note = absent.length === 0 ? [] : [wrapText(`Not modelled: ${listText(absent)}.`, options.width).join('\n')];
  return `${[...blocks, ...note].join('\n\n')}\n`;
}

const right = (text: string, width: number): string => ' '.repeat(GAP) + text.padStart(width);

/** What is the same as in the base steps back. */
function cellText(column: Column, at: number, base: Column | undefined, paint: Paint): string {
  const text = right(column.cells[at]!, column.width);
  return base !== undefined && column !== base && column.cells[at] === base.cells[at] ? paint('dim', text) : text;
}

function columnOf(summary: Summary, rows: readonly MeasureRow[], widest: number): Column {
  const cells = rows.map((row) => row.valueOf(summary) ?? NOT_MODELLED);
  const name = shortened(summary.variant ?? BASE, Math.max(widest, 8));
  return { name, cells, width: Math.max(name.length, ...cells.map((cell) => cell.length)) };
}

/** Names that differ at their ends stay apart. */
function shortened(name: string, width: number): string {
  if (name.length <= width) return name;
  const end = Math.floor((width - 1) / 2);
  return `${name.slice(0, width - 1 - end)}…${name.slice(name.length - end)}`;
}

/** As many columns a block as fit, at least one; the base leads each block where there is room for it and one more. */
function blocksOf(columns: readonly Column[], base: Column | undefined, room: number): Column[][] {
  const blocks: Column[][] = [];
  let block: Column[] = [];
  let left = room;
  const put = (column: Column): void => {
    block.push(column);
    left -= column.width + GAP;
  };
  for (const column of columns) {
    if (block.length > 0 && column.width + GAP > left) {
      blocks.push(block);
      block = [];
      left = room;
      if (base !== undefined && base.width + column.width + 2 * GAP <= room) put(base);
    }
    put(column);
  }
  return [...blocks, block];
}

function rowsOf(summaries: readonly Summary[]): MeasureRow[] {
  const names = (of: (summary: Summary) => object): string[] => [
    ...new Set(summaries.flatMap((one) => Object.keys(of(one)))),
  ];
  const reasons = (kind: 'refused' | 'failed'): MeasureRow[] =>
    names(({ vms }) => vms[kind]).map((reason) => ({
      label: `  ${reason}`,
      meaning: '',
      valueOf: ({ vms }) => countText(vms[kind][reason] ?? 0),
    }));
  const zones = names(({ vlans }) => vlans);
  const modelled = (rows: readonly MeasureRow[]): MeasureRow[] =>
    rows.filter((row) => summaries.some((summary) => row.valueOf(summary) !== null));
  return [
    SIMULATED,
    PLACEMENT,
    CUSTOMERS,
    ...modelled(VM_ROWS),
    REFUSED,
    ...reasons('refused'),
    FAILED,
    ...reasons('failed'),
    ...FRAGMENTATION_ROWS,
    ...names(({ fragmentRate }) => fragmentRate).map(fragmentRateRow),
    ...PACKING_ROWS,
    ...(summaries.some(overprovisions) ? PROMISED_ROWS : []),
    ...(summaries.some(({ cpu }) => cpu !== null) ? CPU_ROWS : []),
    ...zones.flatMap((zone) => vlanRows(zone, zones.length === 1, summaries)),
    ...modelled(NETWORK_ROWS),
    ...BROADCAST_ROWS,
    ...modelled(BILLING_ROWS),
    ...ENDS,
  ];
}

/** VLAN IDs, and what switches must hold of guest networks where they were ever asked to. */
function vlanRows(zone: string, only: boolean, summaries: readonly Summary[]): MeasureRow[] {
  const row = (name: string, of: (pool: Summary['vlans'][string]) => string): MeasureRow => ({
    label: `${name}${only ? '' : `, ${zone}`}`,
    meaning: '',
    valueOf: ({ vlans }) => {
      const pool = vlans[zone];
      return pool === undefined ? '-' : of(pool);
    },
  });
  const pools = summaries.flatMap(({ vlans }) => vlans[zone] ?? []);
  return [
    row('VLAN IDs at most in use', (pool) => peakText({ peak: pool.peakInUse, limit: pool.capacity })),
    row('refused for want of a VLAN ID', (pool) => countText(pool.refused)),
    ...SWITCH_FIGURES.filter(({ of }) => pools.some((pool) => of(pool).limit > 0)).map(({ label, of }) =>
      row(label, (pool) => (of(pool).limit > 0 ? peakText(of(pool)) : '-')),
    ),
    row('refused by full switches', (pool) => countText(pool.refusedBySwitch)),
  ];
}

const ENDS: readonly MeasureRow[] = [
  {
    label: 'expectations held',
    meaning: '',
    valueOf: ({ expect }) =>
      expect.length === 0 ? '-' : `${expect.filter(({ held }) => held).length} of ${expect.length}`,
  },
  { label: 'warnings', meaning: '', valueOf: ({ warnings }) => countText(warnings.length) },
  // Enough to tell runs apart; the whole digest stands in each run's own summary.
  { label: 'digest (first 8)', meaning: '', valueOf: ({ digest }) => digest.slice(0, 8) },
];
