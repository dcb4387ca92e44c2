/** What files say of CPU use and of overprovisioning. */
import { describe, expect, it } from 'vitest';
import { CPU_CURVES } from '../../models/workload/cpu-curve.js';
import { promisedNodes } from '../../sim/scenario/overprovision.js';
import { CPU_CURVE_NAMES } from '../../sim/scenario/schema/cpu-use.js';
import { expectProblems, load, problemsOf, scenario } from './load.js';

const uses = (cpuUse: string) => scenario({ more: `workload: {vms: {cpuUse: ${cpuUse}}}` });

describe('cpuUse', () => {
  it.each([
    ['none', null],
    ['azure-2017', { kind: 'azure-2017' }],
    ['{constant: 20 %}', { kind: 'constant', ratio: 0.2 }],
    ['{constant: 1}', { kind: 'constant', ratio: 1 }],
    ['{curve: office-day, mean: 0.3}', { kind: 'curve', curve: 'office-day', mean: { kind: 'constant', value: 0.3 } }],
    [
      '{curve: office-day, mean: {uniform: [5 %, 40 %]}}',
      { kind: 'curve', curve: 'office-day', mean: { kind: 'uniform', low: 0.05, high: 0.4 } },
    ],
  ])('%s', (written, resolved) => {
    expect(load(uses(written)).workload?.vms.cpuUse).toEqual(resolved);
  });

  it('of a named account', () => {
    const more = 'accounts: [{name: a, cpuUse: {constant: 50 %}}, {name: b}]';
    expect(load(scenario({ more })).accounts.map(({ cpuUse }) => cpuUse)).toEqual([
      { kind: 'constant', ratio: 0.5 },
      null,
    ]);
  });

  it.each([
    ['{constant: 120 %}', '13:37: workload.vms.cpuUse.constant: a share is at most 1; write 100 %'],
    [
      '{curve: office-dya, mean: 20 %}',
      "13:34: workload.vms.cpuUse.curve: the text 'office-dya' is not allowed here; did you mean 'office-day'?",
    ],
    [
      '{curve: office-day}',
      '13:26: workload.vms.cpuUse: write {constant: 20 %} or {curve: office-day, mean: 20 %} here',
    ],
    ['{constant: 20 %, mean: 20 %}', 'workload.vms.cpuUse: write {constant: 20 %} or'],
    ['{constnt: 20 %}', "13:27: unknown key 'constnt' in workload.vms.cpuUse; did you mean 'constant'?"],
    [
      'azure-2018',
      'workload.vms.cpuUse: write none, azure-2017, {constant: 20 %} or {curve: office-day, mean: 20 %} here',
    ],
    ['20 %', '13:26: workload.vms.cpuUse: write none, azure-2017, {constant: 20 %} or {curve'],
  ])('%s is told what is wrong', (written, words) => {
    const problems = problemsOf(uses(written));
    expect(problems).not.toEqual([]);
    expect(problems[0]).toContain(words);
  });

  it('has the curves that the models have', () => {
    expect([...CPU_CURVE_NAMES]).toEqual(Object.keys(CPU_CURVES));
  });
});

describe('overprovision', () => {
  const management = (overprovision: string) => `management: {overprovision: ${overprovision}}`;

  it('is 1 where nothing is said', () => {
    expect(load(scenario({})).management.overprovision).toEqual({ cpu: 1, memory: 1 });
    expect(load(scenario({ more: management('{cpu: 4, memory: 1.2}') })).management.overprovision).toEqual({
      ...{ cpu: 4, memory: 1.2 },
    });
  });

  it('is rounded down, but not off a whole number that decimals make', () => {
    const of = (cpu: number, cpuMillis: number): number =>
      promisedNodes([{ cpuMillis, memoryBytes: 0 }], { cpu, memory: 1 })[0]!.cpuMillis;
    expect(of(1, 15_500)).toBe(15_500);
    // 114.99999999999999 in binary.
    expect(of(1.15, 100)).toBe(115);
    expect(of(1.1, 3000)).toBe(3300);
    expect(of(1.2, 7)).toBe(8);
    expect(of(0.5, 5)).toBe(2);
    expect(promisedNodes([{ cpuMillis: 1, memoryBytes: 2 ** 40 }], { cpu: 1, memory: 1.2 })[0]!.memoryBytes).toBe(
      Number((2n ** 40n * 12n) / 10n),
    );
  });

  it('counts in whether an offering finds a host', () => {
    const small = '{cpu: 12 cores, memory: 2 GiB}';
    expect(problemsOf(scenario({ small })).join()).toContain('no host can hold this offering');
    expectProblems(scenario({ small, more: management('{cpu: 1.5}') }), []);
    const under = scenario({ small: '{cpu: 6 cores, memory: 2 GiB}', more: management('{cpu: 0.5}') });
    expect(problemsOf(under).join()).toContain('no host can hold this offering of 6 cores and 2 GiB');
  });

  it.each([
    ['{cpu: 0}', '13:35: management.overprovision.cpu: a number above 0 is due here'],
    ['{memory: 101}', '13:38: management.overprovision.memory: a number of at most 100 is due here'],
    ['{cpu: 2 cores}', '13:35: management.overprovision.cpu: a number is due here'],
  ])('%s is told what is wrong', (written, words) => {
    expect(problemsOf(scenario({ more: management(written) }))[0]).toContain(words);
  });

  it('below 1 cannot be where VMs run already', () => {
    const more = `${management('{cpu: 0.5}')}\ninitial: {format: vm-rescheduling, file: m.json}`;
    expect(problemsOf(scenario({ more })).join()).toContain(
      'management.overprovision.cpu: the VMs of initial may take up all that their hosts have; write 1 or more',
    );
  });

  it('that leaves more bytes than can be counted is refused', () => {
    const problems = problemsOf(scenario({ host: '{cpu: 8 cores, memory: 7 PiB}', more: management('{memory: 2}') }));
    expect(problems.join()).toContain(
      'hostTypes.std.memory: that much memory, overprovisioned, cannot be counted exactly',
    );
  });
});
