/** Links that were asked for more than they have: what each customer asked, and what it gets where all share max-min fairly. */
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { rateText, timeText, useText } from '../../network-text.js';
import { countOf, countText } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';
import { customerText } from './customers.js';

type Row = ReportData['network']['overloads'][number];

const MOST_LINKS = 5;
const MOST_CUSTOMERS = 8;

const COLUMNS = [
  { head: 'Customer' },
  { head: 'Asks', number: true },
  { head: 'Gets', number: true },
  { head: 'Of what it asks', number: true },
];

export function overloadsPart({ network: { overloads } }: ReportData): Html | null {
  const links = new Map<string, Row[]>();
  for (const row of overloads) {
    const key = `${row.zone} ${row.link}`;
    links.set(key, [...(links.get(key) ?? []), row]);
  }
  if (links.size === 0) return null;
  const worst = [...links.values()].sort((a, b) => useOf(b[0]!) - useOf(a[0]!)).slice(0, MOST_LINKS);
  const rest = links.size - worst.length;
  return html`<h3>Links overloaded</h3>
    <p>
      ${countOf(links.size, 'link')} ${links.size === 1 ? 'was' : 'were'} asked for more than
      ${links.size === 1 ? 'it has' : 'they have'}. Below, what customers asked when most was asked, and what each gets
      where they share max-min fairly, after storage and
      management${rest > 0 ? `; of the ${MOST_LINKS} worst, ${countText(rest)} more are in the table overloads` : ''}.
    </p>
    <div class="panels">${worst.map(overload)}</div>`;
}

const useOf = ({ askedBitsPerSecond, othersBitsPerSecond, capacityBitsPerSecond }: Row): number =>
  (askedBitsPerSecond + othersBitsPerSecond) / capacityBitsPerSecond;

function overload(rows: readonly Row[]): Html {
  const first = rows[0]!;
  const { link, atMicros, capacityBitsPerSecond, askedBitsPerSecond, othersBitsPerSecond } = first;
  const byAsked = [...rows].sort((a, b) => b.accountAskedBitsPerSecond - a.accountAskedBitsPerSecond);
  const shown = byAsked.slice(0, MOST_CUSTOMERS);
  const others = othersBitsPerSecond > 0 ? `, ${rateText(othersBitsPerSecond)} of it storage and management` : '';
  const rest = byAsked.slice(MOST_CUSTOMERS);
  const cells = (asked: number, gets: number): string[] => [
    rateText(asked),
    rateText(gets),
    asked > 0 ? useText(gets / asked) : '–',
  ];
  const sum = (of: (row: Row) => number): number => rest.reduce((total, row) => total + of(row), 0);
  const tableRows = [
    ...shown.map((row) =>
      htmlRow(customerText(row), COLUMNS, cells(row.accountAskedBitsPerSecond, row.accountGetsBitsPerSecond)),
    ),
    ...(rest.length === 0
      ? []
      : [
          htmlRow(
            `${countText(rest.length)} more`,
            COLUMNS,
            cells(
              sum((row) => row.accountAskedBitsPerSecond),
              sum((row) => row.accountGetsBitsPerSecond),
            ),
          ),
        ]),
  ];
  return html`<div>
    <h4>${link}, ${useText(useOf(first))}</h4>
    <p>
      At ${timeText(atMicros)} it was asked for ${rateText(askedBitsPerSecond + othersBitsPerSecond)} of
      ${rateText(capacityBitsPerSecond)}${others}.
    </p>
    ${htmlTable(`Customers on ${link}`, COLUMNS, [
      html`<tbody>
        ${tableRows}
      </tbody>`,
    ])}
  </div>`;
}
