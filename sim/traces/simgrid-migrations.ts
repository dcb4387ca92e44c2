/**
 * Reference answers for live migration by SimGrid's rules: many that share a network (CSV, with topology and rules in the `.json`
 * beside it), or one a row. Guarantees numbers as written, and every problem at its place.
 */
import { InputError } from '../base/errors.js';
import { JsonReader } from './json-reader.js';
import { readMaxMinTopology, type MaxMinTopology } from './max-min-topology.js';
import { NumberTable } from './number-table.js';
import { readText } from './source-files.js';

export interface MigrationAnswer {
  readonly id: string;
  readonly memoryBytes: number;
  readonly dirtyBytesPerSecond: number;
  readonly workingSetBytes: number;
  readonly capBytesPerSecond: number;
  readonly totalSeconds: number;
  readonly downtimeSeconds: number;
  /** Between the first and the last. */
  readonly rounds: number;
  readonly bytes: number;
}

export interface StormMigration extends MigrationAnswer {
  readonly source: number;
  readonly destination: number;
  readonly startSeconds: number;
}

export interface MigrationStorm {
  readonly topology: MaxMinTopology;
  readonly migrations: readonly StormMigration[];
}

export interface SingleMigration extends MigrationAnswer {
  readonly linkBytesPerSecond: number;
  readonly latencySeconds: number;
}

/** Of the memory, where nothing else is said. */
const WORKING_SET = 0.9;
const ANSWER = ['total_s', 'downtime_s', 'stage2_rounds', 'bytes_sent'];

/** Throws InputError where one of the files is missing, damaged or not understood. */
export function readMigrationStorm(file: string): MigrationStorm {
  const beside = file.replace(/\.csv(\.gz)?$/, '.json');
  if (beside === file)
    throw InputError.of(
      'wrong-file',
      'a storm is read from a file X.csv, its topology and rules from X.json beside it',
      {
        ...{ file, line: 1, column: 1 },
      },
    );
  const table = NumberTable.read(file, ['id', 'src', 'dst', 'start_s', 'ram_bytes', 'dirty_Bps', ...ANSWER]);
  const text = readText(beside);
  const topology = readMaxMinTopology(text, beside);
  const document = JsonReader.parse(text, beside);
  const cap = document.has('rules') && document.get('rules').has('rate_cap_Bps');
  const capBytesPerSecond = cap ? document.get('rules').get('rate_cap_Bps').number(1) : Infinity;
  const migrations = [...table.rows()].map((row): StormMigration => {
    const memoryBytes = table.due(row, 'ram_bytes', 1);
    const migration = {
      ...{ source: table.due(row, 'src'), destination: table.due(row, 'dst'), startSeconds: table.due(row, 'start_s') },
      ...{ id: table.text(row, 'id'), memoryBytes, dirtyBytesPerSecond: table.due(row, 'dirty_Bps') },
      ...{ workingSetBytes: Math.floor(WORKING_SET * memoryBytes), capBytesPerSecond, ...answer(table, row) },
    };
    for (const end of ['src', 'dst'] as const)
      if (table.due(row, end) >= topology.hosts || table.due(row, end) % 1 !== 0)
        table.problem(
          row,
          end,
          `there is no host ${table.text(row, end)}; the topology has ${topology.hosts}, numbered from 0`,
        );
    if (migration.source === migration.destination) table.problem(row, 'dst', 'it is the source as well');
    return migration;
  });
  table.throwIfAny();
  return { topology, migrations };
}

/** Throws InputError where the file is missing or damaged. */
export function readSingleMigrations(file: string): SingleMigration[] {
  const table = NumberTable.read(file, ['ram_bytes', 'dirty_Bps', 'mig_speed_Bps', 'link_Bps', ...ANSWER]);
  const migrations = [...table.rows()].map((row): SingleMigration => {
    const memoryBytes = table.due(row, 'ram_bytes', 1);
    // 0: no cap, and by these rules nothing dirtied either.
    const speed = table.due(row, 'mig_speed_Bps');
    const load = table.number(row, 'cpu_load') ?? 1;
    return {
      id: String(row),
      memoryBytes,
      dirtyBytesPerSecond: speed === 0 ? 0 : table.due(row, 'dirty_Bps') * load,
      workingSetBytes: table.number(row, 'working_set_cap_bytes') ?? Math.floor(WORKING_SET * memoryBytes),
      capBytesPerSecond: speed === 0 ? Infinity : speed,
      linkBytesPerSecond: table.due(row, 'link_Bps', 1),
      latencySeconds: table.number(row, 'latency_s') ?? 0,
      ...answer(table, row),
    };
  });
  table.throwIfAny();
  return migrations;
}

function answer(
  table: NumberTable,
  row: number,
): Pick<MigrationAnswer, 'totalSeconds' | 'downtimeSeconds' | 'rounds' | 'bytes'> {
  const [totalSeconds, downtimeSeconds, rounds, bytes] = ANSWER.map((name) => table.due(row, name)) as [
    ...[number, number, number, number],
  ];
  return { totalSeconds, downtimeSeconds, rounds, bytes };
}
