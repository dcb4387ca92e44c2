/** Defragmentation: what its rounds made of how scattered customers are, what that cost, and who is still scattered, and why. */
import { humanQuantity, microsOf } from '../../sim/base/units.js';
import { html, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { timeText } from '../network-text.js';
import { countOf, countText, figureText } from '../numbers.js';
import { reasonText } from '../reason-text.js';
import type { ReportData } from '../report-data.js';

const MOST_ROWS = 12;
const ROUND_COLUMNS = [
  { head: 'Round' },
  { head: 'Began at', number: true },
  { head: 'Took', number: true },
  { head: 'Looked at', number: true },
  { head: 'Left', number: true },
  { head: 'Planned', number: true },
  { head: 'Made', number: true },
  { head: 'Dropped', number: true },
  { head: 'Copied', number: true },
  { head: 'Fragmentation before', number: true },
  { head: 'after', number: true },
];
const CUSTOMER_COLUMNS = [
  { head: 'Customer' },
  { head: 'VMs', number: true },
  { head: 'Pods', number: true },
  { head: 'at least', number: true },
  { head: 'Hosts', number: true },
  { head: 'at least', number: true },
  { head: 'Phantom domains', number: true },
  { head: 'Fragmentation', number: true },
  { head: 'Why it is not better' },
];

/** null: no round was begun. */
export function defragmentation({ network: { rounds, scattered }, zones }: ReportData): Html | null {
  if (rounds.length === 0) return null;
  const sum = (of: (one: (typeof rounds)[number]) => number): number => rounds.reduce((all, one) => all + of(one), 0);
  const busy = rounds.filter(({ moves }) => moves > 0);
  const ended = busy.filter(({ fragmentationAfter }) => fragmentationAfter !== null);
  const gain = ended.reduce((all, one) => all + one.fragmentationBefore - one.fragmentationAfter!, 0);
  const largest = [...busy].sort((a, b) => b.moves - a.moves || a.round - b.round).slice(0, MOST_ROWS);
  const worst = scattered
    .filter(({ fragmentation }) => fragmentation > 0)
    .sort((a, b) => b.fragmentation - a.fragmentation || b.vms - a.vms)
    .slice(0, MOST_ROWS);
  const several = zones.length > 1;
  return html`<section id="defragmentation">
    <h2>Defragmentation</h2>
    <p>
      ${countOf(rounds.length, 'round')}, ${countText(busy.length)} of them with something to move:
      ${countText(sum(({ done }) => done))} of
      ${countOf(
        sum(({ moves }) => moves),
        'migration',
      )}
      made,
      ${humanQuantity(
        'memory',
        sum(({ bytes }) => bytes),
      )}
      copied, guests down for ${humanQuantity('duration', microsOf(sum(({ downtimeSeconds }) => downtimeSeconds)))}
      together.
      ${
        ended.length === 0
          ? ''
          : `A round that moved anything took fragmentation down by ${figureText(gain / ended.length)} on average.`
      }
    </p>
    ${
      largest.length === 0
        ? null
        : html`<h3>The largest rounds</h3>
            ${htmlTable('The largest rounds of defragmentation', ROUND_COLUMNS, [
              html`<tbody>
                ${largest.map((row) =>
                  htmlRow(several ? `${row.round} of ${row.zone}` : `${row.round}`, ROUND_COLUMNS, [
                    timeText(row.beginMicros),
                    row.endMicros === null ? '–' : humanQuantity('duration', row.endMicros - row.beginMicros),
                    ...[countText(row.customers), countText(row.leftAlone), countText(row.moves)],
                    ...[countText(row.done), countText(row.dropped), humanQuantity('memory', row.bytes)],
                    figureText(row.fragmentationBefore),
                    row.fragmentationAfter === null ? '–' : figureText(row.fragmentationAfter),
                  ]),
                )}
              </tbody>`,
            ])}`
    }
    ${
      worst.length === 0
        ? html`<p>At the end every customer is as together as it can be.</p>`
        : html`<h3>Who is scattered at the end</h3>
            ${htmlTable('Customers that are scattered at the end', CUSTOMER_COLUMNS, [
              html`<tbody>
                ${worst.map((row) =>
                  htmlRow(`${row.account}/${row.network}${several ? ` in ${row.zone}` : ''}`, CUSTOMER_COLUMNS, [
                    ...[countText(row.vms), countText(row.pods), countText(row.leastPods)],
                    ...[countText(row.hosts), countText(row.leastHosts), countText(row.phantomDomains)],
                    figureText(row.fragmentation),
                    row.reason === null ? 'changed since the last round' : leftText(row.reason),
                  ]),
                )}
              </tbody>`,
            ])}`
    }
  </section>`;
}

function leftText(reason: string): string {
  switch (reason) {
    case 'no-capacity':
      return 'no room where the others are';
    case 'not-worth-it':
      return 'it costs more than it saves';
    case 'limit':
      return "the round's limit was reached";
    case 'out-of-time':
      return 'there was no time to plan it';
    default:
      return reasonText(reason);
  }
}
