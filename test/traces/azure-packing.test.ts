import Database from 'better-sqlite3';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GIB, TIB } from '../../sim/base/units.js';
import { readAzurePacking } from '../../sim/traces/azure-packing.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { noteOf, problemsIn } from './refusal.js';

const DAY = 86_400_000_000;
type Row = readonly (string | number | null)[];

/** Two machines offer two of three types each. */
const TYPES: readonly Row[] = [
  [1, 10, 4, 0.25, 0.5, null, 0.125, 0.1],
  [2, 10, 2, 0.5, 0.5, null, 0.125, 0.1],
  [3, 11, 2, 1 / 64, 1 / 512, null, 0, 0.1],
  [4, 12, 4, 1, 1, 0.5, 1, 1],
];
const VMS: readonly Row[] = [
  [100, 7, 10, 0, 0.5, 2.5],
  [101, 8, 11, 1, -3.25, 1],
  [102, 7, 12, 0, -7157, null],
  [103, 9, 10, 1, 13.999999999, 60.5],
  [104, 9, 10, 1, -5, -1],
  [105, 9, 10, 1, 1, 1],
];

/** The published schema (AzureTracesForPacking2020.md). */
function packing({ types = TYPES, vms = VMS }: { types?: readonly Row[]; vms?: readonly Row[] } = {}): string {
  const file = join(temporaryFolder(), 'packing.sqlite');
  const database = new Database(file);
  database.exec(`CREATE TABLE vmType (id INTEGER, vmTypeId INTEGER, machineId INTEGER, core REAL, memory REAL, hdd REAL, ssd REAL, nic REAL);
    CREATE TABLE vm (vmId INTEGER, tenantId INTEGER, vmTypeId INTEGER, priority INTEGER, starttime REAL, endtime REAL);`);
  const insert = (table: string, rows: readonly Row[]): void => {
    for (const row of rows) database.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join()})`).run(...row);
  };
  insert('vmType', types);
  insert('vm', vms);
  database.close();
  return file;
}

describe('azure-packing', () => {
  it('reads tenants, lives in fractional days, and shares of the machine that offers most types', () => {
    const { workload, notes } = readAzurePacking(packing());
    // Machines 2 and 4 offer two types each: the lower one counts; type 12 is on 4 only.
    expect(workload).toEqual({
      accounts: ['tenant-8', 'tenant-7', 'tenant-9'],
      vms: [
        ['vm-101', 0, 0, DAY, 1000, GIB, 0],
        ['vm-102', 1, 0, null, 64_000, 512 * GIB, 4 * TIB],
        ['vm-100', 1, DAY / 2, 2.5 * DAY, 32_000, 256 * GIB, 512 * GIB],
        ['vm-103', 2, 13.999999999 * DAY, 60.5 * DAY, 32_000, 256 * GIB, 512 * GIB],
      ].map(([name, account, startMicros, endMicros, cpuMillis, memoryBytes, diskBytes]) => ({
        ...{ name, account, startMicros: Math.round(startMicros as number), endMicros },
        ...{ cpuMillis, memoryBytes, diskBytes, cpuUse: null },
      })),
    });
    expect(noteOf(notes, 'ran already')).toBe('2, start at 0');
    expect(noteOf(notes, 'left out')).toBe('1 ended before the beginning, 1 as they began');
    expect(noteOf(notes, 'priorities')).toMatch(/^high \(0\) 2, low \(1\) 4;/);
    expect(noteOf(notes, 'sizes')).toBe('as on machine 2; 1 VMs of types not offered there as on the lowest');
    expect(noteOf(notes, 'a whole machine')).toBe('64 cores, 512 GiB, 4 TiB SSD: assumed, the trace has shares of it');
  });

  it('takes another machine, of another size, where it is told', () => {
    const size = { machineCpuMillis: 40_000, machineMemoryBytes: 100 * GIB, machineDiskBytes: TIB };
    const { workload } = readAzurePacking(packing(), { machine: 4, ...size });
    expect(workload.vms.find(({ name }) => name === 'vm-100')).toMatchObject({
      ...{ cpuMillis: 10_000, memoryBytes: 50 * GIB, diskBytes: 128 * GIB },
    });
    expect(problemsIn(() => readAzurePacking(packing(), { machine: 5 }))[0]).toMatch(
      /table vmType has no machine 5; it has 2, 4$/,
    );
  });

  it('tells every damaged row by table, row and column', () => {
    const vms: Row[] = [
      [1, 7, 99, 0, 0, 1],
      [2, 7, 10, 0, null, 1],
      [3, 7, 10, 0, 2, 1],
      [3, 7, 10, 0, 2, 3],
      [4, null, 10, 0, 2, 'soon'],
      [5, 7, 10, 0, 2, 'soon'],
      [6, 7, 10, 0, 36_501, null],
      [7, 7, 10, 0, 0, 1e308],
    ];
    const told = problemsIn(() => readAzurePacking(packing({ vms }))).map((line) =>
      line.replace(/^.*sqlite:1:1: /, ''),
    );
    expect(told).toEqual([
      'table vm, row 1, vmTypeId: table vmType has no type 99',
      'table vm, row 2, starttime: a time in days is due (found NULL)',
      'table vm, row 3, endtime: it ends before it starts (1 and 2 days)',
      'table vm, row 4, vmId: VM 3 stands further up',
      'table vm, row 5, tenantId: no tenant is named',
      'table vm, row 6, endtime: a time in days, or NULL, is due (found "soon")',
      "table vm, row 7, starttime: '36501' is more than podtwin can simulate, which is 36500 d at most",
      "table vm, row 8, endtime: '1e+308' is more than podtwin can simulate, which is 36500 d at most",
    ]);
    const types: Row[] = [
      [1, 10, 2, 1.5, 0.5, null, 0, 0],
      [2, 10, null, 0.5, 0.5, null, 0, 0],
      [3, 11, 2, 0.5, 0, null, 0, 0],
      [4, 12, 2, 0.5, 0.5, null, 0, 0],
      [5, 12, 2, 0.5, 0.5, null, 0, 0],
    ];
    expect(
      problemsIn(() => readAzurePacking(packing({ types }))).map((line) => line.replace(/^.*sqlite:1:1: /, '')),
    ).toEqual([
      // In order of machine.
      'table vmType, row 2, machineId: no machine is named',
      'table vmType, row 1, core: a share of a machine is due, above 0 to 1 (found 1.5)',
      'table vmType, row 3, memory: a share of a machine is due, above 0 to 1 (found 0)',
      'table vmType, row 5, machineId: type 12 on machine 2 stands further up',
    ]);
  });

  it('is no such database: another file, a cut one, one without the tables or their columns', () => {
    const folder = temporaryFolder();
    const text = join(folder, 'x.sqlite');
    writeFileSync(
      text,
      'no database at all, and long enough to be looked at by the library as a header would be'.repeat(9),
    );
    expect(problemsIn(() => readAzurePacking(text))[0]).toMatch(
      /x\.sqlite:1:1: the database is damaged: .*not a database/,
    );
    expect(problemsIn(() => readAzurePacking(join(folder, 'none')))[0]).toMatch(/none:1:1: there is no such file$/);
    const empty = join(folder, 'empty.sqlite');
    new Database(empty).exec('CREATE TABLE vm (vmId, tenantId, vmTypeId, priority, starttime)').close();
    expect(problemsIn(() => readAzurePacking(empty))[0]).toMatch(/table vm has no column 'endtime'$/);
    const bare = join(folder, 'bare.sqlite');
    new Database(bare).exec('CREATE TABLE vmType (id)').close();
    expect(problemsIn(() => readAzurePacking(bare))[0]).toMatch(/there is no table 'vm'$/);
  });
});
