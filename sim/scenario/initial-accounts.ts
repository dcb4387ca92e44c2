/** The customers that `initial` brings, each once: those that its file names, and the one whom VMs without a name belong to. */
interface Brought {
  /** Whom VMs belong to that name no account. */
  account: string;
  /** Absent: the format knows no customers. */
  accounts?: readonly { name: string }[];
  vms: readonly { account?: string }[];
}

export function initialAccounts({ account, accounts, vms }: Brought): string[] {
  if (!accounts) return [account];
  const named = accounts.map(({ name }) => name);
  const nameless = vms.some((vm) => vm.account === undefined) && !named.includes(account);
  return nameless ? [...named, account] : named;
}
