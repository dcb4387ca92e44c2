/**
 * Reader of an inventory of one's own, as up to three CSV tables with headers:
 *
 *   hosts.csv     pod, host, cpu, memory, and if known numaNodes (1), role (computing, routing, both), inService (yes, no)
 *   vms.csv       account, vm, host, cpu, memory, and if known numa (its NUMA nodes: 0, or 0+1), role (user, router), vlan
 *   accounts.csv  account, and if known vlan
 *
 * Quantities carry their units ("16 GiB"), or the column's name does ("memoryGiB"). A host is named alone, or as pod/host
 * where pods have hosts of the same name. Guarantees: every VM fits on a host that exists, with the others there, on NUMA
 * nodes with equal parts (chosen as the tightest that fit where the table names none, after those that are named);
 * names are unique; every problem is told at its place, up to a number that people read.
 */
import { CsvColumns, type ColumnSpec } from './csv-columns.js';
import { CsvRows } from './csv-rows.js';
import { damaged, ProblemList } from './problem-list.js';
import { HostTable } from './inventory-hosts.js';
import type { HostInventory, InventoryVm } from './inventory.js';
import { isSafeName } from './safe-names.js';

export interface TableText {
  text: string;
  file: string;
}

export interface InventoryTables {
  vms?: TableText | undefined;
  accounts?: TableText | undefined;
}

const VM_COLUMNS = {
  account: { kind: 'text', optional: true },
  vm: { kind: 'text' },
  host: { kind: 'text' },
  cpu: { kind: 'cpu' },
  memory: { kind: 'memory' },
  numa: { kind: 'text', optional: true },
  role: { kind: 'text', optional: true },
  vlan: { kind: 'text', optional: true },
} as const satisfies Record<string, ColumnSpec>;

const ACCOUNT_COLUMNS = {
  account: { kind: 'text' },
  vlan: { kind: 'text', optional: true },
} as const satisfies Record<string, ColumnSpec>;

type VmColumns = CsvColumns<keyof typeof VM_COLUMNS>;

/** `text`, `file`: of the hosts. Throws InputError with every problem and its file:line:column. */
export function readInventoryCsv(text: string, file: string, { vms, accounts }: InventoryTables = {}): HostInventory {
  const problems = new ProblemList();
  const hosts = new HostTable(text, file, problems);
  const customers = new Accounts(problems);
  if (accounts) customers.read(accounts);
  const list = vms ? new VmTable(vms, hosts, customers, problems).list : [];
  problems.throwIfAny();
  if (hosts.clusters.length === 0) throw damaged('the table has no hosts', file);
  return { clusters: hosts.clusters, vms: list, accounts: customers.list() };
}

/** Customers with their VLAN IDs, in the order in which they are first named. */
class Accounts {
  private readonly vlans = new Map<string, number | null>();
  private readonly owners = new Map<number, string>();

  constructor(private readonly problems: ProblemList) {}

  read({ text, file }: TableText): void {
    const columns = new CsvColumns(CsvRows.parse(text, file), ACCOUNT_COLUMNS, this.problems);
    for (const row of columns.rows()) {
      const told = (message: string, column: 'account' | 'vlan'): void => columns.problem(row, column, message);
      const name = columns.text(row, 'account');
      if (!isSafeName(name)) told(nameProblem(name), 'account');
      else if (this.vlans.has(name)) told(`account '${name}' stands further up`, 'account');
      else this.add(name, columns.text(row, 'vlan'), (message) => told(message, 'vlan'));
    }
  }

  /** As a row names it; of its VLAN ID only the first word counts, another one is told. */
  add(name: string, vlanText: string, told: (message: string) => void): void {
    const known = this.vlans.get(name) ?? null;
    if (vlanText === '') {
      this.vlans.set(name, known);
      return;
    }
    const vlan = /^\d{1,4}$/.test(vlanText) ? Number(vlanText) : 0;
    if (vlan < 1 || vlan > 4094) return told(`'${vlanText}' is no VLAN ID; write 1 to 4094`);
    if (known !== null && known !== vlan) return told(`account '${name}' has VLAN ID ${known} further up`);
    const owner = this.owners.get(vlan);
    if (owner !== undefined && owner !== name) return told(`VLAN ID ${vlan} belongs to account '${owner}' further up`);
    this.vlans.set(name, vlan);
    this.owners.set(vlan, name);
  }

  vlanOf(name: string): number | null {
    return this.vlans.get(name) ?? null;
  }

  list(): { name: string; vlan: number | null }[] {
    return [...this.vlans].map(([name, vlan]) => ({ name, vlan }));
  }
}

class VmTable {
  readonly list: InventoryVm[] = [];
  private readonly columns: VmColumns;
  private readonly seen = new Map<string, Set<string>>();

  constructor(
    { text, file }: TableText,
    private readonly hosts: HostTable,
    private readonly accounts: Accounts,
    problems: ProblemList,
  ) {
    this.columns = new CsvColumns(CsvRows.parse(text, file), VM_COLUMNS, problems);
    /** VMs whose NUMA nodes are to be chosen, once those that say theirs have taken them. */
    const open: { vm: InventoryVm; row: number }[] = [];
    for (const row of this.columns.rows()) {
      const vm = this.vmOf(row);
      if (!vm) continue;
      this.list.push(vm);
      if (vm.nodes.length === 0) open.push({ vm, row });
      else this.take(vm, row);
    }
    for (const { vm, row } of open) {
      vm.nodes = this.hosts.tightest(vm);
      if (vm.nodes.length > 0) this.take(vm, row);
      else this.columns.problem(row, 'host', `the VM does not fit: ${this.hosts.freeText(vm)}`);
    }
    for (const vm of this.list) {
      const vlan = vm.account === undefined ? null : accounts.vlanOf(vm.account);
      if (vlan !== null) vm.vlan = vlan;
    }
  }

  private take(vm: InventoryVm, row: number): void {
    const wrong = this.hosts.take(vm);
    if (wrong) this.columns.problem(row, wrong.column, wrong.message);
  }

  /** null: something is wrong, and told. */
  private vmOf(row: number): InventoryVm | null {
    const { columns } = this;
    const account = columns.text(row, 'account');
    const name = columns.text(row, 'vm');
    if (account !== '' && !isSafeName(account)) columns.problem(row, 'account', nameProblem(account));
    else if (account !== '')
      this.accounts.add(account, columns.text(row, 'vlan'), (told) => columns.problem(row, 'vlan', told));
    else if (columns.text(row, 'vlan') !== '') columns.problem(row, 'vlan', "a VLAN ID is an account's; name it");
    const names = this.seen.get(account) ?? new Set();
    this.seen.set(account, names);
    if (name === '') columns.problem(row, 'vm', 'no VM is named');
    else if (names.has(name))
      columns.problem(row, 'vm', `a VM '${name}'${account === '' ? '' : ` of account '${account}'`} stands further up`);
    names.add(name);
    const cpuMillis = columns.due(row, 'cpu');
    const memoryBytes = columns.due(row, 'memory');
    const host = this.hosts.find(columns.text(row, 'host'));
    if (typeof host === 'string') columns.problem(row, 'host', host);
    const role = this.role(row);
    if (typeof host === 'string' || cpuMillis === null || memoryBytes === null || role === null) return null;
    const nodes = this.nodes(row, host.nodes);
    if (nodes === null) return null;
    const { cluster, host: at } = host;
    return {
      name,
      ...(account === '' ? {} : { account }),
      ...(role === 'user' ? {} : { role }),
      ...{ cluster, host: at, cpuMillis, memoryBytes, nodes },
    };
  }

  private role(row: number): 'user' | 'router' | null {
    const text = this.columns.text(row, 'role').toLowerCase();
    if (text === '' || text === 'user') return 'user';
    if (text === 'router') return 'router';
    this.columns.problem(row, 'role', `'${text}' is no role of a VM; write user or router`);
    return null;
  }

  /** [] where the table names none; null: wrong, and told. */
  private nodes(row: number, count: number): number[] | null {
    const text = this.columns.text(row, 'numa');
    if (text === '') return count === 1 ? [0] : [];
    const nodes = text.split('+').map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : NaN));
    const told = (message: string): null => {
      this.columns.problem(row, 'numa', message);
      return null;
    };
    if (nodes.some(Number.isNaN)) return told(`'${text}' names no NUMA nodes; write e.g. 0, or 0+1`);
    if (new Set(nodes).size < nodes.length) return told('each NUMA node may be named once');
    if (nodes.some((node) => node >= count))
      return told(`the host has ${count} NUMA ${count === 1 ? 'node, 0' : `nodes, 0 to ${count - 1}`}`);
    return nodes.sort((a, b) => a - b);
  }
}

function nameProblem(name: string): string {
  return name === ''
    ? 'no account is named'
    : `'${name}' is no name of an account; use letters, digits, - and _, at most 100`;
}
