/**
 * What became of a zone's migrations: what the plane did with each, from its history, beside what the plant did of it (bytes,
 * rounds, downtime), which the plane does not see.
 */
import type { MigrationId } from '../control/ports.js';
import type { Transaction } from '../control/history.js';
import type { LiveMigrations, MigrationResult } from '../datacenter/live-migrations.js';
import { weightedQuantile } from '../measures/statistics.js';
import type { MigrationRoundRow, MigrationRow } from '../store/network-types.js';
import type { MigrationsSummary } from '../store/types.js';

interface Followed {
  readonly migration: MigrationId;
  readonly vm: number;
  readonly source: number;
  destination: number | null;
  readonly askedMicros: number;
  beginMicros: number | null;
  endMicros: number | null;
  state: string;
  reason: string | null;
  /** Number among the results of the plant; null: nothing was copied, or it has not ended. */
  result: number | null;
}

interface MeterNames {
  readonly zone: string;
  readonly hosts: readonly string[];
}

export class MigrationMeter {
  private readonly all: Followed[] = [];
  private readonly vmNames = new Map<number, string>();
  private readonly accounts: string[] = [];
  private readonly takenResults = new Set<number>();

  constructor(
    private readonly live: LiveMigrations,
    private readonly names: MeterNames,
  ) {}

  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        this.accounts[tx.account] = tx.name;
        return;
      case 'vm':
        this.vmNames.set(tx.vm, `${this.accounts[tx.account]}/${tx.name}`);
        return;
      case 'migration': {
        const { migration, vm, source, destination } = tx;
        this.all[migration] = {
          ...{ migration, vm, source, destination, askedMicros: tx.at },
          ...{ beginMicros: null, endMicros: null, state: 'queued', reason: null, result: null },
        };
        return;
      }
      case 'migration-destination':
        this.all[tx.migration]!.destination = tx.host;
        return;
      case 'migration-state': {
        const followed = this.all[tx.migration]!;
        followed.state = tx.to;
        if (tx.reason !== null) followed.reason = tx.reason;
        if (tx.event === 'begin') followed.beginMicros = tx.at;
        if (tx.to === 'done' || tx.to === 'rolled-back' || tx.to === 'dropped') followed.endMicros = tx.at;
        return;
      }
      default:
    }
  }

  /** Any were asked for. */
  get any(): boolean {
    return this.all.length > 0;
  }

  summary(): MigrationsSummary {
    const rows = this.rows();
    const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
    const done = rows.filter((row) => row.outcome === 'done');
    return {
      started: rows.filter(({ beginMicros }) => beginMicros !== null).length,
      completed: done.length,
      rolledBack: count('rolled-back'),
      dropped: count('dropped'),
      lost: count('lost'),
      bytes: rows.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      downtimeSeconds: quantilesOf(done.flatMap(({ downtimeSeconds }) => downtimeSeconds ?? [])),
      totalSeconds: quantilesOf(done.flatMap(({ totalSeconds }) => totalSeconds ?? [])),
      rounds: quantilesOf(done.flatMap(({ rounds }) => rounds ?? [])),
    };
  }

  rows(): MigrationRow[] {
    this.match();
    return this.all.map((followed): MigrationRow => {
      const { migration, vm, source, destination, askedMicros, beginMicros, endMicros, reason } = followed;
      const result = this.resultOf(followed);
      return {
        ...{ zone: this.names.zone, migration, vm: this.vmNames.get(vm) ?? `#${vm}` },
        ...{
          source: this.names.hosts[source]!,
          destination: destination === null ? null : this.names.hosts[destination]!,
        },
        ...{ askedMicros, beginMicros, endMicros, outcome: outcomeOf(followed), reason },
        copy: result?.outcome ?? null,
        totalSeconds: result?.totalSeconds ?? null,
        downtimeSeconds: result?.downtimeSeconds ?? null,
        bytes: result === null ? null : Math.round(result.bytes),
        rounds: result?.rounds.length ?? null,
      };
    });
  }

  roundRows(): MigrationRoundRow[] {
    this.match();
    return this.all.flatMap((followed) =>
      (this.resultOf(followed)?.rounds ?? []).map(({ seconds, bytes, pages, pendingPages, speedRatio }, round) => ({
        ...{ zone: this.names.zone, migration: followed.migration, round: round + 1, seconds },
        ...{ bytes: Math.round(bytes), fullPages: Math.round(pages.full), zeroPages: Math.round(pages.zero) },
        ...{ pendingPages: Math.round(pendingPages), speedRatio },
      })),
    );
  }

  private resultOf({ result }: Followed): MigrationResult | null {
    return result === null ? null : this.live.results[result]!;
  }

  /** A VM is migrated once at a time: what the plant did of it is the first copy that began after the plane did. */
  private match(): void {
    for (const followed of this.all) {
      if (followed.result !== null || followed.beginMicros === null) continue;
      const at = this.live.results.findIndex(
        ({ vm, from, to, beginMicros }, number) =>
          !this.takenResults.has(number) &&
          vm === followed.vm &&
          from === followed.source &&
          to === followed.destination &&
          beginMicros >= followed.beginMicros! &&
          (followed.endMicros === null || beginMicros <= followed.endMicros),
      );
      if (at < 0) continue;
      this.takenResults.add(at);
      followed.result = at;
    }
  }
}

/** Whether a VM is lost is what its migration came to, however tidily it ended. */
function outcomeOf({ endMicros, state, reason }: Followed): string {
  if (endMicros === null) return 'under-way';
  return reason === 'vm-lost' ? 'lost' : state;
}

/** null: there are none. */
function quantilesOf(values: readonly number[]): { p50: number; p99: number; max: number } | null {
  if (values.length === 0) return null;
  const weighted = values.map((value) => ({ value, weight: 1 }));
  const at = (percent: number): number => weightedQuantile(weighted, percent)!;
  return { p50: at(50), p99: at(99), max: at(100) };
}

/** Of several zones together: sums, and quantiles over all. */
export function mergeMigrations(meters: readonly MigrationMeter[]): MigrationsSummary | null {
  const some = meters.filter(({ any }) => any);
  if (some.length === 0) return null;
  const parts = some.map((meter) => meter.summary());
  if (parts.length === 1) return parts[0]!;
  const sum = (of: (part: MigrationsSummary) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const done = some.flatMap((meter) => meter.rows()).filter(({ outcome }) => outcome === 'done');
  return {
    ...{ started: sum(({ started }) => started), completed: sum(({ completed }) => completed) },
    ...{ rolledBack: sum(({ rolledBack }) => rolledBack), dropped: sum(({ dropped }) => dropped) },
    ...{ lost: sum(({ lost }) => lost), bytes: sum(({ bytes }) => bytes) },
    downtimeSeconds: quantilesOf(done.flatMap(({ downtimeSeconds }) => downtimeSeconds ?? [])),
    totalSeconds: quantilesOf(done.flatMap(({ totalSeconds }) => totalSeconds ?? [])),
    rounds: quantilesOf(done.flatMap(({ rounds }) => rounds ?? [])),
  };
}
