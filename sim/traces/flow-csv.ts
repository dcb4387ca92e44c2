/**
 * Reader of a table of finite transfers, a flow a row:
 *
 *   at,from,to,size,name,kind,cap,weight,guaranteed
 *   1 h,z1/p01/h01,z1/p02/h03,10 GiB,backup,flow,1 Gbps,2,100 Mbps
 *
 * The first four columns are due, in any order. Quantities carry their units ("10 GiB"), or the column's name does
 * ("sizeGiB"). Guarantees: every cell is what its column wants, a wrong one is told at its place; whether the ends are there
 * only the scenario knows, which can ask where each cell stands.
 */
import type { Place } from '../base/errors.js';
import { CsvColumns, type ColumnSpec } from './csv-columns.js';
import { CsvRows } from './csv-rows.js';
import { ProblemList } from './problem-list.js';
import { isSafeName } from './safe-names.js';

/** Times in microseconds, sizes in bytes, rates in bits per second; ends by name. */
export interface FlowRow {
  atMicros: number;
  sourceName: string;
  destinationName: string;
  bytes: number;
  name: string | null;
  kind: string;
  capBitsPerSecond: number | null;
  weight: number;
  guaranteedBitsPerSecond: number;
}

const COLUMNS = {
  at: { kind: 'duration' },
  from: { kind: 'text' },
  to: { kind: 'text' },
  size: { kind: 'memory' },
  name: { kind: 'text', optional: true },
  kind: { kind: 'text', optional: true },
  cap: { kind: 'bitRate', optional: true },
  weight: { kind: 'text', optional: true },
  guaranteed: { kind: 'bitRate', optional: true },
} as const satisfies Record<string, ColumnSpec>;

type Column = keyof typeof COLUMNS;
type Columns = CsvColumns<Column>;

/** In the order of the file. */
export interface FlowRows {
  rows: FlowRow[];
  /** `row`: index into `rows`. */
  place(row: number, column: Column): Place;
}

const LEAST_WEIGHT = 1e-6;
const MOST_WEIGHT = 1e6;

/** Throws InputError with every problem and its file:line:column. */
export function readFlowCsv(text: string, file: string): FlowRows {
  const problems = new ProblemList();
  const columns: Columns = new CsvColumns(CsvRows.parse(text, file), COLUMNS, problems);
  const rows: FlowRow[] = [];
  for (const row of columns.rows()) rows.push(flowOf(columns, row));
  problems.throwIfAny();
  // No row was left out, and the header is row 0.
  return { rows, place: (row, column) => columns.place(row + 1, column) };
}

/** With the problems told; what is wrong has some value then. */
function flowOf(columns: Columns, row: number): FlowRow {
  for (const name of ['from', 'to'] as const)
    if (columns.text(row, name) === '') columns.problem(row, name, 'no end is given; write e.g. z1/p01/h01');
  if (columns.text(row, 'at') === '')
    columns.problem(row, 'at', 'no time is given; write 0 s for the start of the run');
  if (columns.text(row, 'size') === '') columns.problem(row, 'size', 'no size is given; write 0 B for none');
  const capBitsPerSecond = columns.text(row, 'cap') === '' ? null : columns.due(row, 'cap');
  return {
    atMicros: columns.quantity(row, 'at') ?? 0,
    sourceName: columns.text(row, 'from'),
    destinationName: columns.text(row, 'to'),
    bytes: columns.quantity(row, 'size') ?? 0,
    name: nameIn(columns, row, 'name'),
    kind: nameIn(columns, row, 'kind') ?? 'flow',
    capBitsPerSecond,
    weight: weightIn(columns, row),
    guaranteedBitsPerSecond: columns.quantity(row, 'guaranteed') ?? 0,
  };
}

/** null: the cell is empty. */
function nameIn(columns: Columns, row: number, column: 'name' | 'kind'): string | null {
  const text = columns.text(row, column);
  if (text === '') return null;
  if (!isSafeName(text))
    columns.problem(row, column, `'${text}' is no name; use letters, digits, - and _, at most 100`);
  return text;
}

function weightIn(columns: Columns, row: number): number {
  const text = columns.text(row, 'weight');
  if (text === '') return 1;
  const weight = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT) return weight;
  columns.problem(
    row,
    'weight',
    `'${text}' is no weight; write a number above 0, from ${LEAST_WEIGHT} to ${MOST_WEIGHT}`,
  );
  return 1;
}
