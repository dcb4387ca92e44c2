/**
 * Writes a run into results.sqlite. Guarantees that the same calls give the same content, that nothing of the machine or
 * of its clock gets in, that memory stays bounded by what is alive in the run, and that a file in which the run did not
 * end whole is not taken for a result: `complete` is written last.
 */
import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { assert } from '../base/assert.js';
import { RunError } from '../base/errors.js';
import type { Transaction } from '../control/history.js';
import { BatchInsert, type Value } from './batch-insert.js';
import { BILL_COLUMNS, BILL_FIELDS } from './bill-columns.js';
import { insertRows, writeHeader } from './header-rows.js';
import { LaneRows, type LaneTables } from './lane-rows.js';
import { SAMPLE_COLUMNS, SAMPLE_FIELDS } from './sample-columns.js';
import { APPLICATION_ID, columnNames, createTable, SCHEMA_VERSION, TABLES, type TableName } from './schema.js';
import { createDatabase, explained, sideFiles, type Database } from './sqlite.js';
import { TransactionWriter } from './transaction-writer.js';
import { writeNetwork } from './network-rows.js';
import type { BillLine, Recorder, RunDetails, RunHeader, Sample, Summary } from './types.js';

/** Calls between two commits. */
const COMMIT_CALLS = 100_000;
/** Larger than usual: rows come nearly in order, and go out in fewer, fuller pages. */
const PAGE_BYTES = 16_384;
/** Memory that SQLite may use for pages, in KiB. */
const CACHE_KIB = 16_384;

export interface RecorderOptions {
  /** Most pages that the file may have: the run fails as on a full disk when it needs more. */
  pageLimit?: number;
}

export interface SqliteRecorder extends Recorder {
  /** Gives up: closes and removes the file. After `finish` it does nothing. */
  discard(): void;
}

/** A recorder into a new file at `path`. RunError where it cannot be created, or SQLite is not there. */
export function openRecorder(path: string, options: RecorderOptions = {}): SqliteRecorder {
  return new FileRecorder(path, options);
}

class FileRecorder implements SqliteRecorder {
  private readonly database: Database;
  private transactions: TransactionWriter | null = null;
  private readonly batches: BatchInsert[] = [];
  private lanes: LaneRows[] = [];
  private samples: BatchInsert | null = null;
  private header: RunHeader | null = null;
  private calls = 0;
  private state: 'new' | 'begun' | 'finished' | 'discarded' = 'new';

  constructor(
    private readonly path: string,
    options: RecorderOptions,
  ) {
    if (existsSync(path)) throw new RunError('exists', `${path}: there is a file already`);
    this.database = createDatabase(path);
    this.orDiscard(() => prepare(this.database, options));
  }

  begin(header: RunHeader): void {
    assert(this.state === 'new', 'a recorder begins once');
    this.state = 'begun';
    this.header = header;
    const full = header.record === 'full';
    this.orDiscard(() => {
      this.database.exec('BEGIN');
      writeHeader(this.database, header);
      this.transactions = full ? new TransactionWriter(this.database) : null;
      this.samples = this.batch('samples', Object.values(SAMPLE_COLUMNS));
      const tables: LaneTables = {
        accounts: this.batch('accounts'),
        networks: this.batch('networks'),
        vms: this.batch('vms'),
        placements: full ? this.batch('placements') : null,
        requests: this.batch('requests'),
        refusals: this.batch('refusals'),
      };
      this.lanes = header.lanes.map((name, lane) => new LaneRows(lane, name, tables));
    });
  }

  transaction(lane: number, number: number, transaction: Transaction): void {
    assert(this.state === 'begun', 'a transaction outside of a run');
    // Called for every transaction: no closure here.
    try {
      this.lanes[lane]!.add(number, transaction);
      this.transactions?.add(lane, number, transaction);
      this.commitSometimes();
    } catch (error) {
      this.failed(error);
    }
  }

  sample(sample: Sample): void {
    assert(this.state === 'begun', 'a sample outside of a run');
    this.orDiscard(() => {
      this.samples!.add(...SAMPLE_FIELDS.map((field) => sample[field]));
      this.commitSometimes();
    });
  }

  finish(summary: Summary, { bills = [], network }: RunDetails = {}): void {
    assert(this.state === 'begun', 'a run finishes once, after it began');
    const { lanes, durationMicros } = this.header!;
    this.orDiscard(() => {
      for (const lane of this.lanes) lane.finish(durationMicros);
      this.transactions?.flush();
      for (const batch of this.batches) batch.flush();
      writeBills(this.database, bills);
      if (network) writeNetwork(this.database, network);
      writeSummary(this.database, summary, lanes);
      insertRows(this.database, 'meta', [['complete', 'yes']]);
      this.database.exec('COMMIT');
      // One plain file: readers of a copy need nothing beside it.
      this.database.pragma('journal_mode = DELETE');
      this.database.close();
      syncFile(this.path);
    });
    this.state = 'finished';
  }

  discard(): void {
    if (this.state === 'finished' || this.state === 'discarded') return;
    this.state = 'discarded';
    try {
      this.database.close();
    } finally {
      for (const path of [this.path, ...sideFiles(this.path)]) rmSync(path, { force: true });
    }
  }

  private batch(table: TableName, columns: readonly string[] = columnNames(table)): BatchInsert {
    const batch = new BatchInsert(this.database, table, columns);
    this.batches.push(batch);
    return batch;
  }

  /** Long runs do not pile up in one transaction of the database. */
  private commitSometimes(): void {
    if (++this.calls % COMMIT_CALLS !== 0) return;
    this.database.exec('COMMIT; BEGIN');
  }

  /** A file that could not be written as it should does not stay. */
  private orDiscard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): never {
    this.discard();
    throw explained(this.path, error);
  }
}

function prepare(database: Database, options: RecorderOptions): void {
  database.pragma(`page_size = ${PAGE_BYTES}`);
  // A file that did not come to its end is thrown away: there is nothing to roll back to, and one sync at the end is enough.
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma(`cache_size = -${CACHE_KIB}`);
  if (options.pageLimit !== undefined) database.pragma(`max_page_count = ${options.pageLimit}`);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${SCHEMA_VERSION}`);
  for (const table of TABLES) database.exec(createTable(table));
  insertRows(database, 'meta', [['schema-version', String(SCHEMA_VERSION)]]);
}

function writeBills(database: Database, bills: Iterable<BillLine>): void {
  const rows = new BatchInsert(database, 'bills', Object.values(BILL_COLUMNS));
  for (const bill of bills) rows.add(...BILL_FIELDS.map((field) => bill[field]));
  rows.flush();
}

function writeSummary(database: Database, summary: Summary, lanes: readonly string[]): void {
  const recorded: Partial<Summary> = { ...summary };
  delete recorded.machine;
  insertRows(database, 'summary', [[summary.digest, JSON.stringify(recorded)]]);
  insertRows(
    database,
    'digests',
    lanes.map((name, lane) => [lane, summary.laneDigests[name] ?? null]),
  );
  insertRows(
    database,
    'vlans',
    Object.entries(summary.vlans).map(([zone, { capacity, peakInUse, meanInUse, refused, refusedBySwitch }]) => [
      zone,
      capacity,
      peakInUse,
      meanInUse,
      refused,
      refusedBySwitch,
    ]),
  );
  const or = (value: number | undefined): Value => value ?? null;
  insertRows(
    database,
    'expectations',
    summary.expect.map(({ measure, atLeast, atMost, equals, actual, held }, number) => [
      number,
      measure,
      or(atLeast),
      or(atMost),
      or(equals),
      actual,
      Number(held),
    ]),
  );
}

/** A power cut after the run was said to be there does not take it away. */
function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
