/**
 * Reads a recorded run back, from its folder or its database. Guarantees that what it returns was written to its end by a
 * recorder of this version of the schema; anything else is an InputError that says what the file is instead.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../base/errors.js';
import type { Transaction } from '../control/history.js';
import { readHeader } from './header-rows.js';
import type { Value } from './batch-insert.js';
import { readNetwork, readSlowestTransfers } from './network-rows.js';
import type { NetworkTables, TransferRow } from './network-types.js';
import { readHistory } from './read-history.js';
import { RUN_FILES } from './run-files.js';
import { SAMPLE_COLUMNS, SAMPLE_FIELDS } from './sample-columns.js';
import { APPLICATION_ID, SCHEMA_VERSION, tableNamed, type TableName } from './schema.js';
import { openDatabase, unreadable, type Database } from './sqlite.js';
import type { RecordedSummary, RunHeader, Sample, Summary } from './types.js';

/** Refusals for one reason in one zone. */
export interface RefusalCount {
  zone: string;
  reason: string;
  count: number;
  firstMicros: number;
  lastMicros: number;
}

/** What a customer pays in all. */
export interface Bill {
  account: string;
  /** VM-hours. */
  chargedHours: number;
  amount: number;
}

export interface RecordedRun {
  readonly header: RunHeader;
  readonly summary: RecordedSummary;
  /** What it took on the machine it ran on: from summary.json beside the database; null: there is none. */
  readonly machine: Summary['machine'] | null;
  /** In order of time. */
  samplesOf(zone: string): Sample[];
  /** In the order of zones, then of reasons. */
  refusals(): RefusalCount[];
  /** The `most` largest, largest first; of equal ones by name. */
  largestBills(most: number): Bill[];
  /** Rows of a table of the network, in the order of its key. */
  network<Key extends keyof NetworkTables>(key: Key): NetworkTables[Key];
  /** Of completed transfers the `most` that took longest, longest first. */
  slowestTransfers(most: number): TransferRow[];
  /** Rows of any table as they stand, in the order of its columns; rows come in the order of its key. */
  rows(table: TableName): Iterable<Value[]>;
  /** A lane's history, where it was recorded in full. */
  history(lane: number): Iterable<Transaction>;
  close(): void;
}

/** `path`: a run's folder, or its results.sqlite. Close it after use. */
export function openRun(path: string): RecordedRun {
  const file = databaseAt(path);
  const database = openDatabase(file);
  try {
    checkSchema(file, database);
    return new OpenRun(file, database);
  } catch (error) {
    database.close();
    throw unreadable(file, error);
  }
}

function databaseAt(path: string): string {
  if (!existsSync(path)) throw InputError.of('no-such-run', `${path}: there is no such file or folder`);
  if (!statSync(path).isDirectory()) return path;
  const file = join(path, RUN_FILES.database);
  if (!existsSync(file))
    throw InputError.of('not-a-run', `${path}: no run: it holds no ${RUN_FILES.database} (podtwin run writes one)`);
  return file;
}

function checkSchema(file: string, database: Database): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw InputError.of('not-a-run', `${file}: a database, but not of a run of podtwin`);
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version !== SCHEMA_VERSION) {
    const advice = version > SCHEMA_VERSION ? 'read it with a newer podtwin' : 'run its scenario again';
    throw InputError.of(
      'schema-version',
      `${file}: its tables are of version ${version}, this podtwin reads version ${SCHEMA_VERSION}: ${advice}`,
    );
  }
  const complete = database.prepare("SELECT value FROM meta WHERE name = 'complete' ORDER BY name").get();
  if (complete === undefined)
    throw InputError.of('incomplete-run', `${file}: the run did not end, so this is no result: run it again`);
}

class OpenRun implements RecordedRun {
  readonly header: RunHeader;
  readonly summary: RecordedSummary;
  readonly machine: Summary['machine'] | null;

  constructor(
    file: string,
    private readonly database: Database,
  ) {
    this.header = readHeader(database);
    const row = database.prepare('SELECT json FROM summary ORDER BY digest').get() as { json: string };
    this.summary = JSON.parse(row.json) as RecordedSummary;
    this.machine = machineBeside(file, this.summary.digest);
  }

  samplesOf(zone: string): Sample[] {
    const columns = SAMPLE_FIELDS.map((field) => `${SAMPLE_COLUMNS[field]} AS ${field}`).join(', ');
    return this.database
      .prepare(`SELECT ${columns} FROM samples WHERE zone = ? ORDER BY at_micros`)
      .all(zone) as Sample[];
  }

  refusals(): RefusalCount[] {
    return this.database
      .prepare(
        `SELECT zone, reason, count(*) AS count, min(at_micros) AS firstMicros, max(at_micros) AS lastMicros
         FROM refusals GROUP BY lane, zone, reason ORDER BY lane, reason`,
      )
      .all() as RefusalCount[];
  }

  largestBills(most: number): Bill[] {
    return this.database
      .prepare(
        `SELECT account, sum(CASE WHEN starts IS NULL THEN 0 ELSE charged_hours END) AS chargedHours, sum(amount) AS amount
         FROM bills GROUP BY account ORDER BY sum(amount) DESC, account LIMIT ?`,
      )
      .all(most) as Bill[];
  }

  network<Key extends keyof NetworkTables>(key: Key): NetworkTables[Key] {
    return readNetwork(this.database, key);
  }

  slowestTransfers(most: number): TransferRow[] {
    return readSlowestTransfers(this.database, most);
  }

  rows(table: TableName): Iterable<Value[]> {
    const { name, columns, key } = tableNamed(table);
    const list = columns.map((column) => column.name).join(', ');
    return this.database
      .prepare(`SELECT ${list} FROM ${name} ORDER BY ${key.join(', ')}`)
      .raw()
      .iterate() as IterableIterator<Value[]>;
  }

  history(lane: number): Iterable<Transaction> {
    if (this.header.record !== 'full')
      throw InputError.of('no-history', 'the run was recorded under "record: summary": its history was not kept');
    return readHistory(this.database, lane);
  }

  close(): void {
    this.database.close();
  }
}

/** Only of the same run: a summary.json that was put there by hand says nothing. */
function machineBeside(file: string, digest: string): Summary['machine'] | null {
  const path = join(file, '..', RUN_FILES.summary);
  try {
    const summary = JSON.parse(readFileSync(path, 'utf8')) as Partial<Summary>;
    return summary.digest === digest ? (summary.machine ?? null) : null;
  } catch {
    return null;
  }
}
