/** What customers ask for and when, as files write it: every form, and every mistake at its place. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../sim/base/errors.js';
import { jsonSchema } from '../../sim/scenario/json-schema.js';
import { loadScenario, scenarioYaml } from '../../sim/scenario/loader.js';
import type { TraceVm, TraceWorkload } from '../../sim/scenario/trace-workload.js';
import { expectProblems, load, optionsFor, problemsOf, scenario } from './load.js';

const workload = (written: string) => load(scenario({ more: `workload: ${written}` })).workload!;
const problems = (written: string) => problemsOf(scenario({ more: `workload: ${written}` }));
const DAY = 86_400;

describe('names of published distributions', () => {
  it.each([2017, 2019])('of %i', (year) => {
    const written = `{accounts: {vms: azure-${year}-deployments, sizes: azure-${year}}, vms: {lifetime: azure-${year}, arrivals: {group: azure-${year}-deployments}}}`;
    const { accounts, vms } = workload(written);
    const azure = { kind: 'azure', year };
    expect([accounts.vms, accounts.sizes, vms.lifetimeSeconds, vms.arrivals!.group]).toEqual([
      azure,
      azure,
      azure,
      azure,
    ]);
  });

  it('misspelt are told with the nearest', () => {
    expect(problems('{accounts: {vms: azure-2019-deploymets}}')).toEqual([
      "f.yaml:13:28: workload.accounts.vms: there is no distribution of numbers of VMs 'azure-2019-deploymets'; did you mean 'azure-2019-deployments'?",
    ]);
    expect(problems('{vms: {lifetime: azure-2018}}')).toEqual([
      "f.yaml:13:28: workload.vms.lifetime: there is no lifetime 'azure-2018'; did you mean 'azure-2017'?",
    ]);
    expect(problems('{accounts: {sizes: azure2019}}')).toEqual([
      "f.yaml:13:30: workload.accounts.sizes: the text 'azure2019' is not allowed here; did you mean 'azure-2019'? (allowed: azure-2017, azure-2019)",
    ]);
    expect(problems('{vms: {arrivals: {group: azure}}}')).toEqual([
      "f.yaml:13:36: workload.vms.arrivals.group: there is no distribution of numbers of VMs 'azure'; known: azure-2017-deployments, azure-2019-deployments",
    ]);
    // What begins with a digit was meant as a quantity.
    expect(problems('{vms: {lifetime: 3 hours}}')[0]).toMatch(/'hours' is no unit|3 hours/);
  });

  it('give way to shares of offerings, and both are one too many', () => {
    expect(workload('{accounts: {offerings: {small: 1}}}').accounts).toMatchObject({
      sizes: null,
      offerings: [{ offering: 'small', share: 1 }],
    });
    expect(problems('{accounts: {offerings: {small: 1}, sizes: azure-2019}}')).toEqual([
      "f.yaml:13:46: workload.accounts.sizes: VMs are of offerings or of sizes; remove 'sizes', or 'offerings' beside it",
    ]);
  });

  it('need no offering that customers could choose', () => {
    const text = scenario({
      small: '{cpu: 1 core, memory: 1 GiB, system: true}',
      more: 'workload: {accounts: {initial: 1}}',
    });
    expect(load(text).workload!.accounts.sizes).not.toBeNull();
  });
});

describe('arrivals', () => {
  it('at a rate of their own are always as many, unless a curve says', () => {
    expect(workload('{accounts: {arrivals: {poisson: 2 per d}}}').accounts.arrivals).toEqual({
      perSecond: 2 / DAY,
      curve: 'flat',
      growthPerSecond: 0,
    });
    const { arrivals } = workload(
      '{vms: {arrivals: {poisson: 1 per d, curve: office-day, growth: 10 % per 30d, group: 3}}}',
    ).vms;
    expect(arrivals).toEqual({
      perSecond: 1 / DAY,
      curve: 'office-day',
      growthPerSecond: Math.log1p(0.1) / (30 * DAY),
      group: { kind: 'constant', value: 3 },
    });
  });

  it("at Azure's rate go by Azure's week, unless a curve says", () => {
    expect(workload('{vms: {arrivals: {}}}').vms.arrivals).toEqual({
      perSecond: null,
      curve: 'office-week',
      growthPerSecond: 0,
      group: { kind: 'constant', value: 1 },
    });
    expect(workload('{vms: {arrivals: {curve: office-day}}}').vms.arrivals).toMatchObject({
      perSecond: null,
      curve: 'office-day',
    });
  });

  it('along points of their own', () => {
    const own = '{points: [[0 h, 0.5], [8h, 2], [8h, 0], [24h, 0]], period: 1d}';
    expect(workload(`{accounts: {arrivals: {poisson: 1/h, curve: ${own}}}}`).accounts.arrivals!.curve).toEqual({
      periodSeconds: DAY,
      points: [
        { seconds: 0, relative: 0.5 },
        { seconds: 8 * 3600, relative: 2 },
        { seconds: 8 * 3600, relative: 0 },
        { seconds: DAY, relative: 0 },
      ],
    });
    const week = workload('{vms: {arrivals: {curve: {points: [[1d, 1]]}}}}').vms.arrivals!.curve;
    expect(week).toEqual({ periodSeconds: 7 * DAY, points: [{ seconds: DAY, relative: 1 }] });
  });

  it.each([
    ['1/3 per d', null],
    ['50 % per d', Math.log1p(0.5) / DAY],
    ['0.5 / w', Math.log1p(0.5) / (7 * DAY)],
    ['0 % per 30d', 0],
  ])('grow: %s', (growth, perSecond) => {
    if (perSecond === null) expect(problems(`{vms: {arrivals: {growth: ${growth}}}}`)).toHaveLength(1);
    else expect(workload(`{vms: {arrivals: {growth: ${growth}}}}`).vms.arrivals!.growthPerSecond).toBe(perSecond);
  });

  it.each([
    [
      'curve: office-weak',
      "36: workload.accounts.arrivals.curve: there is no curve 'office-weak'; did you mean 'office-week'?",
    ],
    ['curve: 7', '36: workload.accounts.arrivals.curve: write flat, office-day, office-week, or points'],
    ['curve: {points: []}', '45: workload.accounts.arrivals.curve.points: at least 1 entry is due here'],
    ['curve: {}', '36: workload.accounts.arrivals.curve.points is missing; add it'],
    [
      'curve: {points: [[0, 1]]}',
      '47: workload.accounts.arrivals.curve.points.0.0: 0 has no unit; write a duration, e.g. 0 min',
    ],
    [
      'curve: {points: [[0 h, -1]]}',
      '52: workload.accounts.arrivals.curve.points.0.1: write a number of 0 or more, in proportion to those of the other points',
    ],
    [
      'curve: {points: [[0 h, 1], [25h, 2]], period: 1d}',
      '36: workload.accounts.arrivals.curve: point 2 comes after the end of the period; write a longer period, or leave it out',
    ],
    [
      'curve: {points: [[3h, 1], [2h, 2]]}',
      '36: workload.accounts.arrivals.curve: times must ascend; point 2 does not',
    ],
    [
      'curve: {points: [[0 h, 0], [2h, 0]]}',
      '36: workload.accounts.arrivals.curve: nothing ever arrives along this curve; give some time a number above 0',
    ],
    [
      'curve: {points: [[1h, 0], [2h, 0], [2h, 5], [2h, 0]]}',
      '36: workload.accounts.arrivals.curve: nothing ever arrives along this curve; give some time a number above 0',
    ],
    [
      'curve: {points: [[0 h, 1]], period: 59 s}',
      '36: workload.accounts.arrivals.curve: the period must be 1 min or more; write e.g. 7d',
    ],
    [
      'growth: 10 %',
      "37: workload.accounts.arrivals.growth: '10 %' is no growth; write how much more in which time, e.g. '10 % per 30d'",
    ],
    ['growth: 0.1', "37: workload.accounts.arrivals.growth: write how much more in which time, e.g. '10 % per 30d'"],
    [
      'growth: 1 % per 0 s',
      "37: workload.accounts.arrivals.growth: '1 % per 0 s' is no growth; write how much more in which time, e.g. '10 % per 30d'",
    ],
    [
      'growth: 300 % per min',
      '37: workload.accounts.arrivals.growth: at the end of the run more than 1000000 would come a second, which is more than podtwin can simulate; let it grow less',
    ],
    ['group: 3', "29: unknown key 'group' in workload.accounts.arrivals; known: poisson, curve, growth"],
  ])('%s', (written, problem) => {
    const text = scenario({ more: `workload: {accounts: {arrivals: {${written}, poisson: 2 per h}}}` });
    const [told, ...more] = problemsOf(text);
    expect(more).toEqual([]);
    expect(told!.replace(/ \(units: .*\)$/, '')).toBe(
      `f.yaml:13:${problem.replace(/^\d+/, (column) => String(Number(column) + 5))}`,
    );
  });

  it('of customers have no rate by themselves', () => {
    expect(problems('{accounts: {arrivals: {curve: office-day}}}')).toEqual([
      "f.yaml:13:33: workload.accounts.arrivals: how they arrive is missing; add e.g. 'poisson: 2 per h'",
    ]);
  });

  it('that grow beyond what can be simulated are told where the rate is not given, too', () => {
    expect(problems('{vms: {arrivals: {growth: 300 % per min}}}')).toEqual([
      expect.stringMatching(/^f\.yaml:13:37: workload\.vms\.arrivals\.growth: at the end of the run/),
    ]);
  });
});

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

it('the editor’s schema knows the new keys', () => {
  const known = JSON.stringify(jsonSchema());
  for (const key of ['sizes', 'curve', 'growth', 'group', 'timeScale', 'azure-2019-deployments', 'office-week'])
    expect(known).toContain(`"${key}"`);
  expectProblems(scenario({ more: 'workload: {vms: {arivals: {}}}' }), [
    "13:18: unknown key 'arivals' in workload.vms; did you mean 'arrivals'?",
  ]);
});
