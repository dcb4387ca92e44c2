/** Copies and flows: how many there were, how long they took, and the slowest. */
import { humanQuantity, microsOf } from '../../../sim/base/units.js';
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { rateText, timeText } from '../../network-text.js';
import { countOf, countText } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';

const COLUMNS = [
  { head: 'Transfer' },
  { head: 'From' },
  { head: 'To' },
  { head: 'Size', number: true },
  { head: 'Began at', number: true },
  { head: 'Took', number: true },
  { head: 'Mean rate', number: true },
];

export function transfersPart({ summary: { transfers }, slowestTransfers, zones }: ReportData): Html | null {
  if (transfers === null) return null;
  const { started, completed, cancelled, bytes, totalSeconds } = transfers;
  const counts = `${countText(completed)} of ${countOf(started, 'transfer')} came to their end, with ${humanQuantity('memory', bytes)}; ${countText(cancelled)} ${cancelled === 1 ? 'was' : 'were'} cancelled, ${countText(started - completed - cancelled)} under way at the end.`;
  const seconds = (value: number): string => humanQuantity('duration', microsOf(value));
  const times =
    totalSeconds === null
      ? ''
      : ` Half of them took ${seconds(totalSeconds.p50)} at most, 99 % ${seconds(totalSeconds.p99)}, the slowest ${seconds(totalSeconds.max)}.`;
  const rows = slowestTransfers.map((row) =>
    htmlRow(`${row.kind} ${row.transfer}${zones.length > 1 ? ` of ${row.zone}` : ''}`, COLUMNS, [
      row.source,
      row.destination,
      humanQuantity('memory', row.bytes),
      timeText(row.beginMicros),
      row.endMicros === null ? '–' : timeText(row.endMicros - row.beginMicros),
      row.meanBitsPerSecond === null ? '–' : rateText(row.meanBitsPerSecond),
    ]),
  );
  const table = htmlTable('The slowest transfers', COLUMNS, [
    html`<tbody>
      ${rows}
    </tbody>`,
  ]);
  return html`<h3>Transfers</h3>
    <p id="transfers">${counts}${times}</p>
    ${
      rows.length === 0
        ? null
        : html`<h4>The slowest</h4>
            ${table}`
    }`;
}
