/** OpenDC's pair as CSV, gzip allowed: tasks.csv and fragments.csv, header names with or without the unit. */
import type { AccountsOption } from './accounts-option.js';
import { CsvRows } from './csv-rows.js';
import { assembleOpendc, OPENDC_COLUMNS } from './opendc.js';
import { damaged, ProblemList } from './problem-list.js';
import { readText } from './source-files.js';
import type { ReadTrace } from './trace-workload.js';

export type TableName = keyof typeof OPENDC_COLUMNS;

/** Throws InputError with every damaged row at file:line:column. */
export function readOpendcCsv(files: Record<TableName, string>, accounts: AccountsOption = 'one'): ReadTrace {
  const problems = new ProblemList();
  const tasks = new Table(files.tasks, OPENDC_COLUMNS.tasks, problems);
  const fragments = new Table(files.fragments, OPENDC_COLUMNS.fragments, problems);
  problems.throwIfAny();
  const tables = { tasks, fragments };
  return assembleOpendc(
    {
      tables: { tasks: tasks.columns, fragments: fragments.columns },
      files,
      wrong(table, row, column, message) {
        const { file, line, column: at } = tables[table].place(row, column);
        throw damaged(`${column}: ${message}`, file, line, at);
      },
    },
    accounts,
  );
}

/** Named columns of numbers. */
class Table<Name extends string> {
  readonly columns: Record<Name, number[]>;
  private readonly csv: CsvRows;
  private readonly at: Record<Name, number>;
  /** Row of the file, by row of the columns: a damaged one is left out. */
  private readonly rows: number[] = [];

  constructor(file: string, names: readonly Name[], problems: ProblemList) {
    this.csv = CsvRows.parse(readText(file), file);
    const [header] = this.csv.rows;
    if (!header) throw damaged(`the file is empty; a header is due: ${names.join(',')}`, file);
    const find = (name: Name): number =>
      header.findIndex((cell) => cell === name || cell.replace(/_(ms|mhz|kib)$/i, '') === name);
    const missing = names.filter((name) => find(name) < 0);
    if (missing.length > 0) throw damaged(`the header has no column '${missing.join("', '")}'`, file);
    this.at = Object.fromEntries(names.map((name) => [name, find(name)])) as Record<Name, number>;
    this.columns = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
    for (const [row, cells] of this.csv.whole(1, header.length, problems)) {
      this.rows.push(row);
      for (const name of names) {
        const text = cells[this.at[name]]!;
        const value = text === '' ? NaN : Number(text);
        if (!Number.isFinite(value))
          problems.add(`${name}: '${text}' is no number`, () => this.csv.place(row, this.at[name]));
        this.columns[name].push(value);
      }
    }
  }

  place(row: number, column: string): { file: string; line: number; column: number } {
    return this.csv.place(this.rows[row]!, this.at[column as Name]);
  }
}
