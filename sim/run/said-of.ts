/**
 * What a scenario says of a customer's VMs: for a named account what stands there, for all others what the workload
 * says. `recorded`: customers of a trace or an inventory, of whom what those do not say is not drawn.
 */
import { initialAccounts } from '../scenario/initial-accounts.js';
import type { AccountSpec, ResolvedScenario } from '../scenario/resolved.js';

export function saidOf<Spec>(
  { accounts }: ResolvedScenario,
  ofAccount: (account: AccountSpec) => Spec | null,
  ofWorkload: Spec | null,
  recorded: readonly string[] = [],
): (account: string) => Spec | null {
  const specs = new Map<string, Spec | null>(recorded.map((name) => [name, null]));
  for (const account of accounts) specs.set(account.name, ofAccount(account));
  return (account) => {
    const said = specs.get(account);
    return said === undefined ? ofWorkload : said;
  };
}

/** Customers whom a trace or an inventory brings. */
export function recordedAccounts({ initial, workload }: ResolvedScenario): string[] {
  const traced = workload?.trace?.accounts.map(({ name }) => name) ?? [];
  return [...traced, ...(initial ? initialAccounts(initial) : [])];
}
