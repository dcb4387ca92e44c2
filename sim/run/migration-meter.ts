/**
 * What became of a zone's migrations: what the plane did with each, from its history, beside what the plant did of it (bytes,
 * rounds, downtime), which the plane does not see.
 */
import { MICROS_PER_SECOND } from '../base/units.js';
import type { MigrationEvent } from '../control/migration-states.js';
import type { MigrationId } from '../control/ports.js';
import type { Transaction } from '../control/history.js';
import type { LiveMigrations, MigrationResult } from '../datacenter/live-migrations.js';
import type { RoundRecord } from '../../models/migration/pre-copy/rules.js';
import type { Transfers } from '../datacenter/transfers.js';
import { weightedQuantile } from '../measures/statistics.js';
import type { MigrationRoundRow, MigrationRow } from '../store/network-types.js';
import type { MigrationsSummary } from '../store/types.js';

interface Followed {
  readonly migration: MigrationId;
  readonly vm: number;
  readonly how: 'live' | 'cold';
  /** Another zone that it goes to. */
  readonly zone: string | null;
  readonly source: number | null;
  destination: number | null;
  readonly askedMicros: number;
  beginMicros: number | null;
  endMicros: number | null;
  state: string;
  reason: string | null;
  /** Of one that is migrated cold: off since; and when it ran again. */
  stoppedMicros: number | null;
  runsMicros: number | null;
  /** What was copied of its disk, all of it; 0: it stayed. Of a live one its hypervisor says how much it came to. */
  diskBytes: number;
  /** Number among the results of the plant; null: nothing was copied, or it has not ended. */
  result: number | null;
}

const BEGINS: ReadonlySet<MigrationEvent> = new Set(['begin', 'halt', 'admitted']);

interface MeterNames {
  readonly zone: string;
  readonly hosts: readonly string[];
}

export class MigrationMeter {
  private readonly all: Followed[] = [];
  private readonly vmNames = new Map<number, string>();
  private readonly accounts: string[] = [];
  private readonly diskBytes = new Map<number, number>();
  /** VMs' latest, if that is cold and it does not run again. */
  private readonly cold = new Map<number, Followed>();
  /** By VM, those that no migration has taken, in the order of their ends. */
  private readonly resultsOf = new Map<number, number[]>();
  private seen = 0;

  constructor(
    private readonly live: LiveMigrations,
    private readonly transfers: Pick<Transfers, 'records'>,
    private readonly names: MeterNames,
  ) {}

  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        this.accounts[tx.account] = tx.name;
        return;
      case 'vm':
        this.vmNames.set(tx.vm, `${this.accounts[tx.account]}/${tx.name}`);
        this.diskBytes.set(tx.vm, tx.diskBytes);
        return;
      case 'migration': {
        const { migration, vm, how, zone, source, destination } = tx;
        this.all[migration] = {
          ...{ migration, vm, how, zone, source, destination, askedMicros: tx.at },
          ...{ stoppedMicros: null, runsMicros: null, diskBytes: 0 },
          ...{ beginMicros: null, endMicros: null, state: 'queued', reason: null, result: null },
        };
        if (how === 'cold') this.cold.set(vm, this.all[migration]);
        return;
      }
      case 'vm-state':
        return this.changed(tx.vm, tx.to, tx.at);
      case 'migration-disk':
        this.all[tx.migration]!.diskBytes = tx.bytes;
        return;
      case 'migration-destination':
        this.all[tx.migration]!.destination = tx.host;
        return;
      case 'migration-state': {
        const followed = this.all[tx.migration]!;
        followed.state = tx.to;
        if (tx.reason !== null) followed.reason = tx.reason;
        if (BEGINS.has(tx.event)) followed.beginMicros = tx.at;
        if (tx.event === 'move') followed.beginMicros ??= tx.at;
        if (tx.event === 'sent') followed.diskBytes = this.diskBytes.get(followed.vm)!;
        // It runs in the other zone, which has said so.
        if (tx.event === 'handed-over' && tx.reason === null) followed.runsMicros = tx.at;
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
      lostGuestSeconds: done.reduce((sum, { lostSeconds }) => sum + (lostSeconds ?? 0), 0),
      ...heldUp(this.transfers.records),
    };
  }

  rows(): MigrationRow[] {
    this.match();
    return this.all.map((followed): MigrationRow => {
      const { migration, vm, how, zone, source, destination, askedMicros, beginMicros, endMicros, reason } = followed;
      return {
        ...{ zone: this.names.zone, migration, vm: this.vmNames.get(vm) ?? `#${vm}`, how },
        ...{
          source: source === null ? null : this.names.hosts[source]!,
          destination: destination === null ? zone : this.names.hosts[destination]!,
        },
        ...{ askedMicros, beginMicros, endMicros, outcome: outcomeOf(followed), reason },
        ...(how === 'cold' ? coldFigures(followed) : liveFigures(this.resultOf(followed))),
      };
    });
  }

  roundRows(): MigrationRoundRow[] {
    this.match();
    const { zone } = this.names;
    return this.all.flatMap((followed) => {
      const { rounds = [], diskPasses = [] } = this.resultOf(followed) ?? {};
      const rowsOf = (stream: 'memory' | 'disk', records: readonly RoundRecord[]): MigrationRoundRow[] =>
        records.map(({ seconds, bytes, pages, pendingPages, speedRatio }, round) => ({
          ...{ zone, migration: followed.migration, stream, round: round + 1, seconds },
          ...{ bytes: Math.round(bytes), fullPages: Math.round(pages.full), zeroPages: Math.round(pages.zero) },
          ...{ pendingPages: Math.round(pendingPages), speedRatio },
        }));
      return [...rowsOf('disk', diskPasses), ...rowsOf('memory', rounds)];
    });
  }

  /** How long a VM that is migrated cold is off. */
  private changed(vm: number, to: string, atMicros: number): void {
    const followed = this.cold.get(vm);
    if (followed?.beginMicros === undefined || followed.beginMicros === null) return;
    if (to === 'stopping' && followed.stoppedMicros === null) followed.stoppedMicros = atMicros;
    if (to !== 'running') return;
    followed.runsMicros = atMicros;
    this.cold.delete(vm);
  }

  private resultOf({ result }: Followed): MigrationResult | null {
    return result === null ? null : this.live.results[result]!;
  }

  /** A VM is migrated once at a time: what the plant did of it is the first copy that began after the plane did. */
  private match(): void {
    const { results } = this.live;
    for (; this.seen < results.length; this.seen++) {
      const { vm } = results[this.seen]!;
      const ofVm = this.resultsOf.get(vm);
      if (ofVm) ofVm.push(this.seen);
      else this.resultsOf.set(vm, [this.seen]);
    }
    for (const followed of this.all) {
      const { vm: id, how, source, destination, beginMicros: begun, endMicros } = followed;
      if (followed.result !== null || begun === null || how === 'cold') continue;
      const ofVm = this.resultsOf.get(id) ?? [];
      const at = ofVm.findIndex((number) => {
        const { from, to, beginMicros } = results[number]!;
        const inTime = beginMicros >= begun && (endMicros === null || beginMicros <= endMicros);
        return from === source && to === destination && inTime;
      });
      if (at >= 0) [followed.result] = ofVm.splice(at, 1) as [number];
    }
  }
}

type Figures = Pick<
  MigrationRow,
  'copy' | 'totalSeconds' | 'downtimeSeconds' | 'lostSeconds' | 'bytes' | 'diskBytes' | 'rounds'
>;

function liveFigures(result: MigrationResult | null): Figures {
  if (result === null)
    return {
      ...{ copy: null, totalSeconds: null, downtimeSeconds: null, lostSeconds: null },
      ...{ bytes: null, diskBytes: null, rounds: null },
    };
  const { outcome, totalSeconds, downtimeSeconds, bytes, rounds, diskPasses } = result;
  const slowed = rounds.reduce((sum, { seconds, speedRatio }) => sum + seconds * (1 - speedRatio), 0);
  return {
    ...{ copy: outcome, totalSeconds, downtimeSeconds, bytes: Math.round(bytes), rounds: rounds.length },
    lostSeconds: downtimeSeconds + slowed,
    diskBytes: Math.round(diskPasses.reduce((sum, pass) => sum + pass.bytes, 0)),
  };
}

/** Of one that was off before nothing is lost. */
function coldFigures({ beginMicros, endMicros, stoppedMicros, runsMicros, diskBytes }: Followed): Figures {
  const end = stoppedMicros === null ? endMicros : runsMicros;
  const downtimeSeconds =
    stoppedMicros === null || runsMicros === null ? null : (runsMicros - stoppedMicros) / MICROS_PER_SECOND;
  return {
    copy: beginMicros === null ? null : 'cold',
    totalSeconds: beginMicros === null || end === null ? null : (end - beginMicros) / MICROS_PER_SECOND,
    ...{ downtimeSeconds, lostSeconds: downtimeSeconds, bytes: diskBytes, diskBytes, rounds: null },
  };
}

/** Within it a delay is none. */
const NO_DELAY_SECONDS = 1e-3;

function heldUp(records: Transfers['records']): Pick<MigrationsSummary, 'othersDelayed' | 'othersDelaySeconds'> {
  const delays = records.flatMap(({ delaySeconds }) => delaySeconds ?? []).filter((delay) => delay > NO_DELAY_SECONDS);
  return { othersDelayed: delays.length, othersDelaySeconds: delays.reduce((sum, delay) => sum + delay, 0) };
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
    lostGuestSeconds: sum(({ lostGuestSeconds }) => lostGuestSeconds),
    othersDelayed: sum(({ othersDelayed }) => othersDelayed),
    othersDelaySeconds: sum(({ othersDelaySeconds }) => othersDelaySeconds),
  };
}
