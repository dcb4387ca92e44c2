/** The formats of inventories: hosts, and the VMs on them, as the start of a run. */
import { basename } from 'node:path';
import { InputError } from '../base/errors.js';
import { readBalconInventory } from './balcon.js';
import type { InventoryFormat } from './formats.js';
import { readInventoryCsv } from './inventory-csv.js';
import type { HostInventory } from './inventory.js';
import { damaged } from './problem-list.js';
import { filesOf, isFolder, readText } from './source-files.js';
import type { TraceNote } from './trace-workload.js';
import { readVmRescheduling } from './vm-rescheduling.js';

export const INVENTORY_FORMATS: readonly InventoryFormat[] = [
  {
    kind: 'inventory',
    name: 'vm-rescheduling',
    about: 'A VM-rescheduling mapping (ByteDance, "VMR2L"): hosts with NUMA nodes and VMs on them.',
    options: [],
    read: (paths) => ofOneFile(paths, readVmRescheduling),
  },
  {
    kind: 'inventory',
    name: 'balcon',
    about: 'A BalCon consolidation instance: hosts, VMs and the mapping of one to the other.',
    options: [],
    read: (paths) => ofOneFile(paths, readBalconInventory),
  },
  {
    kind: 'inventory',
    name: 'inventory-csv',
    about: 'Your own inventory: hosts.csv, vms.csv and, if you have it, accounts.csv, or a folder with them.',
    options: [],
    read: readTables,
  },
];

function ofOneFile(
  paths: readonly string[],
  read: (text: string, file: string) => HostInventory,
): { inventory: HostInventory; notes: TraceNote[] } {
  const [file, ...more] = paths;
  if (file === undefined || more.length > 0)
    throw InputError.of('too-many-arguments', `this format is read from one file; here are ${paths.length}`);
  const inventory = read(readText(file), file);
  return { inventory, notes: [{ label: 'accounts', value: 'one for all VMs: the file names no customers' }] };
}

const TABLES = ['hosts', 'vms', 'accounts'] as const;

/** A folder with tables of these names, or the files in this order. */
function readTables(paths: readonly string[]): { inventory: HostInventory; notes: TraceNote[] } {
  const [first] = paths;
  const folder = paths.length === 1 && isFolder(first!);
  const named = (table: string): string | undefined =>
    filesOf(first!, /\.csv(\.gz)?$/).find((file) => new RegExp(`^${table}\\.csv(\\.gz)?$`).test(basename(file)));
  const files = folder ? TABLES.map(named) : paths;
  const [hosts, vms, accounts, ...more] = files;
  if (more.length > 0)
    throw InputError.of(
      'too-many-arguments',
      `this format has three tables: ${TABLES.join(', ')}; here are ${paths.length}`,
    );
  if (hosts === undefined) throw damaged('the folder has no hosts.csv', first!);
  const table = (file: string | undefined) => (file === undefined ? undefined : { text: readText(file), file });
  const inventory = readInventoryCsv(readText(hosts), hosts, { vms: table(vms), accounts: table(accounts) });
  const lists = [...new Set(inventory.vms.map(({ nodes }) => nodes.length))].sort((a, b) => a - b);
  const notes: TraceNote[] = [
    { label: 'routing appliances', value: String(inventory.vms.filter(({ role }) => role === 'router').length) },
    {
      label: 'accounts with a VLAN ID',
      value: String((inventory.accounts ?? []).filter(({ vlan }) => vlan !== null).length),
    },
    { label: 'NUMA nodes a VM', value: lists.join(', ') || 'no VMs' },
  ];
  return { inventory, notes };
}
