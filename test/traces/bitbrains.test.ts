import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GIB, KIB } from '../../sim/base/units.js';
import { readBitbrains } from '../../sim/traces/bitbrains.js';
import { hasSharedData, sharedData } from '../shared-data.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { noteOf, problemsIn } from './refusal.js';

const NAMES = [
  ...['Timestamp [ms]', 'CPU cores', 'CPU capacity provisioned [MHZ]', 'CPU usage [MHZ]', 'CPU usage [%]'],
  ...['Memory capacity provisioned [KB]', 'Memory usage [KB]', 'Disk read throughput [KB/s]'],
];
const STEP = 300_000_000;

/** A row of time, cores, capacity, use, percent and memory. */
function row(
  time: string | number,
  ...[cores = 2, capacity = 4000, use = 1000, percent = 25, memory = 8_388_608]: (string | number)[]
): string {
  return [time, cores, capacity, use, percent, memory, 1, 0].join(';\t');
}

function folderOf(files: Record<string, readonly string[]>): string {
  const folder = temporaryFolder();
  for (const [name, rows] of Object.entries(files))
    writeFileSync(join(folder, name), [NAMES.join(';\t'), ...rows, ''].join('\n'));
  return folder;
}

describe('bitbrains', () => {
  it('takes a file for a VM, seconds for times, KiB for KB; a sample holds until the next', () => {
    const folder = folderOf({
      '10.csv': [row(1_376_314_846), row(1_376_315_146, 2, 4000, 5000), row(1_376_315_746, 2, 4000, 0)],
      '9.csv': [row(1_376_315_146, 1, 0, 0, 50), row(1_376_315_446, 1, 0, 0, 50)],
      'empty.csv': [],
      'readme.txt': [],
    });
    const { workload, notes } = readBitbrains([folder]);
    expect(workload).toEqual({
      accounts: ['bitbrains'],
      vms: [
        {
          ...{
            name: '10',
            account: 0,
            startMicros: 0,
            endMicros: null,
            cpuMillis: 2000,
            memoryBytes: 8 * GIB,
            diskBytes: 0,
          },
          cpuUse: { micros: [STEP, 2 * STEP, STEP], ratios: [0.25, 1, 0] },
        },
        {
          ...{ name: '9', account: 0, startMicros: STEP, endMicros: 3 * STEP, cpuMillis: 1000, memoryBytes: 8 * GIB },
          ...{ diskBytes: 0, cpuUse: { micros: [2 * STEP], ratios: [0.5] } },
        },
      ],
    });
    expect(noteOf(notes, 'first start, last end')).toBe('2013-08-12T13:40:46Z, 2013-08-12T14:00:46Z');
    expect(noteOf(notes, 'CPU use above capacity')).toBe('1 samples, cut to it');
    expect(noteOf(notes, 'gaps')).toMatch(/^1;/);
    expect(noteOf(notes, 'left out')).toMatch(/^0 samples .*, 1 VMs without/);
    expect(readBitbrains([folder], { accounts: 'each' }).workload.accounts).toEqual(['10', '9']);
  });

  it('reads the Materna variant: days first, decimal commas, quotes, a disk', () => {
    const file = join(temporaryFolder(), '01.csv');
    const header =
      '"Timestamp";"CPU cores";"CPU capacity provisioned [MHZ]";"CPU usage [MHZ]";"CPU usage [%]";"Memory capacity provisioned [KB]";"Disk size [GB]"';
    const rows = [
      '04.11.2015 12:37:31;2;4788;1197;25,00;4194304;30',
      '04.11.2015 12:42:31;2;4788;"0,5";0,01;4194304;30',
    ];
    writeFileSync(file, [header, ...rows].join('\r\n'));
    const { workload, notes } = readBitbrains([file]);
    expect(workload.vms).toEqual([
      {
        ...{
          name: '01',
          account: 0,
          startMicros: 0,
          endMicros: null,
          cpuMillis: 2000,
          memoryBytes: 4 * GIB,
          diskBytes: 30 * GIB,
        },
        cpuUse: { micros: [STEP, STEP], ratios: [0.25, 0.5 / 4788] },
      },
    ]);
    expect(noteOf(notes, 'first start, last end')).toBe('2015-11-04T12:37:31Z, 2015-11-04T12:47:31Z');
  });

  it('leaves out samples that are not later, and says that sizes changed', () => {
    const folder = folderOf({ 'a.csv': [row(1000, 1), row(1000, 4), row(700), row(1300, 2, 4000, 0, 0, 1024)] });
    const { workload, notes } = readBitbrains([folder]);
    expect(workload.vms[0]).toMatchObject({ cpuMillis: 4000, memoryBytes: 8 * GIB, cpuUse: { micros: [STEP, STEP] } });
    expect(noteOf(notes, 'left out')).toMatch(/^2 samples not later/);
    expect(noteOf(notes, 'cores or memory changed')).toMatch(/^1 VMs/);
  });

  it('tells every damaged row, a missing column and an empty folder', () => {
    const folder = folderOf({
      'a.csv': [row('31.02.2015 00:00:00'), row(1300, 'two'), '5;\t6', row(1600, 1, 1, -1)],
      'b.csv': [row('soon')],
    });
    expect(problemsIn(() => readBitbrains([folder])).map((line) => line.slice(folder.length + 1))).toEqual([
      'a.csv:2:1: no time: write seconds since 1970 or dd.MM.yyyy HH:mm:ss',
      "a.csv:3:7: 'two' is no number of at least 0",
      'a.csv:4:1: this row has 2 cells; 8 are due',
      "a.csv:5:13: '-1' is no number of at least 0",
      'b.csv:2:1: no time: write seconds since 1970 or dd.MM.yyyy HH:mm:ss',
    ]);
    const comma = join(temporaryFolder(), 'c.csv');
    writeFileSync(comma, NAMES.join(',') + '\n');
    expect(problemsIn(() => readBitbrains([comma]))[0]).toMatch(
      /the header has no column 'timestamp', 'cpu cores', .*semicolons/,
    );
    expect(problemsIn(() => readBitbrains([temporaryFolder()]))[0]).toMatch(
      /the folder has no \.csv or \.csv\.gz file/,
    );
  });
});

describe.skipIf(!hasSharedData)('a VM of GWA-T-12 (skipped where ../shared/data is not there)', () => {
  const file = sharedData('bitbrains-small/gwa-t-12-one-vm.csv.gz');

  it('has 8,619 samples, over a month', () => {
    const { workload, notes } = readBitbrains([file]);
    expect(noteOf(notes, 'samples')).toBe('8619');
    expect(noteOf(notes, 'first start, last end')).toMatch(/^2013-08-12T13:40:46Z, /);
    const [vm] = workload.vms;
    expect(vm).toMatchObject({ name: 'gwa-t-12-one-vm', cpuMillis: 1000, memoryBytes: 2_097_152 * KIB });
    expect(vm!.cpuUse!.ratios[0]).toBeCloseTo(0.00733, 5);
  });

  it('is refused where it is cut off', () => {
    const cut = join(temporaryFolder(), 'cut.csv.gz');
    writeFileSync(cut, readFileSync(file).subarray(0, 50_000));
    expect(problemsIn(() => readBitbrains([cut]))[0]).toMatch(
      /cut\.csv\.gz:1:1: the packed file is damaged or cut off/,
    );
  });
});
