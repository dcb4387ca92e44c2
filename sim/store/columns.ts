/** What tables are made of (schema.ts): a column with its type, unit and sentence. */
export type ColumnType = 'INTEGER' | 'REAL' | 'TEXT';

export interface Column {
  name: string;
  type: ColumnType;
  /** May be absent (NULL): the sentence says when. */
  nullable: boolean;
  unit: string | null;
  about: string;
}

export interface Table {
  name: string;
  about: string;
  columns: readonly Column[];
  /** Names of the columns that identify a row, and by which rows are read. */
  key: readonly string[];
}

export type Unit =
  | 'microseconds'
  | 'seconds'
  | 'hours'
  | 'thousandths of a core'
  | 'core-hours'
  | 'bytes'
  | 'gigabytes'
  | 'GiB-hours'
  | 'GiB-months'
  | 'operations per second'
  | 'bits per second'
  | 'bits'
  | 'frames per second'
  | 'currency'
  | 'share'
  | 'bits per second';

export const integer = (name: string, about: string, unit: Unit | null = null): Column => ({
  name,
  type: 'INTEGER',
  nullable: false,
  unit,
  about,
});
export const real = (name: string, about: string, unit: Unit | null = null): Column => ({
  ...integer(name, about, unit),
  type: 'REAL',
});
export const text = (name: string, about: string): Column => ({ ...integer(name, about), type: 'TEXT' });
export const maybe = (column: Column): Column => ({ ...column, nullable: true });

/** What nearly every table begins with. */
export const lane = integer('lane', 'The plane: 0 is what zones share, then the zones in the order of the scenario.');
