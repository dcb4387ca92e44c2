import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KIB } from '../../sim/base/units.js';
import { SOURCE_FORMATS } from '../../sim/traces/formats.js';
import { readOpendcCsv } from '../../sim/traces/opendc-csv.js';
import { readOpendcParquet } from '../../sim/traces/opendc-parquet.js';
import { distributionOf, traceFigures } from '../../sim/traces/trace-figures.js';
import { readTraceCsv, writeTraceCsv } from '../../sim/traces/trace-csv.js';
import type { ReadTrace } from '../../sim/traces/trace-workload.js';
import { hasSharedData, sharedData } from '../shared-data.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { noteOf, problemsIn, problemsInAsync } from './refusal.js';

const TASKS = 'id,submission_time_ms,duration_ms,cpu_count,cpu_capacity_mhz,mem_capacity_kib\n';
const FRAGMENTS = 'id,duration_ms,cpu_usage_mhz\n';

function csvPair(tasks: string, fragments: string): { tasks: string; fragments: string } {
  const folder = temporaryFolder();
  const files = { tasks: join(folder, 'tasks.csv'), fragments: join(folder, 'fragments.csv') };
  writeFileSync(files.tasks, TASKS + tasks);
  writeFileSync(files.fragments, FRAGMENTS + fragments);
  return files;
}

describe('OpenDC pairs as CSV', () => {
  it('puts fragments one after the other, cuts use to capacity, reads KiB', () => {
    const files = csvPair(
      '7,5000,1000,2,4000,8\n3,1000,9000,1,1000,4\n',
      '3,600,500\n7,400,6000\n3,400,250\n7,600,4000\n',
    );
    const { workload, notes } = readOpendcCsv(files, 'each');
    expect(workload).toEqual({
      accounts: ['3', '7'],
      vms: [
        {
          ...{ name: '3', account: 0, startMicros: 0, endMicros: null, cpuMillis: 1000, memoryBytes: 4 * KIB },
          ...{ diskBytes: 0, cpuUse: { micros: [600_000, 400_000], ratios: [0.5, 0.25] } },
        },
        {
          ...{ name: '7', account: 1, startMicros: 4_000_000, endMicros: 5_000_000, cpuMillis: 2000 },
          ...{ memoryBytes: 8 * KIB, diskBytes: 0, cpuUse: { micros: [1_000_000], ratios: [1] } },
        },
      ],
    });
    expect(noteOf(notes, 'CPU use above capacity')).toBe('1 fragments, cut to it');
    expect(noteOf(notes, 'fragments end elsewhere than the VM')).toBe('1 VMs (by more than 1 %)');
    expect(readOpendcCsv(files).workload.accounts).toEqual(['opendc']);
  });

  it.each([
    ['7,5000,1000,2,4000,8\n7,5000,1000,2,4000,8\n', '', /tasks\.csv:3:1: id: task 7 stands further up$/],
    ['7,5000,0,2,4000,8\n', '', /tasks\.csv:2:8: duration: a whole number of at least 1 is due \(found 0\)$/],
    ['7,5000,1000,2,4000,8\n', '7,5,1\n\n8,5,1\n', /fragments\.csv:4:1: id: the trace has no task 8$/],
    [
      '7,5000,1000,2,4000,8\n',
      '7,5,-1\n',
      /fragments\.csv:2:5: cpu_usage: a number of at least 0 is due \(found -1\)$/,
    ],
    [
      '7,5000,1000,2,4000,many\n',
      '7,5\n',
      /tasks\.csv:2:20: mem_capacity: 'many' is no number\n.*fragments\.csv:2:1: this row/,
    ],
    ['', '', /tasks\.csv:1:1: the trace has no tasks$/],
  ])('refuses %j with %j', (tasks, fragments, said) => {
    expect(problemsIn(() => readOpendcCsv(csvPair(tasks, fragments))).join('\n')).toMatch(said);
  });
});

describe.skipIf(!hasSharedData)('bitbrains-small (skipped where ../shared/data is not there)', () => {
  const parquet = {
    tasks: sharedData('bitbrains-small/tasks.parquet'),
    fragments: sharedData('bitbrains-small/fragments.parquet'),
  };
  const csv = {
    tasks: sharedData('bitbrains-small/tasks.csv'),
    fragments: sharedData('bitbrains-small/fragments.csv.gz'),
  };

  /** Every figure in its README. */
  function expectItsFigures({ workload, notes }: ReadTrace): void {
    expect(noteOf(notes, 'VMs read')).toBe('50');
    expect(noteOf(notes, 'fragments')).toBe('276979');
    expect(noteOf(notes, 'first start, last end')).toBe('2013-08-12T13:35:46Z, 2013-09-11T13:39:58Z');
    expect(noteOf(notes, 'start later than the first')).toBe('6');
    expect(noteOf(notes, 'CPU use over capacity')).toBe('15.92 %, as stated');
    expect(noteOf(notes, 'CPU use above capacity')).toBe('19461 fragments, cut to it');
    expect(noteOf(notes, 'fragments end elsewhere than the VM')).toBe('0 VMs (by more than 1 %)');
    const later = workload.vms.filter(({ startMicros }) => startMicros > 0).map(({ name }) => Number(name));
    expect(later.sort((a, b) => a - b)).toEqual([308, 331, 557, 1052, 1073, 1132]);
    const { cpuMillis, memoryBytes, peak } = traceFigures(workload);
    expect(cpuMillis).toEqual({ min: 1000, median: 2000, p95: 8000, max: 32_000 });
    const mib = (bytes: number): number => Math.floor(bytes / 1024 / 1024);
    const { min, median, p95, max } = memoryBytes;
    expect([min, median, p95, max].map(mib)).toEqual([101, 6068, 39_806, 127_400]);
    expect(peak.vms).toBe(50);
    expect(workload.vms.reduce((sum, vm) => sum + vm.cpuMillis, 0)).toBe(194_000);
    const gib = workload.vms.reduce((sum, vm) => sum + vm.memoryBytes, 0) / 1024 ** 3;
    expect(gib.toFixed(2)).toBe('583.70');
    expect(workload.vms.every(({ cpuUse }) => cpuUse!.ratios.every((ratio) => ratio >= 0 && ratio <= 1))).toBe(true);
  }

  it('has the figures of its README, from Parquet and from CSV, which are the same trace', async () => {
    const fromParquet = await readOpendcParquet(parquet);
    expectItsFigures(fromParquet);
    expect(readOpendcCsv(csv)).toEqual(fromParquet);
    const text = writeTraceCsv(fromParquet.workload);
    expect(readTraceCsv(text, 'vms.csv')).toEqual(fromParquet.workload);
  });

  it('has as many fragments a VM as its README says', () => {
    const counts = new Map<string, number>();
    const text = gunzipSync(readFileSync(csv.fragments)).toString('utf8').trim();
    for (const line of text.split('\n').slice(1)) {
      const [id] = line.split(',');
      counts.set(id!, (counts.get(id!) ?? 0) + 1);
    }
    expect(distributionOf([...counts.values()])).toMatchObject({ min: 341, median: 6747, max: 8634 });
  });

  it('is found in a folder; a missing, cut or foreign file is refused', async () => {
    const format = SOURCE_FORMATS.find(({ name }) => name === 'opendc')!;
    const read = async (...paths: string[]): Promise<unknown> => format.read(paths, {});
    const folder = temporaryFolder();
    copyFileSync(parquet.tasks, join(folder, 'tasks.parquet'));
    expect((await problemsInAsync(() => read(folder)))[0]).toMatch(/there is no fragments\.parquet or fragments\.csv/);
    const bytes = readFileSync(parquet.fragments);
    writeFileSync(join(folder, 'fragments.parquet'), bytes.subarray(0, bytes.length - 1000));
    expect((await problemsInAsync(() => read(folder)))[0]).toMatch(
      /fragments\.parquet:1:1: this is no Parquet file, or it is damaged/,
    );
    writeFileSync(join(folder, 'fragments.parquet'), readFileSync(parquet.tasks));
    expect((await problemsInAsync(() => read(folder)))[0]).toMatch(
      /the table has no column 'cpu_usage'; it has id, submission_time/,
    );
    bytes.fill(0xff, 1000, 200_000);
    writeFileSync(join(folder, 'fragments.parquet'), bytes);
    expect((await problemsInAsync(() => read(folder)))[0]).toMatch(/fragments\.parquet:1:1: /);
  });
});
