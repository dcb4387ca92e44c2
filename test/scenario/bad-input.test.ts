import { describe, expect, it } from 'vitest';
import { expectProblems, problemsOf, scenario } from './load.js';

const DURATIONS = '(units: us, ms, s, m, min, h, d, w)';
const SIZES = '(units: B, KiB, MiB, GiB, TiB, PiB, kB, MB, GB, TB, PB)';

it('accepts what the mistakes below are made in', () => {
  expectProblems(scenario(), []);
});

describe('keys', () => {
  it('misspelt: the nearest that may stand there', () => {
    expectProblems(scenario({ more: 'managment: {servers: 3}' }), [
      "13:1: unknown key 'managment'; did you mean 'management'?",
    ]);
    expectProblems(scenario({ hosts: '{name: h, tpye: std, conut: 2}' }), [
      "10:47: unknown key 'tpye' in zones.z1.pods.p.hosts.h; did you mean 'type'?",
      "10:58: unknown key 'conut' in zones.z1.pods.p.hosts.h; did you mean 'count'?",
    ]);
  });

  it('like none: all that may stand there', () => {
    expectProblems(scenario({ small: '{cpu: 1 core, memory: 2 GiB, colour: red}' }), [
      "12:39: unknown key 'colour' in offerings.small; known: cpu, memory, disk, storage, template, network, iops, perHour, system",
    ]);
  });

  it('missing: where they belong, with an example', () => {
    expectProblems('podtwin: 1\nname: x\nzones:\n  - pods: [{name: p, hosts: []}]\nduration:', [
      "1:1: offerings is missing; add e.g. 'offerings: {small: {cpu: 1 core, memory: 2 GiB}}'",
      "4:5: zones.0.name is missing; add e.g. 'name: my-cloud'",
      '4:29: zones.0.pods.p.hosts: at least 1 entry is due here',
      "5:10: duration is missing; add e.g. 'duration: 7d'",
    ]);
  });

  it('twice: both, and the others are still checked', () => {
    expectProblems(scenario({ more: 'name: again\nseed: 1\nseed: 2.5' }), [
      "13:1: 'name' stands twice in this map: remove one, or put them together",
      "15:1: 'seed' stands twice in this map: remove one, or put them together",
    ]);
  });
});

describe('quantities', () => {
  it.each([
    ['7', `3:11: duration: 7 has no unit; write a duration, e.g. 7 min ${DURATIONS}`],
    ['7 days', `3:11: duration: 'days' is no unit of a duration; did you mean '7 d'? ${DURATIONS}`],
    ['7 dd', `3:11: duration: 'dd' is no unit of a duration; did you mean '7 d'? ${DURATIONS}`],
    ['7 GiB', `3:11: duration: 'GiB' is a unit of a size; write a duration here, e.g. 10 min ${DURATIONS}`],
    ['-3 h', '3:11: duration: a duration is not negative; write e.g. 10 min'],
    ['0 s', '3:11: duration: this duration must be above 0; write e.g. 10 min'],
    ['a week', "3:11: duration: 'a week' is no duration; write a number and a unit, e.g. 10 min"],
    ['{a: 1}', '3:11: duration: write a duration with its unit here, e.g. 10 min'],
    ['1e9 d', "3:11: duration: '1e9 d' is more than podtwin can simulate; write 36500 d at most"],
  ])('duration: %s', (duration, message) => {
    expectProblems(scenario({ duration }), [message]);
  });

  it('of another kind, or without a unit: what is due at each place', () => {
    expectProblems(scenario({ host: '{cpu: 8, memory: 16 gib}', small: '{cpu: 1 core, memory: 2 Gbps}' }), [
      '5:14: hostTypes.std.cpu: 8 has no unit; write an amount of CPU, e.g. 8 cores (units: core, cores, millicore, millicores)',
      `5:25: hostTypes.std.memory: 'gib' is no unit of a size; did you mean '16 GiB'? ${SIZES}`,
      `12:32: offerings.small.memory: 'Gbps' is a unit of a rate in bits; write a size here, e.g. 4 GiB ${SIZES}`,
    ]);
  });

  it('bits for bytes', () => {
    expectProblems(scenario({ more: 'durations: {templateCopy: 200 Mbps}' }), [
      "13:27: durations.templateCopy: 'Mbps' is no unit of a rate in bytes; did you mean '200 MBps'? (units: Bps, kBps, MBps, GBps, KiBps, MiBps, GiBps)",
    ]);
  });

  it('shares', () => {
    expectProblems(scenario({ more: 'faults: {drop: 30, delay: x, duplicate: -0.1}' }), [
      '13:16: faults.drop: a share is at most 1; write 30 %',
      "13:27: faults.delay: 'x' is no share; write a number and a unit, e.g. 5 %",
      '13:41: faults.duplicate: a share is not negative; write e.g. 5 %',
    ]);
  });
});

describe('distributions', () => {
  it('in the unit that is due, one of the known, and possible', () => {
    const more = `durations:
  boot: 7
  shutdown: {expnential: {mean: 3 s}}
  diskCreate: {lognormal: {median: 2 s}}
workload:
  accounts: {vms: {zipf: {count: 0, exponent: 1}}}
  vms: {lifetime: {uniform: [3h, 1h]}, arrivals: {poisson: 3}}
faults: {delayBy: {exponential: {mean: 3}}}`;
    expectProblems(scenario({ more }), [
      `14:9: durations.boot: 7 has no unit; write a duration, e.g. 7 min ${DURATIONS}`,
      "15:14: unknown key 'expnential' in durations.shutdown; did you mean 'exponential'?",
      '16:15: durations.diskCreate: a lognormal has exactly two of median, mean and sigma, e.g. {median: 1h, mean: 5h}',
      '18:34: workload.accounts.vms.zipf.count: a number of at least 1 is due here',
      '19:19: workload.vms.lifetime: the range is reversed; write the smaller end first',
      '19:60: workload.vms.arrivals.poisson: 3 has no unit; write a number per time, e.g. 3 per h (units: per s, per m, per min, per h, per d, per w, per y)',
      `20:40: faults.delayBy.exponential.mean: 3 has no unit; write a duration, e.g. 3 min ${DURATIONS}`,
    ]);
  });

  it.each([
    ['{}', 'one distribution is due here, of exponential, lognormal, weibull, uniform, empirical, mixture; found none'],
    [
      '{exponential: {mean: 1 s}, weibull: {scale: 1 s, shape: 2}}',
      'one distribution is due here, of exponential, lognormal, weibull, uniform, empirical, mixture; found exponential and weibull',
    ],
    ['{exponential: {mean: 0 s}}', 'the mean must be above 0'],
    ['{lognormal: {median: 5 s, mean: 1 s}}', 'the mean of a lognormal is at least its median'],
    ['{empirical: [[1 s, 0.5], [2 s, 0.4]]}', 'values and cumulative shares must ascend; point 2 does not'],
    ['{empirical: [[1 s, 50 %], [2 s, 90 %]]}', 'the last cumulative share must be 1 (100 %)'],
    ['{mixture: [{weight: 0, of: 1 s}]}', 'the weights of a mixture must not all be 0'],
  ])('%s', (boot, message) => {
    expectProblems(scenario({ more: `durations:\n  boot: ${boot}` }), [`14:9: durations.boot: ${message}`]);
  });

  it('inside a mixture', () => {
    const more = 'durations:\n  boot: {mixture: [{weight: 1, of: {exponental: {mean: 3}}}, {weight: 1, of: 3}]}';
    expectProblems(scenario({ more }), [
      "14:37: unknown key 'exponental' in durations.boot.mixture.0.of; did you mean 'exponential'?",
      `14:78: durations.boot.mixture.1.of: 3 has no unit; write a duration, e.g. 3 min ${DURATIONS}`,
    ]);
  });
});

describe('references', () => {
  it('to nothing: at each place, with the nearest name', () => {
    const more = `management: {routerOffering: ruter}
accounts: [{name: acme, zone: z2, vms: {smal: 2}}]
workload: {accounts: {offerings: {big: 1}, zones: {z3: 1}}}
events:
  - {at: 1h, start: {account: acm, offering: smal}}
dataCenters: {east: {latency: {wst: 3 ms}}}`;
    expectProblems(scenario({ more, hosts: '{name: h, type: sdt}' }), [
      "10:53: zones.z1.pods.p.hosts.h.type: no host type 'sdt' is declared; did you mean 'std'?",
      "13:30: management.routerOffering: no offering 'ruter' is declared; did you mean 'router'?",
      "14:31: accounts.acme.zone: no zone 'z2' is declared; did you mean 'z1'?",
      "14:41: accounts.acme.vms.smal: no offering 'smal' is declared; did you mean 'small'?",
      "15:35: workload.accounts.offerings.big: no offering 'big' is declared; known: small",
      "15:52: workload.accounts.zones.z3: no zone 'z3' is declared; did you mean 'z1'?",
      "17:31: events.0.start.account: no account 'acm' is declared; did you mean 'acme'?",
      "17:46: events.0.start.offering: no offering 'smal' is declared; did you mean 'small'?",
      "18:32: dataCenters.east.latency.wst: no data center 'wst' is declared; did you mean 'east'?",
    ]);
  });

  it('to types of switches and storage', () => {
    const text = scenario({ network: '{zoneSwitch: {type: cor}}' }).replace(
      'count: 2, hosts',
      'storage: [{type: filr}], podSwitch: {type: trr}, hosts',
    );
    expectProblems(text, [
      "8:34: zones.z1.network.zoneSwitch.type: no switch type 'cor' is declared; did you mean 'core'?",
      "10:36: zones.z1.pods.p.storage.0.type: no storage type 'filr' is declared; did you mean 'filer'?",
      "10:62: zones.z1.pods.p.podSwitch.type: no switch type 'trr' is declared; did you mean 'tor'?",
    ]);
  });

  it('left out where there are several to choose from', () => {
    const text = scenario({ hosts: '{name: h}' }).replace('  std:', '  big: {cpu: 9 cores, memory: 1 TiB}\n  std:');
    expectProblems(text, [
      "11:37: zones.z1.pods.p.hosts.h: several host types are declared; say which, e.g. 'type: big'",
    ]);
  });

  it('to policies and their options', () => {
    expectProblems(scenario({ more: 'policies: {placement: first-fitt}' }), [
      "13:23: policies.placement: there is no placement policy 'first-fitt' in this version; did you mean 'first-fit'?",
    ]);
    expectProblems(scenario({ more: 'policies: {placement: {name: random, a: 1}}' }), [
      "13:38: policies.placement.a: policy 'random' has no option 'a'; it takes none",
    ]);
    expectProblems(scenario({ more: 'policies: {placement: {name: spread, bye: 1}}' }), [
      "13:38: policies.placement.bye: policy 'spread' has no option 'bye'; did you mean 'by'?",
    ]);
    expectProblems(scenario({ more: 'policies: {placement: {options: 1}}' }), [
      "13:23: policies.placement: the policy's name is missing; add e.g. 'name: first-fit'",
    ]);
  });

  it('to system offerings by customers', () => {
    const more = '  own: {cpu: 1 core, memory: 1 GiB, system: true}\naccounts: [{name: a, vms: {own: 1}}]';
    expectProblems(scenario({ more }), [
      '14:28: accounts.a.vms.own: a system offering is not for customers; choose one without system: true',
    ]);
  });

  it('to measures, reasons and zones in expect', () => {
    const more = `expect:
  - {measure: fragmentatoin.mean, atMost: 1}
  - {measure: vms.refused.vlan-exhuasted, equals: 0}
  - {measure: vlans.z2.peakInUse, equals: 0}
  - {measure: vms.started}
  - {measuer: x, atMost: two}`;
    expectProblems(scenario({ more }), [
      "14:15: expect.0.measure: there is no measure 'fragmentatoin'; did you mean 'fragmentation'?",
      "15:15: expect.1.measure: there is no reason 'vlan-exhuasted'; did you mean 'vlan-exhausted'?",
      "16:15: expect.2.measure: there is no zone 'z2'; did you mean 'z1'?",
      '17:5: expect.3: nothing is expected of it; add atLeast, atMost or equals',
      "18:5: expect.4.measure is missing; add e.g. 'measure: fragmentation.mean'",
      "18:6: unknown key 'measuer' in expect.4; did you mean 'measure'?",
      "18:26: expect.4.atMost: a number is due here, not the text 'two'",
    ]);
  });
});

it('tells mistakes of the schema and of references in one go, in the order of the file', () => {
  const text = scenario({ duration: '7', network: '{vlans: [0]}', hosts: '{type: sdt}', more: 'recrod: full' });
  expect(problemsOf(text).map((line) => line.split(' ')[0])).toEqual([
    'f.yaml:3:11:',
    'f.yaml:8:23:',
    'f.yaml:10:44:',
    'f.yaml:13:1:',
  ]);
});
