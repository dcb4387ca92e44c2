import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { readTraceCsv, writeTraceCsv } from '../../sim/traces/trace-csv.js';
import { normalised, type SourceVm } from '../../sim/traces/trace-workload.js';
import { problemsIn } from './refusal.js';

const CENTURY_MICROS = 100 * 365 * 86_400_000_000;

const piece = fc.record({
  length: fc.integer({ min: 1, max: CENTURY_MICROS / 10 }),
  // -0 is written as 0.
  ratio: fc.double({ min: 0, max: 1, noNaN: true }).map((ratio) => (ratio === 0 ? 0 : ratio)),
});

const vm: fc.Arbitrary<SourceVm> = fc
  .record({
    account: fc.string({ maxLength: 3 }),
    name: fc.string({ maxLength: 4 }),
    startMicros: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: CENTURY_MICROS / 2 })),
    life: fc.option(fc.integer({ min: 1, max: 1e15 })),
    cpuMillis: fc.integer({ min: 1, max: 1e9 }),
    memoryBytes: fc.integer({ min: 1, max: 2 ** 50 }),
    diskBytes: fc.integer({ min: 0, max: 2 ** 50 }),
    pieces: fc.option(fc.array(piece, { minLength: 1, maxLength: 5 })),
  })
  .map(({ life, pieces, ...rest }) => ({
    ...rest,
    endMicros: life === null ? null : Math.min(rest.startMicros + life, CENTURY_MICROS),
    cpuUse: pieces && { micros: pieces.map(({ length }) => length), ratios: pieces.map(({ ratio }) => ratio) },
  }));

describe('podtwin-trace', () => {
  it('gives back what was written, to the microsecond, the byte and the last bit, whatever the names were', () => {
    fc.assert(
      fc.property(fc.array(vm, { maxLength: 12 }), (source) => {
        const workload = normalised(source);
        const text = writeTraceCsv(workload);
        expect(readTraceCsv(text, 'vms.csv')).toEqual(workload);
        expect(writeTraceCsv(readTraceCsv(text, 'vms.csv'))).toBe(text);
      }),
    );
  });

  it('sorts by start, keeps the order of the source among equals, numbers accounts by first appearance', () => {
    const one = { endMicros: null, cpuMillis: 1, memoryBytes: 1, diskBytes: 0, cpuUse: null };
    const { accounts, vms } = normalised([
      { account: 'late', name: 'a', startMicros: 5, ...one },
      { account: 'b/c=', name: 'x', startMicros: 0, ...one },
      { account: 'b_c', name: 'x', startMicros: 0, ...one },
      { account: 'b/c=', name: '?', startMicros: 0, ...one },
      { account: 'b/c=', name: '!', startMicros: 0, ...one },
    ]);
    expect(accounts).toEqual(['b_c', 'b_c-2', 'late']);
    expect(vms.map(({ account, name }) => `${account} ${name}`)).toEqual(['0 x', '1 x', '0 x-', '0 x--2', '2 a']);
  });

  it('reads what people write: units in cells or in the header, columns in any order', () => {
    const text = 'vm,account,memoryGiB,cpu [cores],start,end\nweb,acme,4,2,1h,\n';
    expect(readTraceCsv(text, 'v.csv')).toEqual({
      accounts: ['acme'],
      vms: [
        {
          ...{ name: 'web', account: 0, startMicros: 3_600_000_000, endMicros: null },
          ...{ cpuMillis: 2000, memoryBytes: 4 * GIB, diskBytes: 0, cpuUse: null },
        },
      ],
    });
  });

  it('tells every damaged row at its place', () => {
    const text = `# podtwin-trace 1
account,vm,start,end,cpu,memory,disk,use
acme,a,0 s,1 h,1 core,1 GiB,0 B,5min:0.5 1h:1
acme,a,0 s,,1 core,1 GiB,0 B,
acme,b,,,1 GiB,0 B,9,5min:1.5
acme,c,2 h,1 h,1 core,1 GiB,0 B,
acme
b c,d,0 s,,0 cores,1 GiB,0 B,5:0.1
`;
    expect(problemsIn(() => readTraceCsv(text, 'v.csv'))).toEqual([
      "v.csv:4:6: vm: account 'acme' has a VM 'a' further up",
      'v.csv:5:8: start: no start is given; write 0 s for one that ran already',
      "v.csv:5:22: use: '1.5' is no share of the VM's CPU; write 0 to 1",
      "v.csv:5:10: cpu: 'GiB' is no unit here; write e.g. 2 cores (units: core, cores, millicore, millicores)",
      'v.csv:5:16: memory: the memory is 0; write more',
      "v.csv:5:20: disk: '9' has no unit; write e.g. 4 GiB, or the unit into the header (units: B, KiB, MiB, GiB, TiB, PiB, kB, MB, GB, TB, PB)",
      'v.csv:6:12: end: the VM ends before it starts, or just then',
      'v.csv:7:1: this row has 1 cell; 8 are due',
      "v.csv:8:1: account: 'b c' is no name; use letters, digits, - and _, at most 100",
      "v.csv:8:30: use: '5:0.1' is no piece; write LENGTH:RATIO, e.g. 5min:0.25",
      'v.csv:8:12: cpu: the cpu is 0; write more',
    ]);
  });

  it.each([
    [
      '# podtwin-trace 2\naccount',
      "v.csv:1:1: '# podtwin-trace 2' is not '# podtwin-trace 1', which this version reads",
    ],
    ['', 'v.csv:1:1: the file is empty; a header is due: account,vm,start,end,cpu,memory,disk,use'],
    [
      'account,vm,start,end,cpu,memry,cpu\n',
      "v.csv:1:26: there is no column 'memry'; known: account, vm, start, end, cpu, memory, disk, use",
    ],
    ['account,vm,start,cpu,memoryGB2\n', /^v.csv:1:22: 'GB2' is no unit of the column 'memory' \(units: B, KiB/],
    ['account,"vm\n', /^v.csv:1:1: this is no CSV: .*quot/i],
  ])('%j is no trace', (text, first) => {
    const [problem] = problemsIn(() => readTraceCsv(text, 'v.csv'));
    if (typeof first === 'string') expect(problem).toBe(first);
    else expect(problem).toMatch(first);
  });
});
