import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../sim/base/units.js';
import { SOURCE_FORMATS } from '../../sim/traces/formats.js';
import { assembleOpendc } from '../../sim/traces/opendc.js';
import { damaged } from '../../sim/traces/problem-list.js';
import { traceFigures } from '../../sim/traces/trace-figures.js';
import { readTraceCsv, writeTraceCsv } from '../../sim/traces/trace-csv.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { problemsIn, problemsInAsync } from './refusal.js';

/** A source of one file, or of several by their names in a folder. */
type Source = string | Record<string, string>;

async function read(format: string, source: Source): Promise<{ folder: string; result: () => Promise<unknown> }> {
  const folder = temporaryFolder();
  const files = typeof source === 'string' ? { 'vm.csv': source } : source;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const path = typeof source === 'string' ? join(folder, 'vm.csv') : folder;
  const found = SOURCE_FORMATS.find(({ name }) => name === format)!;
  return { folder, result: async () => found.read([path], {}) };
}

const azure = ({ created = '0', deleted = '300', cores = '2', memory = '4' }): string =>
  `a,s,d,${created},${deleted},10,5,9,X,${cores},${memory}\n`;

const bitbrains = ({ time = '1376314846', cores = '2', memory = '1024', disk = '1' }): string =>
  [
    'Timestamp [ms];CPU cores;CPU capacity provisioned [MHZ];CPU usage [MHZ];CPU usage [%];Memory capacity provisioned [KB];Disk size [GB]',
    `${time};${cores};4000;10;1;${memory};${disk}`,
  ].join('\n');

const opendc = ({ start = '0', duration = '1000', cpu = '1', memory = '4' }, fragments = ''): Source => ({
  'tasks.csv': `id,submission_time,duration,cpu_count,cpu_capacity,mem_capacity\n7,${start},${duration},${cpu},1000,${memory}\n`,
  'fragments.csv': `id,duration,cpu_usage\n${fragments}`,
});

const trace = (row: string): string => `account,vm,start,end,cpu,memory,disk,use\n${row}\n`;

const balcon = (cpu: number, mem: number): string =>
  JSON.stringify({ hosts: [{ cpu, mem }], vms: [{ cpu: 1, mem: 1 }], mapping: [0] });

const rescheduling = (cpus: readonly number[]): string =>
  JSON.stringify({
    cluster_list: [
      {
        cluster_name: 'c',
        host_info: [
          {
            node_id: 'h',
            status: 'ACTIVE',
            numa: cpus.map((cpu, node) => ({ node, total_cpu: cpu, memory_huge_total_mb: 1024 })),
          },
        ],
        vm_instance: [],
      },
    ],
  });

const hosts = (cpu: string, memory: string): Source => ({ 'hosts.csv': `pod,host,cpu,memory\np,h,${cpu},${memory}\n` });

const TIME = 'is more than podtwin can simulate, which is 36500 d at most';
const SIZE = 'is more than podtwin can simulate, which is 8 PiB at most';
const CPU = 'is more than podtwin can simulate, which is 9007199254741 cores at most';

const REFUSED: readonly [format: string, what: string, source: Source, problem: string][] = [
  ...['azure-2017', 'azure-2019'].flatMap((format) =>
    (
      [
        ['memory', azure({ memory: '1e15' }), `vm.csv:1:24: memory: '1e15' ${SIZE}`],
        ['cores', azure({ cores: '1e308' }), `vm.csv:1:22: cores: '1e308' ${CPU}`],
        ['deleted', azure({ deleted: '1e20' }), `vm.csv:1:9: deleted: '1e20' ${TIME}`],
        [
          'created, of which the first interval ends too late',
          azure({ created: '3153600000', deleted: '3153600000' }),
          `vm.csv:1:7: created: '3153600000' ${TIME}`,
        ],
      ] as const
    ).map(([what, source, problem]) => [format, what, source, problem] as [string, string, Source, string]),
  ),
  ['bitbrains', 'cores', bitbrains({ cores: '1e308' }), `vm.csv:2:12: '1e308' ${CPU}`],
  ['bitbrains', 'memory', bitbrains({ memory: '1e308' }), `vm.csv:2:24: '1e308' ${SIZE}`],
  ['bitbrains', 'disk', bitbrains({ disk: '1e9' }), `vm.csv:2:29: '1e9' ${SIZE}`],
  ['bitbrains', 'seconds', bitbrains({ time: '99999999999' }), 'vm.csv:2:1: no time from 1970-01-01 to 2069-12-06'],
  [
    'bitbrains',
    'a year',
    bitbrains({ time: '01.01.9999 00:00:00' }),
    'vm.csv:2:1: no time from 1970-01-01 to 2069-12-06',
  ],
  ['opendc', 'memory', opendc({ memory: '1e15' }), `tasks.csv:2:17: mem_capacity: '1000000000000000' ${SIZE}`],
  ['opendc', 'cores', opendc({ cpu: '1e13' }), `tasks.csv:2:10: cpu_count: '10000000000000' ${CPU}`],
  ['opendc', 'duration', opendc({ duration: '1e15' }), `tasks.csv:2:5: duration: '1000000000000000' ${TIME}`],
  ['opendc', 'submission', opendc({ start: '9e15' }), `tasks.csv:2:3: submission_time: '9000000000000000' ${TIME}`],
  [
    'opendc',
    'an end',
    opendc({ start: '3153600000000' }),
    'tasks.csv:2:17: duration: it ends more than 36500 d after 1970, which is more than podtwin can simulate',
  ],
  ['opendc', 'a fragment', opendc({}, '7,1e15,1\n'), `fragments.csv:2:3: duration: '1000000000000000' ${TIME}`],
  [
    'opendc',
    'all fragments',
    opendc({}, '7,3153600000000,1\n7,1,1\n'),
    'fragments.csv:3:3: duration: it ends more than 36500 d after 1970, which is more than podtwin can simulate',
  ],
  ['podtwin-trace', 'start', trace('a,v,36501 d,,1 core,1 GiB,,'), `vm.csv:2:5: start: '36501 d' ${TIME}`],
  ['podtwin-trace', 'memory', trace('a,v,0 s,,1 core,9 PiB,,'), `vm.csv:2:17: memory: '9 PiB' ${SIZE}`],
  ['podtwin-trace', 'a piece', trace('a,v,0 s,,1 core,1 GiB,,36501d:1'), `vm.csv:2:24: use: '36501d' ${TIME}`],
  [
    'podtwin-trace',
    'all pieces',
    trace('a,v,1 d,,1 core,1 GiB,,36499d:1 1us:0'),
    `vm.csv:2:24: use: the end of the last piece ${TIME}`,
  ],
  ['balcon', 'cpu', balcon(1e15, 1024), `vm.csv:1:18: hosts[0].cpu: this ${CPU} (found 1000000000000000)`],
  ['balcon', 'mem', balcon(8, 2 ** 43), `vm.csv:1:26: hosts[0].mem: this ${SIZE} (found 8796093022208)`],
  [
    'vm-rescheduling',
    'a NUMA node',
    rescheduling([1e13]),
    `vm.csv:1:114: cluster_list[0].host_info[0].numa[0].total_cpu: this ${CPU} (found 10000000000000)`,
  ],
  [
    'vm-rescheduling',
    'all NUMA nodes',
    rescheduling([9e12, 9e12]),
    `vm.csv:1:91: cluster_list[0].host_info[0].numa: the nodes' cpu: the sum ${CPU}`,
  ],
  ['inventory-csv', 'memory', hosts('1 core', '9 PiB'), `hosts.csv:2:12: memory: '9 PiB' ${SIZE}`],
  ['inventory-csv', 'cpu', hosts('1e13 cores', '1 GiB'), `hosts.csv:2:5: cpu: '1e13 cores' ${CPU}`],
];

describe('more than podtwin can simulate is refused at its place', () => {
  it.each(REFUSED)('%s: %s', async (format, _what, source, problem) => {
    const { folder, result } = await read(format, source);
    const [first] = await problemsInAsync(result);
    expect(first!.slice(folder.length + 1).replace(/error\[trace-damaged\]: /, '')).toContain(problem);
  });

  it('of a Parquet pair, too', () => {
    const tasks = { id: [1], submission_time: [0], duration: [1], cpu_count: [1], cpu_capacity: [1] };
    const files = { tasks: 'tasks.parquet', fragments: 'fragments.parquet' };
    const wrong = (table: 'tasks' | 'fragments', row: number, column: string, message: string): never => {
      throw damaged(`${table}, row ${row + 1}, column ${column}: ${message}`, files[table]);
    };
    const tables = { tasks: { ...tasks, mem_capacity: [2 ** 50] }, fragments: { id: [], duration: [], cpu_usage: [] } };
    expect(problemsIn(() => assembleOpendc({ tables, files, wrong }, 'one'))).toEqual([
      expect.stringContaining(`tasks, row 1, column mem_capacity: '1125899906842624' ${SIZE}`),
    ]);
  });
});

describe('the most that is let through', () => {
  const CENTURY = QUANTITIES.duration.most!;

  it.each([
    ['azure-2017', azure({ created: '3153599700', deleted: '3153599700', cores: '9007199254740', memory: '8388607' })],
    ['bitbrains', bitbrains({ time: '3153599700', cores: '9007199254740', memory: '8796093022207', disk: '8388607' })],
    ['opendc', opendc({ duration: '3153600000000', memory: '8796093022207' }, '7,3153599999999,1\n7,1,5\n')],
    ['podtwin-trace', trace('a,v,1 d,,9007199254740 cores,8191 TiB,,36498d:1 1d:0')],
  ] as const)('%s: is written so that it is read back, in a run that may be so long', async (format, source) => {
    const { result } = await read(format, source);
    const { workload } = (await result()) as { workload: Parameters<typeof writeTraceCsv>[0] };
    expect(readTraceCsv(writeTraceCsv(workload), 'vms.csv')).toEqual(workload);
    expect(traceFigures(workload).lengthMicros).toBeLessThanOrEqual(CENTURY);
  });
});
