/**
 * A migration of a recorded run, round by round: what the plane did, from its history, beside what the hypervisors did, as recorded.
 * Guarantees that what it tells is what was: nothing is run again.
 */
import { InputError } from '../base/errors.js';
import type { Transaction } from '../control/history.js';
import { MIGRATION_STATES } from '../control/migration-states.js';
import type { MigrationRoundRow, MigrationRow } from '../store/network-types.js';
import type { RecordedRun } from '../store/open-run.js';

export interface MigrationExplanation {
  migration: MigrationRow;
  rounds: MigrationRoundRow[];
  /** In order of time; empty where the run kept no history. */
  history: MigrationMoment[];
}

export interface MigrationMoment {
  atMicros: number;
  text: string;
  why: string | null;
}

/** `wanted`: "12", or "zone/12" where several zones have one of this number. Throws InputError where there is none. */
export function explainMigration(run: RecordedRun, wanted: string): MigrationExplanation {
  const migration = find(run, wanted);
  const { zone, migration: id } = migration;
  const rounds = run.network('migrationRounds').filter((row) => row.zone === zone && row.migration === id);
  const lane = 1 + run.header.zones.findIndex(({ name }) => name === zone);
  const history = run.header.record === 'full' ? told(run.history(lane), id) : [];
  return { migration, rounds, history };
}

function find(run: RecordedRun, wanted: string): MigrationRow {
  const all = run.network('migrations');
  const [, zone, number] = /^(?:(.+)\/)?(\d+)$/.exec(wanted) ?? [];
  const found = all.filter((row) => row.migration === Number(number) && (zone === undefined || row.zone === zone));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const names = found.map((row) => `${row.zone}/${row.migration}`).join(' or ');
    throw InputError.of('unknown-name', `several zones have a migration ${wanted}: write ${names}`);
  }
  const known =
    all.length === 0
      ? 'in this run nothing was migrated'
      : `this run has ${all.length}, numbered from 0 in each zone; the table 'migrations' lists them`;
  throw InputError.of('unknown-name', `there is no migration ${wanted}: ${known}`);
}

function told(history: Iterable<Transaction>, id: number): MigrationMoment[] {
  const moments: MigrationMoment[] = [];
  for (const tx of history) {
    if (!('migration' in tx) || tx.migration !== id) continue;
    const { at: atMicros } = tx;
    switch (tx.kind) {
      case 'migration-state': {
        const row = MIGRATION_STATES.rows.find(([from, event]) => from === tx.from && event === tx.event);
        moments.push({ atMicros, text: `${tx.from} -> ${tx.to}`, why: tx.reason ?? row?.[3] ?? null });
        break;
      }
      case 'migration-said':
        moments.push({ atMicros, text: `the ${tx.end} says`, why: tx.said });
        break;
      default:
    }
  }
  return moments;
}
