/** A part of a trace that is too large: the accounts that start first, whole. */
import type { TraceWorkload } from './trace-workload.js';

export function firstAccounts({ accounts, vms }: TraceWorkload, count: number): TraceWorkload {
  // They are numbered in the order of their first start.
  return { accounts: accounts.slice(0, count), vms: vms.filter(({ account }) => account < count) };
}
