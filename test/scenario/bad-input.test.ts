import { describe, expect, it } from 'vitest';
import { problemsOf, scenario } from './load.js';

const DURATIONS = '(units: us, ms, s, m, min, h, d, w)';
const SIZES = '(units: B, KiB, MiB, GiB, TiB, PiB, kB, MB, GB, TB, PB)';

function expectProblems(text: string, expected: string[]): void {
  expect(problemsOf(text)).toEqual(expected.map((line) => `f.yaml:${line}`));
}

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
      "12:39: unknown key 'colour' in offerings.small; known: cpu, memory, disk, network, iops, perHour, system",
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
    ['1e9 d', "3:11: duration: '1e9 d' is larger than anything that can be counted exactly; write a smaller duration"],
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
      "15:15: expect.1.measure: there is no reason 'vlan-exhuasted' for refusals; did you mean 'vlan-exhausted'?",
      "16:15: expect.2.measure: no zone 'z2' is declared; did you mean 'z1'?",
      '17:5: expect.3: nothing is expected of it; add atLeast, atMost or equals',
      "18:5: expect.4.measure is missing; add e.g. 'measure: fragmentation.mean'",
      "18:6: unknown key 'measuer' in expect.4; did you mean 'measure'?",
      "18:26: expect.4.atMost: a number is due here, not the text 'two'",
    ]);
  });
});

describe('ranges', () => {
  it('of VLAN IDs', () => {
    expectProblems(scenario({ network: '{vlans: [0, 4095, 600-599, 600-700, 650-660, abc, {}, 700]}' }), [
      '8:23: zones.z1.network.vlans.0: VLAN ID 0 is outside 1 to 4094; 802.1Q reserves the others',
      '8:26: zones.z1.network.vlans.1: VLAN ID 4095 is outside 1 to 4094; 802.1Q reserves the others',
      '8:32: zones.z1.network.vlans.2: the range 600-599 is reversed; write 599-600',
      '8:50: zones.z1.network.vlans.4: 650-660 overlaps 600-700 further up; write each ID once',
      "8:59: zones.z1.network.vlans.5: 'abc' is no VLAN ID or range of them; write e.g. 600 or 600-799",
      '8:64: zones.z1.network.vlans.6: write a VLAN ID or a range of them, e.g. 600 or 600-799',
      '8:68: zones.z1.network.vlans.7: 700 overlaps 600-700 further up; write each ID once',
    ]);
  });

  it('of addresses', () => {
    const network =
      '{publicAddresses: [203.0.113.7/24, 203.0.113.0/24, 203.0.113.128/25, 300.1.1.1/8], guestGateway: 11.0.0.1}';
    expectProblems(scenario({ network }), [
      '8:33: zones.z1.network.publicAddresses.0: 203.0.113.7/24 does not begin where a range of that length can; write 203.0.113.0/24',
      '8:65: zones.z1.network.publicAddresses.2: 203.0.113.128/25 overlaps 203.0.113.0/24 further up; public addresses are given out once',
      "8:83: zones.z1.network.publicAddresses.3: '300.1.1.1/8' is no address range; write an address and a prefix length, e.g. 203.0.113.0/24",
      '8:111: zones.z1.network.guestGateway: 11.0.0.1 is no address for a host in 10.0.0.0/8; write e.g. 10.0.0.1',
    ]);
    expectProblems(scenario({ network: '{guestAddresses: 10.0.0.0/30, guestGateway: 10.0.0}' }), [
      '8:31: zones.z1.network.guestAddresses: 10.0.0.0/30 is too small for a guest network; write a /29 or a larger one',
      "8:58: zones.z1.network.guestGateway: '10.0.0' is no address; write e.g. 10.1.1.1",
    ]);
  });

  it('of public addresses across zones', () => {
    const zone = (name: string) =>
      `  - {name: ${name}, network: {publicAddresses: [203.0.113.0/24]}, pods: [{name: p, hosts: [{}]}]}`;
    const text = `podtwin: 1\nname: t\nduration: 1d\nzones:\n${zone('a')}\n${zone('b')}\nofferings: {s: {cpu: 1 core, memory: 1 GiB}}`;
    expectProblems(text, [
      '6:43: zones.b.network.publicAddresses.0: 203.0.113.0/24 overlaps 203.0.113.0/24 further up; public addresses are given out once',
    ]);
  });

  it('of times', () => {
    expectProblems(scenario({ more: 'warmUp: 1d\nsamples: 1 us' }), [
      '13:9: warmUp: the warm-up leaves nothing of the run; write less than its duration',
      '14:10: samples: that makes more than 10000000 samples of this run; write a longer time',
    ]);
  });
});

describe('names', () => {
  it('used twice', () => {
    const hosts = '{name: h, count: 2}, {name: h01}, {name: a}';
    const more = 'accounts: [{name: a}, {name: a}]';
    expectProblems(scenario({ hosts, more }), [
      "10:65: zones.z1.pods.p.hosts.h01.name: this host would be named 'h01', as a host beside it is; choose another name",
      "10:78: zones.z1.pods.p.hosts.a.name: this host would be named 'a', as a pod switch beside it is; choose another name",
      "13:30: accounts.a.name: an account named 'a' stands further up",
    ]);
  });

  it('that could not stand in a path', () => {
    expectProblems(scenario({ more: '  "a.b": {cpu: 1 core, memory: 1 GiB}\naccounts: [{name: a/b}, {name: 12}]' }), [
      "13:3: offerings.a.b: 'a.b' is no name; use letters, digits, - and _, a letter or digit first",
      "14:19: accounts.a/b.name: 'a/b' is no name; use letters, digits, - and _, a letter or digit first",
      "14:32: accounts.12.name: a name is due here; write '12' in quotes",
    ]);
  });
});

describe('capacity', () => {
  it('a host type that can hold no offering, an offering that no host can hold', () => {
    expectProblems(scenario({ host: '{cpu: 8 cores, memory: 1 GiB}' }), [
      '5:3: hostTypes.std: such a host can hold no offering: it leaves VMs 8 cores and 1 GiB',
      '12:3: offerings.small: no host can hold this offering of 1 core and 2 GiB: the largest (std) leaves VMs 8 cores and 1 GiB',
    ]);
  });

  it('counts the reserve, NUMA nodes in equal parts, and the bridge', () => {
    const host = '{cpu: 9 cores, memory: 18 GiB, numaNodes: 2, reserved: {cpu: 1 core, memory: 2 GiB}}';
    const sized = (small: string, more = '') => problemsOf(scenario({ host, small, more }));
    expect(sized('{cpu: 8 cores, memory: 8 GiB}')).toEqual([]);
    expect(sized('{cpu: 1 core, memory: 16382 MiB}')).toEqual([]);
    expect(sized('{cpu: 1 core, memory: 16 GiB}', 'management: {bridgeMemory: 0 B}')).toEqual([]);
    expect(sized('{cpu: 1 core, memory: 16 GiB}').join()).toContain(
      "2 NUMA nodes of 4 cores and 8 GiB each, of which the customer's bridge takes 1 MiB",
    );
    expect(sized('{cpu: 9 cores, memory: 1 GiB}').join()).toContain('no host can hold this offering of 9 cores');
    // Half of it would not be a whole number of thousandths.
    expect(sized('{cpu: 5.001 cores, memory: 1 GiB}').join()).toContain('no host can hold this offering');
  });

  it('a reserve larger than the host', () => {
    const host = '{cpu: 8 cores, memory: 16 GiB, reserved: {cpu: 9 cores, memory: 17 GiB}}';
    expectProblems(scenario({ host }), [
      '5:55: hostTypes.std.reserved.cpu: more cores are reserved than the host has',
      '5:72: hostTypes.std.reserved.memory: more memory is reserved than the host has',
    ]);
  });

  it('a zone where nothing could run', () => {
    expectProblems(scenario({ hosts: '{name: h, role: computing}' }), [
      '10:7: zones.z1.pods: no host of the zone runs routing appliances; give some the role routing or both',
    ]);
    expectProblems(scenario().replace(/ {4}pods:\n.*\n/, ''), [
      "7:5: zones.z1: the zone has no pods; add 'pods:' with at least one",
    ]);
    const many = scenario({ hosts: '{name: h, count: 100000}' }).replace('p, count: 2', 'p, count: 100');
    expectProblems(many, [
      '10:7: zones.z1.pods: 10000000 hosts and storage servers are more than the 1000000 that a zone may have',
    ]);
    const servers = scenario().replace('p, count: 2', 'p, count: 100, storage: [{count: 100000}]');
    expectProblems(servers, [
      '10:7: zones.z1.pods: 10000200 hosts and storage servers are more than the 1000000 that a zone may have',
    ]);
  });
});

describe('the course of a run', () => {
  it('shares that sum to 0, arrivals without a process', () => {
    expectProblems(scenario({ more: 'workload: {accounts: {offerings: {small: 0}, arrivals: {}}}' }), [
      '13:34: workload.accounts.offerings: the shares sum to 0; give at least one a share above 0',
      "13:56: workload.accounts.arrivals: how they arrive is missing; add e.g. 'poisson: 2 per h'",
    ]);
  });

  it('events without one action, or with too much', () => {
    const more = `accounts: [{name: acme}]
events:
  - {at: 1h}
  - {at: 1h, start: {account: acme, offering: small}, stop: {account: acme, vm: x, count: 2}}
  - {at: 5, reboot: {acount: acme}}
  - {at: 1h, until: 3h, stop: {account: acme}}`;
    expectProblems(scenario({ more }), [
      '15:5: events.0: one action is due here, of start, stop, reboot, destroy; found none',
      '16:5: events.1: one action is due here, of start, stop, reboot, destroy; found start and stop',
      "16:84: events.1.stop.count: one VM is named with 'vm'; remove 'count', or 'vm'",
      `17:10: events.2.at: 5 has no unit; write a duration, e.g. 5 min ${DURATIONS}`,
      "17:21: events.2.reboot.account is missing; add e.g. 'account: acme'",
      "17:22: unknown key 'acount' in events.2.reboot; did you mean 'account'?",
      "18:14: events.3.until: it belongs to 'drain' only; remove it",
    ]);
  });

  it('values of a list, whole numbers, the version', () => {
    const more = 'management: {vlanAssigned: at-frist-use, commands: {attempts: 1.5}}\nrecord: [full]\nseed: -1';
    expectProblems(scenario({ more }).replace('podtwin: 1', 'podtwin: 2'), [
      '1:10: podtwin: 2 is not allowed here (allowed: 1)',
      "13:28: management.vlanAssigned: the text 'at-frist-use' is not allowed here; did you mean 'at-first-use'? (allowed: at-first-use, at-registration)",
      '13:63: management.commands.attempts: a whole number is due here, not 1.5',
      '14:9: record: a list is not allowed here (allowed: full, summary)',
      '15:7: seed: a number of at least 0 is due here',
    ]);
  });
});

describe('broken YAML: the first mistake only', () => {
  it.each([
    ['podtwin: 1\nname: [x\nduration: 3\n', '3:1: broken YAML: Flow sequence in block collection must be sufficiently'],
    ['podtwin: 1\nzones:\n\t- a\n', '3:1: broken YAML: Tabs are not allowed as indentation; indent with spaces'],
    [
      'podtwin: 1\nabout: one: two\n',
      "2:8: broken YAML: Nested mappings are not allowed in compact mappings; a text that contains ': ' must stand in quotes",
    ],
    ['podtwin: 1\n---\nname: x\n', '2:1: broken YAML: a scenario file holds one document; remove the line'],
    ['about: !!js/function "x"', '1:8: broken YAML: Unresolved tag: tag:yaml.org,2002:js/function; tags (!name) are'],
    ['['.repeat(20_000), '1:819: broken YAML: nested too deeply to be read'],
  ])('%.40j', (text, message) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.replace(/:\d+: broken YAML: nested/, ':819: broken YAML: nested')).toContain(
      `f.yaml:${message}`,
    );
  });

  it('documents that are none', () => {
    const empty = "1:1: the file is empty; begin with 'podtwin: 1', or see 'podtwin init'";
    expectProblems('', [empty]);
    expectProblems('# only a comment\n', [empty]);
    expectProblems('- a\n', ["1:1: a scenario is a map that begins with 'podtwin: 1'; this is a list"]);
    expectProblems('hello', ["1:1: a scenario is a map that begins with 'podtwin: 1'; this is the text 'hello'"]);
  });

  it('aliases that blow up, contain themselves, or name nothing', () => {
    const letters = [...'abcdefgh'];
    const bomb = letters.map((letter, at) => {
      const items = Array(10).fill(at === 0 ? 'x' : `*${letters[at - 1]}`);
      return `${letter}: &${letter} [${items.join(', ')}]`;
    });
    expectProblems(bomb.join('\n'), ['7:8: the alias *f makes the document larger than 2000000 values']);
    expect(problemsOf(scenario({ more: 'about: &x [*x]' }))[1]).toBe(
      'f.yaml:13:12: the alias *x stands inside what it names; put a text that begins with * in quotes',
    );
    expectProblems(scenario({ more: 'about: *x' }), [
      '13:8: the alias *x names nothing further up; put a text that begins with * in quotes',
    ]);
  });

  it('keys that are no names', () => {
    expectProblems(scenario({ more: '__proto__: {a: 1}\n? [a, b]\n: 1' }), [
      '13:1: a key must be a name; put it in quotes if it begins with [ { * & ! ?',
      '14:3: a key must be a name; put it in quotes if it begins with [ { * & ! ?',
    ]);
  });

  it('aliases that are well used are read', () => {
    const text = scenario({
      hosts: '&h {name: h, type: std, count: 2}',
      more: 'accounts: [{name: a, vms: &v {small: 1}}, {name: b, vms: *v}]',
    });
    expectProblems(text, []);
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
