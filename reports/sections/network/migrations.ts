/** Live migrations: how many came to which end and why, how long they took, how long guests stood still, and the slowest. */
import { humanQuantity, microsOf } from '../../../sim/base/units.js';
import type { MigrationRow } from '../../../sim/store/network-types.js';
import { migrationTimes } from '../../figures/migration-times.js';
import { html, trusted, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { timeText } from '../../network-text.js';
import { countOf, countText } from '../../numbers.js';
import { reasonText } from '../../reason-text.js';
import type { ReportData } from '../../report-data.js';
import { panel } from '../panels.js';

const SLOWEST = 15;
const COLUMNS = [
  { head: 'Migration' },
  { head: 'VM' },
  { head: 'From' },
  { head: 'To' },
  { head: 'Came to' },
  { head: 'Began at', number: true },
  { head: 'Took', number: true },
  { head: 'Down', number: true },
  { head: 'Rounds', number: true },
  { head: 'Sent', number: true },
];

export function migrationsPart({ summary: { migrations, transfers }, network, zones }: ReportData): Html | null {
  if (migrations === null) return null;
  const { started, completed, rolledBack, dropped, lost, bytes, totalSeconds, downtimeSeconds } = migrations;
  const rows = network.migrations;
  const counts = `${countText(completed)} of ${countOf(started, 'migration')} came to a good end, with ${humanQuantity('memory', bytes)} on the wire; ${countText(rolledBack)} ${was(rolledBack)} rolled back, ${countText(dropped)} dropped before ${dropped === 1 ? 'it' : 'they'} began, and ${countOf(lost, 'VM')} lost.`;
  const times =
    totalSeconds === null || downtimeSeconds === null
      ? ''
      : completed === 1
        ? ` It took ${seconds(totalSeconds.max)}; its guest stood still for ${seconds(downtimeSeconds.max)}.`
        : ` Half of the good ones took ${seconds(totalSeconds.p50)} at most, 99\u00a0% ${seconds(totalSeconds.p99)}; guests stood still for ${seconds(downtimeSeconds.p50)} at most in half of them, for ${seconds(downtimeSeconds.p99)} in 99\u00a0%.`;
  const { lostGuestSeconds, othersDelayed, othersDelaySeconds } = migrations;
  const others =
    transfers === null
      ? ''
      : othersDelayed === 0
        ? '; no other transfer was held up'
        : `; ${countOf(othersDelayed, 'other transfer')} ${was(othersDelayed)} held up, by ${seconds(othersDelaySeconds)} together`;
  const cost = completed === 0 ? '' : ` Together guests lost ${seconds(lostGuestSeconds)}${others}.`;
  const table = (caption: string, some: readonly MigrationRow[]): Html =>
    htmlTable(caption, COLUMNS, [
      html`<tbody>
        ${some.map((row) => rowOf(row, zones.length > 1))}
      </tbody>`,
    ]);
  const good = rows.filter(({ outcome, totalSeconds: took }) => outcome === 'done' && took !== null);
  const bad = rows.filter(({ outcome }) => outcome !== 'done');
  const slowest = [...good].sort((a, b) => b.totalSeconds! - a.totalSeconds! || a.migration - b.migration);
  return html`<h3>Migrations</h3>
    <p id="migrations">${counts}${times}${cost}</p>
    ${good.length < 2 ? null : distributions(good)}
    ${
      bad.length === 0
        ? null
        : html`<h4>Those that came to no good end</h4>
            ${table('Migrations that came to no good end', bad.slice(0, SLOWEST))} ${moreOf(bad.length)}`
    }
    ${
      good.length === 0
        ? null
        : html`<h4>The slowest</h4>
            ${table('The slowest migrations', slowest.slice(0, SLOWEST))} ${moreOf(good.length)}`
    }`;
}

function distributions(good: readonly MigrationRow[]): Html {
  const drawn = (values: readonly number[], what: string) => [
    { zone: null, drawn: trusted(migrationTimes(values, what)) },
  ];
  return html`<div class="panels">
    ${panel(
      {
        title: 'How long they took',
        caption: 'Share of the good ones that took no longer.',
        figures: drawn(
          good.map((row) => row.totalSeconds!),
          'total time',
        ),
      },
      4,
    )}
    ${panel(
      {
        title: 'How long guests stood still',
        caption: 'Share of the good ones whose guest stood still no longer.',
        figures: drawn(
          good.map((row) => row.downtimeSeconds!),
          'downtime',
        ),
      },
      4,
    )}
  </div>`;
}

function moreOf(count: number): Html | null {
  if (count <= SLOWEST) return null;
  return html`<p class="note">
    ${countText(count - SLOWEST)} more are in the table migrations; podtwin explain RUN migration N tells one round by
    round.
  </p>`;
}

function rowOf(row: MigrationRow, ofZone: boolean): Html {
  const why = row.reason === null ? row.outcome : `${row.outcome}: ${reasonText(row.reason)}`;
  return htmlRow(`${row.migration}${ofZone ? ` of ${row.zone}` : ''}`, COLUMNS, [
    ...[row.vm, row.source ?? '–', row.destination ?? '–'],
    row.outcome === 'done' && row.copy !== null ? row.copy : why,
    row.beginMicros === null ? '–' : timeText(row.beginMicros),
    row.totalSeconds === null ? '–' : seconds(row.totalSeconds),
    row.downtimeSeconds === null ? '–' : seconds(row.downtimeSeconds),
    row.rounds === null ? '–' : countText(row.rounds),
    row.bytes === null ? '–' : humanQuantity('memory', row.bytes),
  ]);
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function seconds(value: number): string {
  return humanQuantity('duration', microsOf(value));
}
