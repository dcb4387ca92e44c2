/** What `initial` brings stands in the scenario: its tables, storage, accounts and VLAN IDs. */
import type { Cursor } from '../cursor.js';
import { initialAccounts } from '../initial-accounts.js';
import { INVENTORY_TABLES, type Inventory } from '../inventory.js';
import { parseVlanRange } from '../vlan-range.js';
import { defaultType, homeZone, refer, typeNames, type CheckContext } from './context.js';
import { checkDataSource } from './workload.js';

export function checkInitial(root: Cursor, { formats, inventory }: CheckContext): void {
  const initial = root.get('initial');
  checkDataSource(initial, [...formats.keys()], './mapping.json');
  const name = initial.get('format').text();
  const tables = name === undefined ? undefined : formats.get(name);
  for (const table of INVENTORY_TABLES) checkTable(initial, table, tables);
  const storage = initial.get('storage');
  refer(storage, 'storage type', typeNames(root, 'storageTypes'));
  if (initial.isMap && !storage.exists && defaultType(root.get('storageTypes').keys(), 'filer') === null)
    initial.report('missing-key', "several storage types are declared; say which with 'storage:'");
  if (initial.exists) checkHomes(root, initial, inventory);
  if (inventory) checkFoundVlans(root, initial, inventory);
}

/** Where the file cannot be read, the one that its VMs may belong to. */
export function inventoryAccounts(initial: Cursor, inventory: Inventory | null): string[] {
  const account = initial.get('account').text() ?? 'initial';
  return inventory ? initialAccounts({ ...inventory, account }) : [account];
}

function checkTable(initial: Cursor, table: string, taken: readonly string[] | undefined): void {
  const [file, data] = [initial.get(table), initial.get(`${table}Data`)];
  if (file.exists && data.exists)
    data.reportKey('wrong-value', `${table} and ${table}Data say the same thing twice; keep one of them`);
  for (const one of [file, data])
    if (one.exists && taken && !taken.includes(table))
      one.reportKey('wrong-value', 'this format is one file and takes no such table; remove it');
}

/** VLAN IDs that customers of the inventory have already are of their zone's pool. */
function checkFoundVlans(root: Cursor, initial: Cursor, inventory: Inventory): void {
  const { accounts = [], vms } = inventory;
  const name = homeZone(root, initial);
  const zone = root
    .get('zones')
    .items()
    .find((one) => one.get('name').text() === name);
  const scope = zone?.get('network', 'vlanScope').text();
  if (scope === 'pod') checkOnePod(initial, inventory);
  const told = [...accounts, ...vms].some(({ vlan }) => vlan !== null && vlan !== undefined);
  if (scope === 'overlay' && told)
    initial.report(
      'wrong-value',
      `its accounts have VLAN IDs, and guest networks of zone '${name}' are in an overlay; leave the IDs out, or write vlanScope: zone`,
    );
  if (scope === 'overlay') return;
  const ranges = zone
    ?.get('network', 'vlans')
    .items()
    .map((one) => parseVlanRange(one.text() ?? one.number() ?? ''));
  if (!ranges || ranges.length === 0) return;
  const found = new Map<number, string>();
  for (const { name: account, vlan } of accounts) if (vlan !== null) found.set(vlan, account);
  for (const { account, vlan } of vms) if (vlan !== undefined) found.set(vlan, account ?? '');
  for (const [vlan, account] of found) {
    // A range that is wrong is told of elsewhere.
    if (ranges.some((range) => typeof range === 'string' || (range.first <= vlan && vlan <= range.last))) continue;
    initial.report(
      'wrong-value',
      `its account '${account}' has VLAN ID ${vlan}, which is not in the pool of zone '${name}': add it to network.vlans there`,
    );
  }
}

/** Where VLAN IDs are a pod's, a guest network is in one pod. */
function checkOnePod(initial: Cursor, { accounts, clusters, vms }: Inventory): void {
  if (!accounts) return;
  const podOf = new Map<string, number>();
  const told = new Set<string>();
  const preset = initial.get('account').text() ?? 'initial';
  for (const { name, account = preset, cluster } of vms) {
    const pod = podOf.get(account) ?? cluster;
    podOf.set(account, pod);
    if (pod === cluster || told.has(account)) continue;
    told.add(account);
    initial.report(
      'wrong-value',
      `VMs of its account '${account}' are in pods '${clusters[pod]!.name}' and '${clusters[cluster]!.name}' (VM '${name}'): with vlanScope: pod its guest network can be in one only; write zone`,
    );
  }
}

/** A customer is of one zone. */
function checkHomes(root: Cursor, initial: Cursor, inventory: Inventory | null): void {
  const zone = homeZone(root, initial);
  const found = new Set(inventoryAccounts(initial, inventory));
  for (const account of root.get('accounts').items()) {
    const name = account.get('name').text();
    const home = homeZone(root, account);
    if (name !== undefined && found.has(name) && home !== zone)
      initial.report(
        'wrong-value',
        `its account ${found.size > 1 ? `'${name}' ` : ''}is of zone '${home}', its hosts are in zone '${zone}'; let them be one`,
      );
  }
}
