/** `workload.trace`: a recorded trace as a scenario's customers: read, scaled, limited, and told where it is wrong. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../sim/base/errors.js';
import { loadScenario, scenarioYaml } from '../../sim/scenario/loader.js';
import type { TraceVm, TraceWorkload } from '../../sim/scenario/trace-workload.js';
import { load, optionsFor, problemsOf, scenario } from './load.js';

/** By name of the VM. */
const USES: Record<string, TraceVm['cpuUse']> = {
  used: { micros: [0, 10], ratios: [0.5, 0.1] },
  thirds: { micros: [1, 1, 1, 1, 1, 1, 1], ratios: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] },
  blink: { micros: [1, 5, 1], ratios: [0.1, 0.2, 0.3] },
  long: { micros: [1e15, 1], ratios: [0.1, 0.2] },
};

/** A reader of these tests: accounts, and VMs as "account name start end". */
function readTrace(text: string, file: string): TraceWorkload {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0)
    throw new InputError([{ code: 'empty', message: 'no VM', place: { file, line: 1, column: 1 } }]);
  const rows = lines.map((line) => line.split(' '));
  const accounts = [...new Set(rows.map(([account]) => account!))];
  const vms = rows.map(([account, name, start, end]): TraceVm => ({
    name: name!,
    account: accounts.indexOf(account!),
    startMicros: Number(start),
    endMicros: end === undefined ? null : Number(end),
    ...{ cpuMillis: 1000, memoryBytes: 2 ** 30, diskBytes: 0 },
    cpuUse: USES[name!] ?? null,
  }));
  return { accounts, vms };
}

const traceReaders = { lines: readTrace };

describe('a trace', () => {
  const text = (trace: string, more = '') => scenario({ more: `workload: {trace: ${trace}}\n${more}` });
  const FILES = { 'vms.txt': 'a x -50 20\nb/1 y 0\nb/1 used 10 90\nold z 11 12\n' };

  it('is read, scaled, cut to a limit, and put in order', () => {
    const loaded = load(text('{format: lines, file: vms.txt, timeScale: 2, limit: 3}'), { traceReaders }, FILES);
    const { trace, accounts } = loaded.workload!;
    expect(accounts.initial).toBe(0);
    expect(trace!.zone).toBe('z1');
    expect(trace!.accounts).toEqual([
      { name: 'a', atMicros: 0 },
      { name: 'b-1', atMicros: 0 },
    ]);
    expect(
      trace!.vms.map(({ name, account, startMicros, endMicros, cpuUse }) => [
        name,
        account,
        startMicros,
        endMicros,
        cpuUse,
      ]),
    ).toEqual([
      ['x', 0, 0, 40, null],
      ['y', 1, 0, null, null],
      ['used', 1, 20, 180, { micros: [20], ratios: [0.1] }],
    ]);
  });

  it('leaves out what was over before it begins', () => {
    const files = { 'vms.txt': 'a x -50 -20\nb y -10 0\nb z 5 9\n' };
    const { trace } = load(text('{format: lines, file: vms.txt, limit: 1}'), { traceReaders }, files).workload!;
    expect([trace!.accounts, trace!.vms.map(({ name }) => name)]).toEqual([[{ name: 'b', atMicros: 5 }], ['z']]);
  });

  it.each([
    // Ends at 0.4, 0.8, 1.2 ...: no rounding adds up.
    [0.4, 'thirds', { micros: [1, 1, 1], ratios: [0.2, 0.4, 0.7] }],
    [0.4, 'blink', { micros: [2, 1], ratios: [0.2, 0.3] }],
    [1e-9, 'blink', { micros: [1], ratios: [0.3] }],
    [3, 'blink', { micros: [3, 15, 3], ratios: [0.1, 0.2, 0.3] }],
  ])('scaled by %d keeps pieces of CPU use of a microsecond and the last one: %s', (timeScale, name, cpuUse) => {
    const { trace } = load(text(`{format: lines, data: a ${name} 0, timeScale: ${timeScale}}`), {
      traceReaders,
    }).workload!;
    expect(trace!.vms[0]!.cpuUse).toEqual(cpuUse);
  });

  it('stands in the text of the scenario, which loads to the same on its own, and only when it is asked for', () => {
    const options = optionsFor(
      { 'd/f.yaml': text('{format: lines, file: vms.txt}'), 'd/vms.txt': FILES['vms.txt'] },
      { traceReaders },
    );
    const loaded = loadScenario('d/f.yaml', options);
    expect(Object.getOwnPropertyDescriptor(loaded, 'scenarioText')!.get).toBeDefined();
    const written = scenarioYaml(loaded);
    expect(written).toMatch(/data: "a x -50 20\s+b\/1 y 0/);
    expect(written).not.toContain('vms.txt');
    expect(scenarioYaml(loaded)).toBe(written);
    const again = loadScenario('f.yaml', optionsFor({ 'f.yaml': written }, { traceReaders }));
    expect(again.workload).toEqual(loaded.workload);
    expect(scenarioYaml(again)).toBe(written);
  });

  it.each([
    [
      '{}',
      [
        "13:19: workload.trace.format is missing; add e.g. 'format: podtwin-trace'",
        "13:19: workload.trace: the file is missing; add e.g. 'file: ./vms.csv'",
      ],
    ],
    [
      '{format: linse, file: x}',
      ["13:28: workload.trace.format: there is no reader for the format 'linse'; did you mean 'lines'?"],
    ],
    ['{format: lines}', ["13:19: workload.trace: the file is missing; add e.g. 'file: ./vms.csv'"]],
    [
      '{format: lines, file: vms.txt, data: "a x 1"}',
      ['13:50: workload.trace.data: file and data say the same thing twice; keep one of them'],
    ],
    ['{format: lines, file: no.txt}', ["13:41: 'no.txt': there is no such file"]],
    [
      '{format: lines, file: vms.txt, zone: z2}',
      ["13:56: workload.trace.zone: no zone 'z2' is declared; did you mean 'z1'?"],
    ],
    ['{format: lines, file: vms.txt, timeScale: 0}', ['13:61: workload.trace.timeScale: a number above 0 is due here']],
    ['{format: lines, file: vms.txt, limit: 0}', ['13:57: workload.trace.limit: a number of at least 1 is due here']],
    [
      '{format: lines, file: vms.txt, speed: 2}',
      ["13:50: unknown key 'speed' in workload.trace; known: format, file, data, zone, timeScale, limit"],
    ],
    [
      '{format: lines, data: "acme x 1"}',
      ["13:19: workload.trace: the file has a customer 'acme', and an account is called so; rename one"],
    ],
    [
      '{format: lines, data: "customer-0007 x 1"}',
      [
        "13:19: workload.trace: the file has a customer 'customer-0007', and one of the workload's customers is called so; rename one",
      ],
    ],
    [
      '{format: lines, data: "a.b x 1\\na-b y 2"}',
      ["13:19: workload.trace: the file has customers 'a.b' and 'a-b', which would both be named 'a-b'; rename one"],
    ],
    ['{format: lines, data: "a x 1\\na x 2"}', ["13:19: workload.trace: customer 'a' has two VMs 'x'; rename one"]],
    ...['a x 1e12', 'a x 0 1e12', 'a long 0'].map((row): [string, string[]] => [
      `{format: lines, timeScale: 10000, data: ${row}}`,
      [
        `13:46: workload.trace.timeScale: too large for this trace: times of VM '${row.split(' ')[1]}' of customer 'a' become more than can be counted exactly; write a smaller one`,
      ],
    ]),
    ['{format: lines, timeScale: 10000, limit: 1, data: "a x 1\\na y 1e12"}', []],
    [
      '{format: lines, data: a x 1e16}',
      ["13:19: workload.trace: times of VM 'x' of customer 'a' are more than can be counted exactly"],
    ],
  ])('%s', (trace, expected) => {
    const told = problemsOf(text(trace, 'accounts: [{name: acme}]'), { traceReaders }, FILES);
    expect(told.map((line) => line.replace(/; check .*$/, ''))).toEqual(expected.map((line) => `f.yaml:${line}`));
  });

  it('tells what its reader finds, at its place', () => {
    const told = problemsOf(text('{format: lines, file: empty.txt}'), { traceReaders }, { 'empty.txt': '\n' });
    expect(told).toEqual(['empty.txt:1:1: no VM']);
  });

  it('is not read twice, whatever the variants', () => {
    let reads = 0;
    const counting = { lines: (data: string, file: string) => (reads++, readTrace(data, file)) };
    const more = 'variants: {a: {seed: 3}, b: {workload.trace.limit: 1}}';
    expect(problemsOf(text('{format: lines, file: vms.txt}', more), { traceReaders: counting }, FILES)).toEqual([]);
    expect(reads).toBe(1);
  });
});
