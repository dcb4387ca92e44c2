/**
 * What `flows` needs of a table's reader: a flow a row, ends still by name, and where each cell stands, for what only the
 * scenario can tell wrong. The reader is passed in by the composition root; it throws InputError with a place in its file.
 */
import type { Place } from '../base/errors.js';
import type { FlowSpec } from './flow-spec.js';

/** A flow as written: without what its names stand for. */
export type WrittenFlow = Omit<FlowSpec, 'source' | 'destination'>;

/** Columns, as keys of an entry of `flows`. */
export type FlowColumn = 'at' | 'from' | 'to' | 'size' | 'name' | 'kind' | 'cap' | 'weight' | 'guaranteed';

export interface FlowTable {
  rows: WrittenFlow[];
  /** `row`: index into `rows`. */
  place(row: number, column: FlowColumn): Place;
}

export type FlowReader = (text: string, file: string) => FlowTable;
