/** Traces without tenants: whom their VMs belong to has to be said. */
export type AccountsOption = 'one' | 'each';

/** `one`: one account for all; `each`: every VM is an account of its own. */
export function accountOf(vm: string, accounts: AccountsOption, common: string): string {
  return accounts === 'one' ? common : vm;
}

export function accountsNote(accounts: AccountsOption): { label: string; value: string } {
  const chosen = accounts === 'one' ? 'one for all VMs' : 'one for each VM';
  return { label: 'accounts', value: `${chosen}: the trace names no tenants` };
}
