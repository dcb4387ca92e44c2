/**
 * CSV tables with a header, read by the names of their columns. Guarantees: a column that is missing, doubled or unknown
 * is told at the header; a quantity has a unit, in its cell ("16 GiB") or in the column's name ("memoryGiB", "memory
 * [GiB]", cells are bare numbers then); each wrong cell is told at its place. Names are read in any mixture of capitals.
 */
import type { Place } from '../base/errors.js';
import { parseQuantity, QUANTITIES, type QuantityFault, type QuantityKind } from '../base/units.js';
import { tooMuch } from './amounts.js';
import type { CsvRows } from './csv-rows.js';
import { damaged, type ProblemList } from './problem-list.js';

export interface ColumnSpec {
  /** What its cells are; text is taken as it is. */
  kind: 'text' | QuantityKind;
  /** Default: it must be there. */
  optional?: true;
}

interface Column {
  at: number;
  kind: ColumnSpec['kind'];
  /** Given in the header; null: each cell has its own. */
  unit: string | null;
  /** Texts read before: most repeat. A text as value is what is wrong with it. */
  known: Map<string, number | string>;
}

const KNOWN_AT_MOST = 10_000;

export class CsvColumns<Name extends string> {
  private readonly columns = new Map<Name, Column>();
  private readonly width: number;

  /** Throws InputError where the header does not hold what is due: nothing can be read then. */
  constructor(
    readonly csv: CsvRows,
    specs: Readonly<Record<Name, ColumnSpec>>,
    private readonly problems: ProblemList,
  ) {
    const [header] = csv.rows;
    const names = Object.keys(specs) as Name[];
    if (!header) throw damaged(`the file is empty; a header is due: ${names.join(',')}`, csv.file);
    this.width = header.length;
    const before = problems.size;
    header.forEach((cell, at) => this.addColumn(cell, at, specs));
    for (const name of names)
      if (!specs[name].optional && !this.columns.has(name))
        problems.add(`there is no column '${name}'; the header has ${header.join(', ')}`, () => csv.place(0));
    // With what was wrong before: cells cannot be read without their columns.
    if (problems.size > before) problems.throwIfAny();
  }

  /** Numbers of the rows below the header, those of another width left out and told. */
  *rows(): Generator<number> {
    for (const [row] of this.csv.whole(1, this.width, this.problems)) yield row;
  }

  has(name: Name): boolean {
    return this.columns.has(name);
  }

  /** '' where the cell is empty or the column is not there. */
  text(row: number, name: Name): string {
    const column = this.columns.get(name);
    return column ? this.csv.rows[row]![column.at]! : '';
  }

  /** null where the cell is empty or wrong; a wrong one is told. */
  quantity(row: number, name: Name): number | null {
    const column = this.columns.get(name);
    const text = column ? this.csv.rows[row]![column.at]! : '';
    if (!column || text === '') return null;
    let value = column.known.get(text);
    if (value === undefined) {
      value = valueOf(text, column);
      if (column.known.size >= KNOWN_AT_MOST) column.known.clear();
      column.known.set(text, value);
    }
    if (typeof value === 'number') return value;
    this.problem(row, name, value);
    return null;
  }

  /** As `quantity`, for a cell that must hold one above 0; an empty one or a 0 is told too. */
  due(row: number, name: Name): number | null {
    if (this.text(row, name) === '') this.problem(row, name, `no ${name} is given`);
    const value = this.quantity(row, name);
    if (value === 0) this.problem(row, name, `the ${name} is 0; write more`);
    return value === 0 ? null : value;
  }

  problem(row: number, name: Name, message: string): void {
    this.problems.add(`${name}: ${message}`, () => this.place(row, name));
  }

  /** Of a cell; where the column is not there, of its row. */
  place(row: number, name: Name): Place {
    return this.csv.place(row, this.columns.get(name)?.at ?? 0);
  }

  private addColumn(cell: string, at: number, specs: Readonly<Record<Name, ColumnSpec>>): void {
    const place = () => this.csv.place(0, at);
    const found = columnNamed(cell, specs);
    if (typeof found === 'string') return this.problems.add(found, place);
    if (this.columns.has(found.name)) return this.problems.add(`column '${found.name}' stands here twice`, place);
    this.columns.set(found.name, { at, kind: specs[found.name].kind, unit: found.unit, known: new Map() });
  }
}

function columnNamed<Name extends string>(
  cell: string,
  specs: Readonly<Record<Name, ColumnSpec>>,
): { name: Name; unit: string | null } | string {
  const names = Object.keys(specs) as Name[];
  const exact = names.find((name) => name.toLowerCase() === cell.toLowerCase());
  if (exact !== undefined) return { name: exact, unit: null };
  for (const name of names) {
    const { kind } = specs[name];
    if (kind === 'text' || !cell.toLowerCase().startsWith(name.toLowerCase())) continue;
    const written = cell.slice(name.length).replace(/^[\s_[(]+|[\s\])]+$/g, '');
    const { units } = QUANTITIES[kind];
    // "cpuCores": a word inside a name begins with a capital.
    const unit = [written, written.slice(0, 1).toLowerCase() + written.slice(1)].find((one) =>
      Object.hasOwn(units, one),
    );
    if (unit === undefined)
      return `'${written}' is no unit of the column '${name}' (units: ${unitsOf(kind).join(', ')})`;
    return { name, unit };
  }
  return `there is no column '${cell}'; known: ${names.join(', ')}`;
}

function valueOf(text: string, { kind, unit }: Column): number | string {
  if (kind === 'text') return `'${text}' is no number`;
  const read = parseQuantity(kind, unit === null ? text : `${text} ${unit}`);
  if ('value' in read) return read.value;
  if (unit !== null && read.fault === 'unknown-unit')
    return `'${text}': the unit stands in the header already (${unit}); write the number alone`;
  return faultText(kind, text, read);
}

function faultText(kind: QuantityKind, text: string, fault: QuantityFault): string {
  const { noun, example } = QUANTITIES[kind];
  switch (fault.fault) {
    case 'not-a-number':
      return `'${text}' is no ${noun}; write e.g. ${example}`;
    case 'no-unit':
      return `'${text}' has no unit; write e.g. ${example}, or the unit into the header (units: ${unitsOf(kind).join(', ')})`;
    case 'unknown-unit':
      return `'${fault.unit}' is no unit here; write e.g. ${example} (units: ${unitsOf(kind).join(', ')})`;
    case 'negative':
      return `'${text}' is negative; write e.g. ${example}`;
    case 'too-large':
      return tooMuch(kind, `'${text}'`);
    case 'too-small':
      return `'${text}' is less than the smallest ${noun} counted`;
  }
}

function unitsOf(kind: QuantityKind): string[] {
  return Object.keys(QUANTITIES[kind].units).filter((unit) => unit !== '');
}
