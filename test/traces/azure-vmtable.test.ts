import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { readAzureVmTable } from '../../sim/traces/azure-vmtable.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { noteOf, problemsIn } from './refusal.js';

const SECOND = 1_000_000;
const ROWS = [
  'v/1+=,s1,d1,0,2591700,99.4,3.5,10.2,Delay-insensitive,1,1.75',
  'v2,s2,d1,3600,7200,50,25,40,Interactive,4,7',
  'v3,s1,d2,300,300,100,101,100,Unknown,2,3.5',
  'v4,s1,d2,600,1200.0,,,,Unknown,2,4',
];

function table(rows: readonly string[], packed = false): string {
  const file = join(temporaryFolder(), packed ? 'vmtable.csv.gz' : 'vmtable.csv');
  const text = `${rows.join('\n')}\n`;
  writeFileSync(file, packed ? gzipSync(text) : text);
  return file;
}

describe('Azure VM tables', () => {
  it.each([false, true])('2017: subscriptions, seconds, GB, the mean CPU use (packed: %s)', (packed) => {
    const { workload, notes } = readAzureVmTable(table(ROWS, packed), 2017);
    const whole = 2_592_000 * SECOND;
    expect(workload).toEqual({
      accounts: ['s1', 's2'],
      vms: [
        {
          ...{ name: 'v_1-', account: 0, startMicros: 0, endMicros: null, cpuMillis: 1000, memoryBytes: 1.75 * GIB },
          ...{ diskBytes: 0, cpuUse: { micros: [whole], ratios: [0.035] } },
        },
        {
          ...{ name: 'v3', account: 0, startMicros: 300 * SECOND, endMicros: 600 * SECOND, cpuMillis: 2000 },
          ...{ memoryBytes: 3.5 * GIB, diskBytes: 0, cpuUse: { micros: [300 * SECOND], ratios: [1] } },
        },
        {
          ...{ name: 'v4', account: 0, startMicros: 600 * SECOND, endMicros: 1200 * SECOND, cpuMillis: 2000 },
          ...{ memoryBytes: 4 * GIB, diskBytes: 0, cpuUse: null },
        },
        {
          ...{ name: 'v2', account: 1, startMicros: 3600 * SECOND, endMicros: 7200 * SECOND, cpuMillis: 4000 },
          ...{ memoryBytes: 7 * GIB, diskBytes: 0, cpuUse: { micros: [3600 * SECOND], ratios: [0.25] } },
        },
      ],
    });
    expect(noteOf(notes, 'deployments')).toBe('2, not kept');
    expect(noteOf(notes, 'categories')).toBe('Delay-insensitive 1, Interactive 1, Unknown 2; not kept');
    expect(noteOf(notes, 'shorter than a reading')).toBe('1, counted as 300 s');
    expect(noteOf(notes, 'CPU use above 100 %')).toBe('1, cut to 100 %');
  });

  it('2019: open buckets count as 30 cores and 70 GB, or as told; a header is passed over', () => {
    const rows = [
      'vmid,subscriptionid,c,d,e,f,g,h,i,j,k',
      'v1,s1,d1,0,600,9,5,8,Unknown,>24,>64',
      'v2,s1,d1,0,600,9,5,8,Unknown,8,32',
    ];
    const file = table(rows);
    const sizes = (options = {}) =>
      readAzureVmTable(file, 2019, options).workload.vms.map(({ cpuMillis, memoryBytes }) => [cpuMillis, memoryBytes]);
    expect(sizes()).toEqual([
      [30_000, 70 * GIB],
      [8000, 32 * GIB],
    ]);
    expect(sizes({ openCpuMillis: 48_000, openMemoryBytes: 128 * GIB })[0]).toEqual([48_000, 128 * GIB]);
    const { notes } = readAzureVmTable(file, 2019);
    expect(noteOf(notes, 'cores in the open bucket')).toBe('1, counted as 30 cores');
    // In 2017 there are no buckets.
    expect(problemsIn(() => readAzureVmTable(file, 2017))).toEqual([
      `${file}:2:30: cores: '>24' is no number of at least 0`,
      `${file}:2:34: memory: '>64' is no number of at least 0`,
    ]);
  });

  it('tells every damaged row, and what is cut off', () => {
    const rows = [ROWS[0]!, 'v2,s2,d1,3600', ROWS[1]!, ROWS[1]!, 'v5,,d1,5,3,1,1,1,Unknown,0,x'];
    const file = table(rows);
    expect(problemsIn(() => readAzureVmTable(file, 2017))).toEqual([
      `${file}:2:1: this row has 4 cells; 11 are due`,
      `${file}:4:1: VM 'v2' stands further up`,
      `${file}:5:4: no subscription is named`,
      `${file}:5:10: it is deleted before it is created`,
      `${file}:5:28: memory: 'x' is no number of at least 0`,
      `${file}:5:26: a VM has more than 0 cores`,
    ]);
    const cut = join(temporaryFolder(), 'vmtable.csv.gz');
    writeFileSync(cut, gzipSync(ROWS.join('\n')).subarray(0, 60));
    expect(problemsIn(() => readAzureVmTable(cut, 2017))[0]).toMatch(
      /vmtable\.csv\.gz:1:1: the packed file is damaged or cut off/,
    );
    expect(problemsIn(() => readAzureVmTable(table([]), 2017))[0]).toMatch(/the table has no VMs$/);
  });
});
