/**
 * Reader of the Azure packing trace of 2020 (Protean, OSDI 2020; github.com/Azure/AzurePublicDataset): SQLite with the
 * tables `vm` (vmId, tenantId, vmTypeId, priority, starttime, endtime in fractional days) and `vmType` (vmTypeId,
 * machineId, core, memory, hdd, ssd, nic as fractions of a machine).
 *
 * What is decided: an account is a tenant. The trace does not tell how large its machines are: fractions are of a machine
 * whose size is an option. A type has different fractions on different machines: those of one machine are taken
 * (an option; else the machine that offers most types, of equals the lowest), for types that it does not offer those of
 * the lowest that does. A negative start ran already: start 0. No end: it outlives the trace. What ended before the
 * trace's beginning, or in the instant it began, is left out and counted. The disk is the SSD; hdd and nic are not kept.
 */
import Database from 'better-sqlite3';
import { GIB, humanQuantity, MILLIS_PER_CORE, TIB } from '../base/units.js';
import { InputError } from '../base/errors.js';
import { amountOf, tooMuch } from './amounts.js';
import { damaged, ProblemList } from './problem-list.js';
import { unreadable } from './source-files.js';
import { lifeNotes } from './trace-notes.js';
import { normalised, type ReadTrace, type SourceVm, type TraceNote } from './trace-workload.js';
import { statSync } from 'node:fs';

export interface AzurePackingOptions {
  /** Size of the machine that the fractions are of. The trace does not publish one; this is ours. */
  machineCpuMillis?: number;
  machineMemoryBytes?: number;
  machineDiskBytes?: number;
  /** machineId whose fractions are taken. */
  machine?: number;
}

export const PACKING_MACHINE = { cpuMillis: 64 * MILLIS_PER_CORE, memoryBytes: 512 * GIB, diskBytes: 4 * TIB } as const;

const DAY_MICROS = 86_400_000_000;

interface TypeRow {
  row: number;
  type: unknown;
  machine: unknown;
  core: unknown;
  memory: unknown;
  ssd: unknown;
}

interface VmRow {
  row: number;
  vm: unknown;
  tenant: unknown;
  type: unknown;
  priority: unknown;
  start: unknown;
  end: unknown;
}

interface Size {
  cpuMillis: number;
  memoryBytes: number;
  diskBytes: number;
}

/** Throws InputError with every damaged row, by table, row and column. */
export function readAzurePacking(file: string, options: AzurePackingOptions = {}): ReadTrace {
  const database = open(file);
  try {
    const problems = new ProblemList();
    checkColumns(database, file);
    const types = new Types(database, file, options, problems);
    problems.throwIfAny();
    const vms = new Vms(database, file, types, problems);
    problems.throwIfAny();
    return { workload: normalised(vms.list), notes: [...vms.notes(), ...types.notes()] };
  } catch (error) {
    if (error instanceof InputError || !isSqliteError(error)) throw error;
    throw damaged(`the database is damaged: ${error.message}`, file);
  } finally {
    database.close();
  }
}

function open(file: string): Database.Database {
  try {
    statSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    return new Database(file, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw damaged(`this is no SQLite database: ${error instanceof Error ? error.message : String(error)}`, file);
  }
}

function isSqliteError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE');
}

const TABLES = {
  vm: ['vmId', 'tenantId', 'vmTypeId', 'priority', 'starttime', 'endtime'],
  vmType: ['vmTypeId', 'machineId', 'core', 'memory', 'ssd'],
} as const;

function checkColumns(database: Database.Database, file: string): void {
  for (const [table, columns] of Object.entries(TABLES)) {
    const rows = database.prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid').all(table) as {
      name: string;
    }[];
    if (rows.length === 0) throw damaged(`there is no table '${table}'`, file);
    const missing = columns.filter((column) => !rows.some(({ name }) => name.toLowerCase() === column.toLowerCase()));
    if (missing.length > 0)
      throw damaged(`table ${table} has no column ${missing.map((name) => `'${name}'`).join(' and no ')}`, file);
  }
}

/** The size of each type on the machine chosen for it. */
class Types {
  private readonly sizes = new Map<string, Map<string, Size>>();
  private readonly machine: string;
  private elsewhere = 0;
  private readonly full: Size;

  constructor(
    database: Database.Database,
    private readonly file: string,
    options: AzurePackingOptions,
    private readonly problems: ProblemList,
  ) {
    this.full = {
      cpuMillis: options.machineCpuMillis ?? PACKING_MACHINE.cpuMillis,
      memoryBytes: options.machineMemoryBytes ?? PACKING_MACHINE.memoryBytes,
      diskBytes: options.machineDiskBytes ?? PACKING_MACHINE.diskBytes,
    };
    const rows = database
      .prepare(
        'SELECT rowid AS row, vmTypeId AS type, machineId AS machine, core, memory, ssd FROM vmType ORDER BY machineId, rowid',
      )
      .iterate() as IterableIterator<TypeRow>;
    const offers = new Map<string, number>();
    for (const row of rows) this.add(row, offers);
    const most = [...offers].reduce<[string, number]>((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
    this.machine = options.machine === undefined ? most[0] : String(options.machine);
    if (!offers.has(this.machine)) {
      const known = [...offers.keys()].slice(0, 20).join(', ');
      throw damaged(
        `table vmType has no machine ${this.machine || '(it is empty)'}; it has ${known || 'no row'}`,
        file,
      );
    }
  }

  private add({ row, type, machine, core, memory, ssd }: TypeRow, offers: Map<string, number>): void {
    const wrong = (column: string, value: unknown, least: string): void =>
      this.problem('vmType', row, column, `a share of a machine is due, ${least} to 1 (found ${show(value)})`);
    const [typeId, machineId] = [idText(type), idText(machine)];
    if (typeId === null) return this.problem('vmType', row, 'vmTypeId', 'no type is named');
    if (machineId === null) return this.problem('vmType', row, 'machineId', 'no machine is named');
    if (!isShare(core) || core === 0) return wrong('core', core, 'above 0');
    if (!isShare(memory) || memory === 0) return wrong('memory', memory, 'above 0');
    if (ssd !== null && !isShare(ssd)) return wrong('ssd', ssd, '0');
    const sizes = this.sizes.get(typeId) ?? new Map<string, Size>();
    this.sizes.set(typeId, sizes);
    if (sizes.has(machineId))
      return this.problem('vmType', row, 'machineId', `type ${typeId} on machine ${machineId} stands further up`);
    sizes.set(machineId, {
      cpuMillis: Math.max(1, Math.round(core * this.full.cpuMillis)),
      memoryBytes: Math.max(1, Math.round(memory * this.full.memoryBytes)),
      diskBytes: Math.round((ssd ?? 0) * this.full.diskBytes),
    });
    offers.set(machineId, (offers.get(machineId) ?? 0) + 1);
  }

  /** undefined: there is no such type. */
  size(type: string): Size | undefined {
    const sizes = this.sizes.get(type);
    if (!sizes) return undefined;
    const chosen = sizes.get(this.machine);
    if (chosen) return chosen;
    this.elsewhere++;
    // In order of machineId.
    return [...sizes.values()][0];
  }

  problem(table: string, row: number, column: string, message: string): void {
    this.problems.add(`table ${table}, row ${row}, ${column}: ${message}`, () => ({
      file: this.file,
      line: 1,
      column: 1,
    }));
  }

  notes(): TraceNote[] {
    const { cpuMillis, memoryBytes, diskBytes } = this.full;
    const size = `${humanQuantity('cpu', cpuMillis)}, ${humanQuantity('memory', memoryBytes)}, ${humanQuantity('memory', diskBytes)} SSD`;
    return [
      { label: 'a whole machine', value: `${size}: assumed, the trace has shares of it` },
      {
        label: 'sizes',
        value: `as on machine ${this.machine}; ${this.elsewhere} VMs of types not offered there as on the lowest`,
      },
      { label: 'not kept', value: 'hdd, nic' },
    ];
  }
}

class Vms {
  readonly list: SourceVm[] = [];
  private readonly seen = new Set<string>();
  private ranAlready = 0;
  private outlive = 0;
  private before = 0;
  private instant = 0;
  private readonly priorities = new Map<string, number>();

  constructor(
    database: Database.Database,
    file: string,
    private readonly types: Types,
    problems: ProblemList,
  ) {
    const rows = database
      .prepare(
        'SELECT rowid AS row, vmId AS vm, tenantId AS tenant, vmTypeId AS type, priority, starttime AS start, endtime AS end FROM vm ORDER BY rowid',
      )
      .iterate() as IterableIterator<VmRow>;
    for (const row of rows) this.add(row);
    if (this.list.length === 0 && problems.size === 0)
      throw damaged('table vm has no VM that runs after the beginning', file);
  }

  private add({ row, vm, tenant, type, priority, start, end }: VmRow): void {
    const wrong = (column: string, message: string): void => this.types.problem('vm', row, column, message);
    const [vmId, tenantId] = [idText(vm), idText(tenant)];
    const size = this.types.size(idText(type) ?? '');
    if (vmId === null) return wrong('vmId', 'no VM is named');
    if (this.seen.has(vmId)) return wrong('vmId', `VM ${vmId} stands further up`);
    this.seen.add(vmId);
    if (tenantId === null) return wrong('tenantId', 'no tenant is named');
    if (!size) return wrong('vmTypeId', `table vmType has no type ${show(type)}`);
    if (typeof start !== 'number' || Number.isNaN(start))
      return wrong('starttime', `a time in days is due (found ${show(start)})`);
    if (!isCounted(start)) return wrong('starttime', tooMuch('duration', `'${start}'`));
    if (end !== null && (typeof end !== 'number' || Number.isNaN(end)))
      return wrong('endtime', `a time in days, or NULL, is due (found ${show(end)})`);
    if (end !== null && !isCounted(end)) return wrong('endtime', tooMuch('duration', `'${end}'`));
    if (end !== null && end < start) return wrong('endtime', `it ends before it starts (${end} and ${start} days)`);
    const level = idText(priority) ?? 'none';
    this.priorities.set(level, (this.priorities.get(level) ?? 0) + 1);
    const startMicros = Math.max(0, Math.round(start * DAY_MICROS));
    const endMicros = end === null ? null : Math.round(end * DAY_MICROS);
    if (endMicros !== null && endMicros <= 0 && start < 0) this.before++;
    else if (endMicros !== null && endMicros <= startMicros) this.instant++;
    else {
      if (start < 0) this.ranAlready++;
      if (end === null) this.outlive++;
      this.list.push({
        name: `vm-${vmId}`,
        account: `tenant-${tenantId}`,
        startMicros,
        endMicros,
        ...size,
        cpuUse: null,
      });
    }
  }

  notes(): TraceNote[] {
    const words: Record<string, string> = { '0': 'high (0)', '1': 'low (1)' };
    const levels = [...this.priorities]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([level, vms]) => `${words[level] ?? level} ${vms}`);
    return [
      ...lifeNotes(this.list),
      { label: 'accounts', value: 'tenants' },
      { label: 'ran already', value: `${this.ranAlready}, start at 0` },
      { label: 'outlive the trace', value: String(this.outlive) },
      { label: 'left out', value: `${this.before} ended before the beginning, ${this.instant} as they began` },
      { label: 'priorities', value: `${levels.join(', ')}; not kept (what runs low may have been ended early)` },
      { label: 'CPU use', value: 'unknown' },
    ];
  }
}

function idText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

/** Before the beginning, too, there is as much time as podtwin can simulate. */
function isCounted(days: number): boolean {
  return amountOf('duration', Math.abs(days), DAY_MICROS) !== null;
}

function show(value: unknown): string {
  return value === null ? 'NULL' : (JSON.stringify(value)?.slice(0, 40) ?? 'nothing');
}
