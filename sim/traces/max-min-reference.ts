/**
 * Reference answers for max-min sharing: flows with the time that others found each to take, as CSV (gzip or not), topology
 * and rules in the `.json` beside it. Guarantees numbers as written (no rounding to microseconds), ids that are unique,
 * hosts that the topology has, and every problem at its place.
 */
import { InputError } from '../base/errors.js';
import { CsvColumns } from './csv-columns.js';
import { CsvRows } from './csv-rows.js';
import { readMaxMinTopology, type MaxMinTopology } from './max-min-topology.js';
import { ProblemList } from './problem-list.js';
import { readText } from './source-files.js';

export interface ReferenceFlow {
  id: number;
  source: number;
  destination: number;
  startSeconds: number;
  bits: number;
  /** From its start to its end. */
  referenceSeconds: number;
}

export interface MaxMinReference {
  topology: MaxMinTopology;
  /** In the order of the file. */
  flows: ReferenceFlow[];
}

const TEXT = { kind: 'text' } as const;
const COLUMNS = { id: TEXT, src: TEXT, dst: TEXT, start_s: TEXT, size_bytes: TEXT, fct_s: TEXT };
/** Ends as written are rounded, to a nanosecond or finer. */
const END_SECONDS = 1e-6;

/** Throws InputError where one of the files is missing, damaged or not understood. */
export function readMaxMinReference(file: string): MaxMinReference {
  const beside = file.replace(/\.csv(\.gz)?$/, '.json');
  if (beside === file)
    throw InputError.of(
      'wrong-file',
      `flows are read from a file X.csv or X.csv.gz, their topology from X.json beside it`,
      {
        ...{ file, line: 1, column: 1 },
      },
    );
  // Flows first: who misspells the file is told of that one.
  const text = readText(file);
  const topology = readMaxMinTopology(readText(beside), beside);
  return { topology, flows: readFlows(text, file, topology.hosts) };
}

type Column = keyof typeof COLUMNS | 'finish_s';

function readFlows(text: string, file: string, hosts: number): ReferenceFlow[] {
  const problems = new ProblemList();
  const finish = { finish_s: { ...TEXT, optional: true as const } };
  const table = new CsvColumns<Column>(CsvRows.parse(text, file), { ...COLUMNS, ...finish }, problems);
  const flows: ReferenceFlow[] = [];
  const ids = new Set<number>();
  for (const row of table.rows()) {
    const id = whole(table, row, 'id');
    const source = hostIn(table, row, 'src', hosts);
    const destination = hostIn(table, row, 'dst', hosts);
    const startSeconds = numberIn(table, row, 'start_s');
    const bytes = whole(table, row, 'size_bytes');
    const referenceSeconds = numberIn(table, row, 'fct_s');
    if (id === null || source === null || destination === null) continue;
    if (startSeconds === null || bytes === null || referenceSeconds === null) continue;
    if (ids.has(id)) table.problem(row, 'id', `a flow ${id} stands further up`);
    ids.add(id);
    if (source === destination) table.problem(row, 'dst', 'it is the source as well: such a flow is on no link');
    const end = table.text(row, 'finish_s') === '' ? null : numberIn(table, row, 'finish_s');
    if (end !== null && Math.abs(end - startSeconds - referenceSeconds) > END_SECONDS)
      table.problem(row, 'finish_s', `start_s and fct_s come to ${startSeconds + referenceSeconds}, not to ${end}`);
    flows.push({ id, source, destination, startSeconds, bits: 8 * bytes, referenceSeconds });
  }
  if (problems.size === 0 && flows.length === 0)
    problems.add('there is no flow in it', () => ({ file, line: 1, column: 1 }));
  problems.throwIfAny();
  return flows;
}

/** null: it is none, and that has been told. */
function numberIn(table: CsvColumns<Column>, row: number, name: Column): number | null {
  const text = table.text(row, name);
  const value = /^\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  table.problem(row, name, `'${text}' is no number of at least 0`);
  return null;
}

function whole(table: CsvColumns<Column>, row: number, name: Column): number | null {
  const value = numberIn(table, row, name);
  if (value === null || (Number.isSafeInteger(value) && value <= Number.MAX_SAFE_INTEGER / 8)) return value;
  table.problem(row, name, `'${table.text(row, name)}' is no whole number that can be counted exactly`);
  return null;
}

function hostIn(table: CsvColumns<Column>, row: number, name: 'src' | 'dst', hosts: number): number | null {
  const host = whole(table, row, name);
  if (host === null || host < hosts) return host;
  table.problem(row, name, `there is no host ${host}; the topology has ${hosts}, numbered from 0`);
  return null;
}
