/**
 * Tables of a recorded run as CSV: names of columns first, then the rows in the order of the table's key. Quoted as RFC 4180
 * has it; what is absent is empty, and an empty text is quoted, so that the two can be told apart. Lines end in a line feed.
 */
import type { RecordedRun } from '../sim/store/open-run.js';
import { NETWORK_TABLES } from '../sim/store/network-tables.js';
import { columnNames, type TableName } from '../sim/store/schema.js';

type Cell = string | number | null;

/** What a planner goes on to reckon with; the rest of the database is for SQL. */
export const CSV_TABLES: readonly TableName[] = [
  ...Object.values(NETWORK_TABLES).map(({ name }) => name),
  ...(['samples', 'vlans', 'bills', 'offerings', 'refusals'] as const),
];

/** "links.csv" */
export const csvName = (table: TableName): string => `${table}.csv`;

export function csvTable(run: RecordedRun, table: TableName): string {
  return csvText(columnNames(table), run.rows(table));
}

export function csvText(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [csvLine(columns)];
  for (const row of rows) lines.push(csvLine(row));
  return `${lines.join('\n')}\n`;
}

function csvLine(cells: readonly Cell[]): string {
  return cells.map(cellText).join(',');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
