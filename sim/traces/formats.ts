/**
 * Every format of public data and inventories that podtwin reads, by name: what a command offers and a message lists.
 * Guarantees that a format takes exactly the options it names, and files of the number it says.
 */
import { InputError } from '../base/errors.js';
import type { AccountsOption } from './accounts-option.js';
import { readAzurePacking } from './azure-packing.js';
import { readAzureVmTable } from './azure-vmtable.js';
import { readBitbrains } from './bitbrains.js';
import type { HostInventory } from './inventory.js';
import { INVENTORY_FORMATS } from './inventory-formats.js';
import { readOpendcCsv, type TableName } from './opendc-csv.js';
import { readOpendcParquet } from './opendc-parquet.js';
import { readPlanetlab } from './planetlab.js';
import { damaged } from './problem-list.js';
import { filesOf, readText } from './source-files.js';
import { readTraceCsv } from './trace-csv.js';
import { lifeNotes } from './trace-notes.js';
import type { ReadTrace, TraceNote, TraceWorkload } from './trace-workload.js';

/** What has to be said where a source does not say it. */
export interface FormatOptions {
  accounts?: AccountsOption | undefined;
  /** Size of every VM. */
  vmCpuMillis?: number | undefined;
  vmMemoryBytes?: number | undefined;
  /** Size of the machine that shares are of, and which machine's. */
  machineCpuMillis?: number | undefined;
  machineMemoryBytes?: number | undefined;
  machineDiskBytes?: number | undefined;
  machine?: number | undefined;
  /** What buckets without an upper end count as. */
  openCpuMillis?: number | undefined;
  openMemoryBytes?: number | undefined;
}

interface Format {
  name: string;
  /** One sentence. */
  about: string;
  options: readonly (keyof FormatOptions)[];
}

export interface TraceFormat extends Format {
  kind: 'trace';
  read(paths: readonly string[], options: FormatOptions): ReadTrace | Promise<ReadTrace>;
  /** How long a run of it is, where that is not the trace's length. */
  durationMicros?(workload: TraceWorkload): number;
}

export interface InventoryFormat extends Format {
  kind: 'inventory';
  read(paths: readonly string[]): { inventory: HostInventory; notes: TraceNote[] };
}

export type SourceFormat = TraceFormat | InventoryFormat;

const DAY_MICROS = 86_400_000_000;

export const SOURCE_FORMATS: readonly SourceFormat[] = [
  {
    kind: 'trace',
    name: 'azure-packing',
    about: 'The Azure packing trace of 2020, SQLite: tenants, sizes as shares of a machine.',
    options: ['machineCpuMillis', 'machineMemoryBytes', 'machineDiskBytes', 'machine'],
    read: (paths, options) => readAzurePacking(single(paths), options),
    // Requests are of 14 days; only their ends go on to 90.
    durationMicros: ({ vms }) => Math.max(1, Math.ceil((vms.at(-1)?.startMicros ?? 0) / DAY_MICROS)) * DAY_MICROS,
  },
  {
    kind: 'trace',
    name: 'azure-2017',
    about: 'The Azure VM trace of 2017 (V1): its vmtable.csv or vmtable.csv.gz.',
    options: [],
    read: (paths) => readAzureVmTable(single(paths), 2017),
  },
  {
    kind: 'trace',
    name: 'azure-2019',
    about: 'The Azure VM trace of 2019 (V2): its vmtable.csv or vmtable.csv.gz, with sizes in buckets.',
    options: ['openCpuMillis', 'openMemoryBytes'],
    read: (paths, options) => readAzureVmTable(single(paths), 2019, options),
  },
  {
    kind: 'trace',
    name: 'bitbrains',
    about: 'GWA-T-12 (Bitbrains) and GWA-T-13 (Materna): a CSV file a VM, or folders of them, packed or not.',
    options: ['accounts'],
    read: (paths, { accounts }) => readBitbrains(paths, { accounts }),
  },
  {
    kind: 'trace',
    name: 'opendc',
    about: "OpenDC's tasks and fragments, as Parquet or CSV: a folder with both, or the two files.",
    options: ['accounts'],
    read: (paths, { accounts }) => readOpendc(paths, accounts),
  },
  {
    kind: 'trace',
    name: 'planetlab',
    about: 'A day of PlanetLab as in CloudSim: a folder or .tar.gz with a file a VM, of 288 integers each.',
    options: ['accounts', 'vmCpuMillis', 'vmMemoryBytes'],
    read: (paths, { accounts, vmCpuMillis, vmMemoryBytes }) =>
      readPlanetlab(single(paths), { accounts, cpuMillis: vmCpuMillis, memoryBytes: vmMemoryBytes }),
  },
  {
    kind: 'trace',
    name: 'podtwin-trace',
    about: "podtwin's own CSV: account, vm, start, end, cpu, memory, disk, use.",
    options: [],
    read(paths) {
      const file = single(paths);
      const workload = readTraceCsv(readText(file), file);
      const vms = workload.vms.map((vm) => ({ ...vm, account: workload.accounts[vm.account]! }));
      return { workload, notes: lifeNotes(vms) };
    },
  },
  ...INVENTORY_FORMATS,
];

function single(paths: readonly string[]): string {
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0)
    throw InputError.of('too-many-arguments', `this format is read from one file or folder; here are ${paths.length}`);
  return path;
}

function readOpendc(paths: readonly string[], accounts?: AccountsOption): ReadTrace | Promise<ReadTrace> {
  const files = paths.flatMap((path) => filesOf(path, /^(tasks|fragments)\.(parquet|csv|csv\.gz)$/));
  const parquet = files.some((file) => file.endsWith('.parquet'));
  const named = (table: TableName): string => {
    const found = files.filter(
      (file) => new RegExp(`(^|[/\\\\])${table}\\.`).test(file) && file.endsWith('.parquet') === parquet,
    );
    if (found.length === 1) return found[0]!;
    const what = found.length === 0 ? `there is no ${table}.parquet or ${table}.csv` : `there are several ${table}`;
    throw damaged(`${what}; give the folder of the two files, or both files`, paths[0]!);
  };
  const pair = { tasks: named('tasks'), fragments: named('fragments') };
  return parquet ? readOpendcParquet(pair, accounts) : readOpendcCsv(pair, accounts);
}
