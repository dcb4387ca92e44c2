/** Made-up bills, and the summary that they come to. */
import type { BillingSummary, BillLine } from '../../sim/store/types.js';

export function billLine(part: Partial<BillLine> & Pick<BillLine, 'account' | 'amount'>): BillLine {
  const nothing = { starts: null, clockHours: null, chargedHours: null, coreHours: null, gibHours: null };
  return { line: 0, kind: 'offering', offering: null, gibMonths: null, gigabytes: null, ...nothing, ...part };
}

/** Of so many customers: the first pays 1.50 for 3 VM-hours, each further one 1.50 and 3 more; the first a disk, too. */
export function syntheticBills(customers: number): { bills: BillLine[]; billing: BillingSummary } {
  const bills = Array.from({ length: customers }, (_, at) => {
    const hours = 3 * (at + 1);
    const times = { starts: at + 1, clockHours: hours - 0.5, chargedHours: hours };
    return billLine({ account: `customer-${10 + at}`, offering: 0, ...times, amount: hours / 2 });
  });
  if (customers > 0)
    bills.splice(1, 0, billLine({ account: 'customer-10', line: 1, kind: 'disks', gibMonths: 2.5, amount: 0.25 }));
  const sum = (of: (line: BillLine) => number | null): number =>
    bills.reduce((total, line) => total + (of(line) ?? 0), 0);
  const total = sum(({ amount }) => amount);
  const hours = { charged: sum((line) => line.chargedHours), clock: sum((line) => line.clockHours) };
  const starts = sum((line) => line.starts);
  return {
    bills,
    billing: {
      ...{ currency: 'EUR', decimals: 2, total, accounts: customers, hours },
      perAccount:
        customers === 0
          ? null
          : { mean: total / customers, p50: 1.5 * Math.ceil(customers / 2), max: Math.max(1.75, 1.5 * customers) },
      byOffering: {
        small: { starts, hours: hours.charged, amount: total - (customers > 0 ? 0.25 : 0) },
        large: { starts: 0, hours: 0, amount: 0 },
      },
      ...{ resources: null, disks: { gibMonths: customers > 0 ? 2.5 : 0, amount: customers > 0 ? 0.25 : 0 } },
      ...{ addresses: null, gigabytes: null, gigabytesAmount: null },
    },
  };
}
