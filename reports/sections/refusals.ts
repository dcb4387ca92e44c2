/** What was refused: how often for which reason, and where and when. */
import { humanQuantity } from '../../sim/base/units.js';
import { refusalsByReason } from '../figures/refusals-by-reason.js';
import { html, trusted, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { countOf, countText } from '../numbers.js';
import { reasonText } from '../reason-text.js';
import type { ReportData } from '../report-data.js';

const COLUMNS = [
  { head: 'Zone' },
  { head: 'Reason' },
  { head: 'Refused', number: true },
  { head: 'First at', number: true },
  { head: 'Last at', number: true },
];

export function refusals({ refusals: all }: ReportData): Html {
  const total = all.reduce((sum, { count }) => sum + count, 0);
  if (total === 0)
    return html`<section id="refusals">
      <h2>Refusals</h2>
      <p>No request was refused.</p>
    </section>`;
  const rows = all.map(({ zone, reason, count, firstMicros, lastMicros }) =>
    htmlRow(zone, COLUMNS, [
      html`${reasonText(reason)} <code>${reason}</code>`,
      countText(count),
      humanQuantity('duration', firstMicros),
      humanQuantity('duration', lastMicros),
    ]),
  );
  const counts: Record<string, number> = {};
  for (const { reason, count } of all) counts[reason] = (counts[reason] ?? 0) + count;
  return html`<section id="refusals">
    <h2>Refusals</h2>
    <p>
      ${countOf(total, 'request')} ${total === 1 ? 'was' : 'were'} refused: the plane said no before anything was built.
    </p>
    <div class="panels">
      <figure>
        <figcaption><h3>By reason</h3></figcaption>
        <div class="drawn">${trusted(refusalsByReason(counts))}</div>
      </figure>
      <div>
        <h3>By zone and reason</h3>
        ${htmlTable('Refusals by zone and reason', COLUMNS, [
          html`<tbody>
            ${rows}
          </tbody>`,
        ])}
      </div>
    </div>
  </section>`;
}
