/** Customers whose VMs exchange most across pods: whom to move together. */
import { humanQuantity } from '../../../sim/base/units.js';
import { html, type Html } from '../../html.js';
import { htmlRow, htmlTable } from '../../html-table.js';
import { shareText } from '../../measure-rows.js';
import { countOf } from '../../numbers.js';
import type { ReportData } from '../../report-data.js';

type Row = ReportData['network']['customers'][number];

const MOST = 10;

const COLUMNS = [
  { head: 'Customer' },
  { head: 'Zone' },
  { head: 'Same host', number: true },
  { head: 'Same pod', number: true },
  { head: 'Across pods', number: true },
  { head: 'Share across pods', number: true },
  { head: 'To and from public', number: true },
];

export function customersPart({ network: { customers } }: ReportData): Html | null {
  const talking = customers.filter(({ crossPod }) => crossPod > 0);
  if (customers.length === 0) return null;
  if (talking.length === 0)
    return html`<h3>Customers across pods</h3>
      <p>No customer's traffic left a pod.</p>`;
  const most = [...talking].sort((a, b) => b.crossPod - a.crossPod).slice(0, MOST);
  const all = talking.reduce((sum, { crossPod }) => sum + crossPod, 0);
  const ofThem = most.reduce((sum, { crossPod }) => sum + crossPod, 0);
  const rows = most.map((row) => {
    const { zone, sameHost, samePod, crossPod, toPublic, fromPublic } = row;
    const between = sameHost + samePod + crossPod;
    return htmlRow(customerText(row), COLUMNS, [
      zone,
      ...[sameHost, samePod, crossPod].map(amountText),
      shareText(crossPod / between),
      amountText(toPublic + fromPublic),
    ]);
  });
  return html`<h3>Customers across pods</h3>
    <p>
      ${countOf(talking.length, 'guest network')} of ${customers.length} sent something across pods;
      ${most.length < talking.length ? `these ${MOST} make up ${shareText(ofThem / all)} of it.` : 'these are all of them.'}
    </p>
    ${htmlTable('Customers across pods', COLUMNS, [
      html`<tbody>
        ${rows}
      </tbody>`,
    ])}`;
}

/** Bits as bytes. */
const amountText = (bits: number): string => humanQuantity('memory', bits / 8);

/** With its guest network where that has a name of its own. */
export function customerText({ account, network }: Pick<Row, 'account' | 'network'>): Html {
  return network === 'default' ? html`${account}` : html`${account} <code>${network}</code>`;
}
