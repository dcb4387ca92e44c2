/** Where a line of a bill stands in the table `bills`. Complete by its type. */
import type { BillLine } from './types.js';

export const BILL_COLUMNS: { readonly [Field in keyof BillLine]: string } = {
  account: 'account',
  line: 'line',
  kind: 'kind',
  offering: 'offering',
  starts: 'starts',
  clockHours: 'clock_hours',
  chargedHours: 'charged_hours',
  coreHours: 'core_hours',
  gibHours: 'gib_hours',
  gibMonths: 'gib_months',
  gigabytes: 'gigabytes',
  amount: 'amount',
};

export const BILL_FIELDS = Object.keys(BILL_COLUMNS) as (keyof BillLine)[];
