/** What customers pay: what for, and who most. Only of runs in which something has a price. */
import type { BillingSummary } from '../../sim/store/types.js';
import { html, type Html } from '../html.js';
import { htmlRow, htmlTable } from '../html-table.js';
import { amountText, countOf, countText, totalText } from '../numbers.js';
import { LARGEST_BILLS, type ReportData } from '../report-data.js';

interface Charged {
  what: string;
  starts: number | null;
  quantity: string;
  amount: number;
}

export function bills({ summary: { billing }, largestBills }: ReportData): Html | null {
  if (billing === null) return null;
  const { currency, decimals, accounts, perAccount, total, hours } = billing;
  const money = (amount: number): string => amountText(amount, decimals);
  const chargedColumns = [
    { head: 'Charged for' },
    { head: 'Starts', number: true },
    { head: 'Charged', number: true },
    { head: `Amount, ${currency}`, number: true },
  ];
  const accountColumns = [
    { head: 'Customer' },
    { head: 'VM-hours', number: true },
    { head: `Amount, ${currency}`, number: true },
  ];
  const chargedRows = [
    ...chargedFor(billing).map(({ what, starts, quantity, amount }) =>
      htmlRow(what, chargedColumns, [starts === null ? '–' : countText(starts), quantity, money(amount)]),
    ),
    htmlRow('All together', chargedColumns, ['', '', html`<strong>${money(total)}</strong>`]),
  ];
  const accountRows = largestBills.map(({ account, chargedHours, amount }) =>
    htmlRow(account, accountColumns, [totalText(chargedHours), money(amount)]),
  );
  const each =
    perAccount === null || accounts === 1
      ? ''
      : ` The median bill is ${money(perAccount.p50)} ${currency}, the largest ${money(perAccount.max)} ${currency}.`;
  return html`<section id="bills">
    <h2>Bills</h2>
    <p>
      ${countOf(accounts, 'customer')} ${accounts === 1 ? 'pays' : 'pay'} ${money(total)} ${currency}.${each}
      ${totalText(hours.charged)} VM-hours are charged; by the clock they are ${totalText(hours.clock)}.
    </p>
    <div class="panels">
      <div>
        <h3>What for</h3>
        ${htmlTable('What is charged for', chargedColumns, [
          html`<tbody>
            ${chargedRows}
          </tbody>`,
        ])}
      </div>
      ${
        accounts === 0
          ? null
          : largest(
              accounts,
              htmlTable('Largest bills', accountColumns, [
                html`<tbody>
                  ${accountRows}
                </tbody>`,
              ]),
            )
      }
    </div>
  </section>`;
}

function largest(accounts: number, table: Html): Html {
  const title = accounts > LARGEST_BILLS ? `The ${LARGEST_BILLS} largest bills` : 'By customer';
  return html`<div>
    <h3>${title}</h3>
    ${table}
  </div>`;
}

function chargedFor(billing: BillingSummary): Charged[] {
  const { byOffering, resources, disks, addresses, gigabytes, gigabytesAmount } = billing;
  const hours = (of: number): string => `${totalText(of)} h`;
  const rows = Object.entries(byOffering).map(([name, of]): Charged => {
    return { what: `VMs, ${name}`, starts: of.starts, quantity: hours(of.hours), amount: of.amount };
  });
  if (resources !== null) {
    const quantity = `${totalText(resources.coreHours)} core-h, ${totalText(resources.gibHours)} GiB-h`;
    rows.push({ what: 'VMs of no offering', starts: resources.starts, quantity, amount: resources.amount });
  }
  if (disks !== null) {
    const quantity = `${totalText(disks.gibMonths)} GiB-months`;
    rows.push({ what: 'Disks of stopped VMs', starts: null, quantity, amount: disks.amount });
  }
  if (addresses !== null)
    rows.push({ what: 'Public addresses', starts: null, quantity: hours(addresses.hours), amount: addresses.amount });
  if (gigabytes !== null && gigabytesAmount !== null)
    rows.push({
      what: 'Network traffic',
      starts: null,
      quantity: `${totalText(gigabytes)} GB`,
      amount: gigabytesAmount,
    });
  return rows;
}
