/**
 * CSV tables of published figures, read by the names of their columns. Guarantees: a column that is due and missing is told at the
 * header, a cell that is no number at its place; columns that nobody asks for are passed over.
 */
import { CsvRows } from './csv-rows.js';
import { damaged, ProblemList } from './problem-list.js';
import { readText } from './source-files.js';

export class NumberTable {
  private readonly problems = new ProblemList();
  private readonly columns: ReadonlyMap<string, number>;

  private constructor(private readonly csv: CsvRows) {
    this.columns = new Map((csv.rows[0] ?? []).map((name, at) => [name, at]));
  }

  /** Throws InputError where the file is missing, no CSV, or lacks one of the columns. */
  static read(file: string, due: readonly string[]): NumberTable {
    const csv = CsvRows.parse(readText(file), file);
    if (csv.rows.length === 0) throw damaged(`the file is empty; a header is due: ${due.join(',')}`, file);
    const table = new NumberTable(csv);
    for (const name of due)
      if (!table.has(name))
        table.problems.add(`there is no column '${name}'; the header has ${csv.rows[0]!.join(', ')}`, () =>
          csv.place(0),
        );
    table.problems.throwIfAny();
    if (csv.rows.length === 1) throw damaged('there is no row below the header', file);
    return table;
  }

  has(name: string): boolean {
    return this.columns.has(name);
  }

  *rows(): Generator<number> {
    for (const [row] of this.csv.whole(1, this.csv.rows[0]!.length, this.problems)) yield row;
  }

  /** '' where the column is not there. */
  text(row: number, name: string): string {
    const at = this.columns.get(name);
    return at === undefined ? '' : this.csv.rows[row]![at]!;
  }

  /** null where the cell is empty, or wrong: that is told. */
  number(row: number, name: string): number | null {
    const text = this.text(row, name);
    if (text === '') return null;
    const value = /^\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN;
    if (Number.isFinite(value)) return value;
    this.problem(row, name, `'${text}' is no number of at least 0`);
    return null;
  }

  /** A cell that must hold a number, of at least `least`: NaN where it does not, which is told. */
  due(row: number, name: string, least = 0): number {
    if (this.text(row, name) === '') this.problem(row, name, 'a number is due here');
    const value = this.number(row, name) ?? NaN;
    if (value < least) this.problem(row, name, `${value} is less than ${least}`);
    return value;
  }

  problem(row: number, name: string, message: string): void {
    this.problems.add(`${name}: ${message}`, () => this.csv.place(row, this.columns.get(name) ?? 0));
  }

  throwIfAny(): void {
    this.problems.throwIfAny();
  }
}
