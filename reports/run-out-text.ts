/** When something is used up, in words, and which is the first to be. */
import { humanQuantity } from '../sim/base/units.js';
import type { RunOutRow } from '../sim/store/network-types.js';
import { figureText, totalText } from './numbers.js';
import { rateText, timeText } from './network-text.js';

const WHAT: Readonly<Record<string, string>> = {
  'vlan-ids': 'VLAN IDs',
  memory: 'memory',
  cpu: 'CPU',
  iops: "storage servers' operations",
};

export function whatText(what: string): string {
  return Object.hasOwn(WHAT, what) ? WHAT[what]! : what;
}

/** An amount in the unit of its row. */
export function inUnit(unit: string, amount: number): string {
  if (unit === 'bytes') return signed(amount, (size) => humanQuantity('memory', size));
  if (unit === 'bits per second') return signed(amount, rateText);
  if (unit === 'thousandths of a core') return signed(amount, (size) => humanQuantity('cpu', size));
  if (unit === 'operations per second') return `${totalText(amount)} IOPS`;
  // Whole ones: four digits of a pool are read as its size.
  return `${Math.abs(amount) >= 1000 ? totalText(amount) : figureText(amount)} ${unit}`;
}

/** Quantities know no sign. */
const signed = (amount: number, text: (size: number) => string): string =>
  amount < 0 ? `-${text(-amount)}` : text(amount);

/** "runs out after 34 d", from the beginning of the run. */
export function runOutText({ atMicros, perDay, inUse, capacity }: RunOutRow): string {
  if (inUse >= capacity) return 'used up';
  if (atMicros !== null) return `runs out after ${timeText(atMicros)}`;
  return perDay > 0 ? 'not in sight' : 'does not grow';
}

/** Soonest first, those that do not run out last; of equal ones in the order in which they came. */
export function bySoonest(rows: readonly RunOutRow[]): RunOutRow[] {
  const when = ({ atMicros, inUse, capacity }: RunOutRow): number => (inUse >= capacity ? -1 : (atMicros ?? Infinity));
  return rows
    .map((row, at) => ({ row, at }))
    .sort((a, b) => (when(a.row) === when(b.row) ? a.at - b.at : when(a.row) - when(b.row)))
    .map(({ row }) => row);
}

/** null: nothing runs out. */
export function firstToRunOut(rows: readonly RunOutRow[]): RunOutRow | null {
  const first = bySoonest(rows)[0];
  return first === undefined || (first.atMicros === null && first.inUse < first.capacity) ? null : first;
}
