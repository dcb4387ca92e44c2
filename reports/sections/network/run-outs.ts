/** What there is only so much of, and when it is used up if it goes on growing as it did. */
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { timeText, useText } from '../../network-text.js';
import { countOf } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';
import { bySoonest, firstToRunOut, inUnit, runOutText, whatText } from '../../run-out-text.js';

const MOST = 20;

const COLUMNS = [
  { head: 'What' },
  { head: 'Zone' },
  { head: 'In use', number: true },
  { head: 'Of', number: true },
  { head: 'Share', number: true },
  { head: 'A day', number: true },
  { head: 'When' },
];

const whenText = ({ atMicros, inUse, capacity }: ReportData['network']['runOuts'][number]): string =>
  atMicros === null || inUse >= capacity ? 'already' : `after ${timeText(atMicros)}`;

export function runOutsPart({ header, network: { runOuts } }: ReportData): Html | null {
  if (runOuts.length === 0) return null;
  const first = firstToRunOut(runOuts);
  const lasts = timeText(header.durationMicros);
  const text =
    first === null
      ? 'Nothing runs out: what is in use does not grow, not beyond doubt, or not enough for a century.'
      : `First to be used up: ${whatText(first.what)} of ${first.zone}, ${whenText(first)}.`;
  const rows = bySoonest(runOuts)
    .slice(0, MOST)
    .map((row) => {
      const { what, zone, unit, inUse, capacity, perDay } = row;
      return htmlRow(whatText(what), COLUMNS, [
        zone,
        inUnit(unit, inUse),
        inUnit(unit, capacity),
        capacity > 0 ? useText(Math.max(0, inUse) / capacity) : '–',
        `${perDay > 0 ? '+' : ''}${inUnit(unit, perDay)}`,
        runOutText(row),
      ]);
    });
  const rest = runOuts.length - rows.length;
  return html`<h3>What runs out, and when</h3>
    <p id="run-outs">
      ${text} A straight line through what was in use after the warm-up is carried on; times count from the beginning of
      the run, which lasts
      ${lasts}.${rest > 0 ? ` ${countOf(rest, 'row')} that run out later, or not, are left out.` : ''}
    </p>
    ${htmlTable('What runs out', COLUMNS, [
      html`<tbody>
        ${rows}
      </tbody>`,
    ])}`;
}
