/** What customers ask for and when, as files write it: every form, and every mistake at its place. */
import { describe, expect, it } from 'vitest';
import { jsonSchema } from '../../sim/scenario/json-schema.js';
import { expectProblems, load, problemsOf, scenario } from './load.js';

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

it('the editor’s schema knows the new keys', () => {
  const known = JSON.stringify(jsonSchema());
  for (const key of ['sizes', 'curve', 'growth', 'group', 'timeScale', 'azure-2019-deployments', 'office-week'])
    expect(known).toContain(`"${key}"`);
  expectProblems(scenario({ more: 'workload: {vms: {arivals: {}}}' }), [
    "13:18: unknown key 'arivals' in workload.vms; did you mean 'arrivals'?",
  ]);
});
