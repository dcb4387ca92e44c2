import { describe, expect, it } from 'vitest';
import { load, problemsOf, scenario } from './load.js';

const VARIANTS = `expect: [{measure: vms.started, atLeast: 1}]
variants:
  many: {zones.z1.pods.p.hosts.h.count: 5, zones.z1.pods.p.count: 1}
  by-number: {zones.0.pods.0.hosts.0.count: 3}
  other: {policies.placement: random, expect: [{measure: vms.lost, equals: 0}], workload.accounts.initial: 4}
  gone: {expect: null}`;
const text = scenario({ more: VARIANTS });

function hosts(variant?: string, set?: string[]): string[] {
  return load(text, { variant, set }).zones.flatMap(({ pods }) =>
    pods.flatMap((pod) => pod.hosts.map(({ name }) => name)),
  );
}

describe('variants', () => {
  it('set paths: list entries by name or number, maps that are not there yet', () => {
    expect(hosts()).toEqual(['z1/p01/h01', 'z1/p01/h02', 'z1/p02/h01', 'z1/p02/h02']);
    expect(hosts('many')).toEqual(['z1/p01/h01', 'z1/p01/h02', 'z1/p01/h03', 'z1/p01/h04', 'z1/p01/h05']);
    expect(hosts('by-number')).toHaveLength(6);
    const other = load(text, { variant: 'other' });
    expect(other.workload?.accounts.initial).toBe(4);
    expect(other).toMatchObject({ variant: 'other', policies: { placement: { name: 'random', options: {} } } });
  });

  it("replace expect, or keep the file's", () => {
    expect(load(text).expect).toEqual([{ measure: 'vms.started', atLeast: 1 }]);
    expect(load(text, { variant: 'many' }).expect).toEqual([{ measure: 'vms.started', atLeast: 1 }]);
    expect(load(text, { variant: 'other' }).expect).toEqual([{ measure: 'vms.lost', equals: 0 }]);
    expect(load(text, { variant: 'gone' }).expect).toEqual([]);
  });

  it('are all checked with the file, each at its own place; the chosen one alone when one is chosen', () => {
    const more = `variants:
  big: {zones.z1.pods.p.hosts.h.count: 32, zones.z1.pods.q.count: 3}
  bad: {zones.z1.pods.p.hosts.h.conut: 32, duration.x: 3, durations.boot: 7, extends: x, a..b: 1}
  bare: 3`;
    expect(problemsOf(scenario({ more }))).toEqual([
      "f.yaml:14:44: variants.big: zones.z1.pods has no entry 'q'; known: p (in variant 'big')",
      "f.yaml:15:9: unknown key 'conut' in zones.z1.pods.p.hosts.h; did you mean 'count'? (in variant 'bad')",
      "f.yaml:15:44: variants.bad: duration is '1d', not a map: nothing can be set inside it; set duration itself (in variant 'bad')",
      "f.yaml:15:75: durations.boot: 7 has no unit; write a duration, e.g. 7 min (units: us, ms, s, m, min, h, d, w) (in variant 'bad')",
      "f.yaml:15:78: variants.bad: 'extends' cannot be set by a path (in variant 'bad')",
      "f.yaml:15:90: variants.bad: 'a..b' is no path; write e.g. zones.z1.pods.p.count (in variant 'bad')",
      'f.yaml:16:9: variants.bare: a map (key: value) is due here, not 3',
    ]);
    const chosen = problemsOf(scenario({ more: more.replace('\n  bare: 3', '') }), { variant: 'big' });
    expect(chosen).toEqual(["f.yaml:14:44: variants.big: zones.z1.pods has no entry 'q'; known: p"]);
  });

  it('that the file does not have', () => {
    expect(problemsOf(text, { variant: 'mnay' })).toEqual([
      "--variant mnay: the file has no variant 'mnay'; did you mean 'many'?",
    ]);
    expect(problemsOf(scenario(), { variant: 'x' })).toEqual(["--variant x: the file has no variant 'x'; it has none"]);
  });
});

describe('--set', () => {
  it('is typed as the file is, repeatable, over the variant', () => {
    expect(hosts('many', ['zones.z1.pods.p.hosts.h.count=1', 'zones.z1.pods.p.count=2'])).toEqual([
      'z1/p01/h01',
      'z1/p02/h01',
    ]);
    const set = [
      'duration=2d',
      'zones.z1.network.vlans=[5, 7-8]',
      'policies.placement={name: spread, by: pod}',
      'about=',
      'workload.vms.lifetime={exponential: {mean: 1h}}',
      'name=2024',
    ];
    const loaded = load(scenario({ more: 'about: gone' }), { set });
    expect(loaded).toMatchObject({
      name: '2024',
      about: '',
      durationMicros: 2 * 86_400_000_000,
      policies: { placement: { name: 'spread', options: { by: 'pod' } } },
      workload: { vms: { lifetimeSeconds: { kind: 'exponential', mean: 3600 } } },
    });
    expect(loaded.zones[0]!.vlans).toEqual([5, 7, 8]);
  });

  it('is told by its argument where it is wrong, beside what is wrong in the file', () => {
    const set = ['duration=7', 'zones.z2.x=1', 'sede=3', 'seed', 'a=[', 'zones.z1.network.vlans=[0]', 'podtwin=1'];
    expect(problemsOf(scenario({ more: 'recrod: full' }), { set })).toEqual([
      "--set zones.z2.x=1: zones has no entry 'z2'; did you mean 'z1'?",
      '--set seed: write PATH=VALUE, e.g. --set duration=2d',
      expect.stringMatching(/^--set a=\[: broken YAML: /),
      "--set podtwin=1: 'podtwin' cannot be set by a path",
      '--set duration=7: duration: 7 has no unit; write a duration, e.g. 7 min (units: us, ms, s, m, min, h, d, w)',
      '--set zones.z1.network.vlans=[0]: zones.z1.network.vlans.0: VLAN ID 0 is outside 1 to 4094; 802.1Q reserves the others',
      "--set sede=3: unknown key 'sede'; did you mean 'seed'?",
      "f.yaml:13:1: unknown key 'recrod'; did you mean 'record'?",
    ]);
  });
});

describe('--seed', () => {
  it('takes the place of the seed, over --set', () => {
    expect(load(scenario()).seed).toBe(1);
    expect(load(scenario({ more: 'seed: 5' }), { seed: 9, set: ['seed=7'] }).seed).toBe(9);
  });

  it('is a whole number that is counted exactly', () => {
    expect(problemsOf(scenario(), { seed: 1.5 })).toEqual(['--seed 1.5: seed: a whole number is due here, not 1.5']);
    expect(problemsOf(scenario(), { seed: -1 })).toEqual(['--seed -1: seed: a number of at least 0 is due here']);
    expect(problemsOf(scenario(), { seed: 2 ** 60 })).toHaveLength(1);
    expect(problemsOf(scenario(), { seed: NaN })).toHaveLength(1);
  });
});
