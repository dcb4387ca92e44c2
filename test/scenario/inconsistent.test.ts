import { describe, expect, it } from 'vitest';
import { expectProblems, problemsOf, scenario } from './load.js';

const DURATIONS = '(units: us, ms, s, m, min, h, d, w)';

const LOCAL = '{cpu: 8 cores, memory: 16 GiB, localDisk: 100 GiB}';
const SLOW_NICS = '{cpu: 8 cores, memory: 16 GiB, nic: 1 Gbps}';

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

  it('of public addresses that another zone has by default', () => {
    const zone = (name: string, network = '{}') =>
      `  - {name: ${name}, network: ${network}, pods: [{name: p, hosts: [{}]}]}`;
    const text = (...zones: string[]) =>
      `podtwin: 1\nname: t\nduration: 1d\nzones:\n${zones.join('\n')}\nofferings: {s: {cpu: 1 core, memory: 1 GiB}}`;
    expectProblems(text(zone('a'), zone('b')), []);
    expectProblems(text(zone('a'), zone('b', '{publicAddresses: [198.18.0.0/24]}')), [
      "6:43: zones.b.network.publicAddresses.0: 198.18.0.0/24 overlaps the addresses that zone 'a' has where it gives none; public addresses are given out once",
    ]);
    expectProblems(text(zone('a', '{publicAddresses: [198.18.0.0/15]}'), zone('b')), [
      "5:43: zones.a.network.publicAddresses.0: 198.18.0.0/15 overlaps the addresses that zone 'b' has where it gives none; public addresses are given out once",
    ]);
    const many = Array.from({ length: 33 }, (_, at) => zone(`z${at}`));
    expectProblems(text(...many), [
      "37:5: zones.z32: so many zones need public addresses of their own; add 'publicAddresses' to its network",
    ]);
  });

  it('of zone names', () => {
    const zones = 'zones:\n  - {name: shared, pods: [{name: p, hosts: [{}]}]}';
    expectProblems(`podtwin: 1\nname: t\nduration: 1d\n${zones}\nofferings: {s: {cpu: 1 core, memory: 1 GiB}}`, [
      "5:12: zones.shared.name: 'shared' is what podtwin calls what zones share; choose another name",
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
      "13:3: offerings.a.b: 'a.b' is no name; use letters, digits, - and _, a letter or digit first, at most 100 of them",
      "14:19: accounts.a/b.name: 'a/b' is no name; use letters, digits, - and _, a letter or digit first, at most 100 of them",
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

  it('a throttle that could never act, wherever it stands', () => {
    // The preset server does 40,000 operations a second, such a host has 2 ports of 10 Gbps.
    const never = (what: string): string => `this limit could never act: ${what}; write less, or remove it`;
    const iops = never('the fastest storage server of the file does 40000 operations a second');
    const network = never('no host has more than 20 Gbps, all its network ports together');
    const small = (limits: string): string => `{cpu: 1 core, memory: 2 GiB, ${limits}}`;
    expect(problemsOf(scenario({ small: small('network: 20 Gbps, iops: 40000') }))).toEqual([]);
    expectProblems(scenario({ small: small('network: 20.1 Gbps, iops: 40001') }), [
      `12:48: offerings.small.network: ${network}`,
      `12:65: offerings.small.iops: ${iops}`,
    ]);
    const more = `management: {throttle: {network: 1 Tbps}}
accounts: [{name: a, throttle: {iops: 1000000}}]
events: [{at: 1h, throttle: {account: a, network: none, iops: 1000000}}]`;
    expectProblems(scenario({ more }), [
      `13:34: management.throttle.network: ${network}`,
      `14:39: accounts.a.throttle.iops: ${iops}`,
      `15:63: events.0.throttle.iops: ${iops}`,
    ]);
    const slow = 'storageTypes: {slow: {capacity: 1 TiB, iops: 100}}';
    expect(problemsOf(scenario({ small: small('iops: 101'), more: slow })).join()).toContain('does 100 operations');
    expect(
      problemsOf(scenario({ small: small('iops: 101, storage: local'), host: LOCAL, more: slow })),
      'of a host’s own disk nothing is known',
    ).toEqual([]);
    expect(problemsOf(scenario({ small: small('network: 3 Gbps'), host: SLOW_NICS })).join()).toContain('than 2 Gbps');
  });

  it('a throttle of nothing, or of 0', () => {
    const event = (throttle: string): string =>
      problemsOf(scenario({ more: `accounts: [{name: a}]\nevents: [{at: 1h, throttle: {${throttle}}}]` })).join();
    expect(event('account: a')).toContain("events.0.throttle: nothing is throttled; add 'network' or 'iops'");
    expect(event('account: a, iops: 0')).toContain('events.0.throttle.iops');
    expect(event('account: a, network: 0 bps')).toContain('events.0.throttle.network');
    expect(event('account: b, iops: 1')).toContain("no account 'b' is declared");
  });

  it('a disk that nothing can hold: of a pod, of a host, beside its template', () => {
    const disks = (small: string, host?: string) =>
      problemsOf(scenario({ small: `{cpu: 1 core, memory: 2 GiB, ${small}}`, more: TEMPLATES, ...(host && { host }) }));
    const TEMPLATES = 'templates: {large: {size: 30 TiB}}';
    const local = '{cpu: 8 cores, memory: 16 GiB, localDisk: 100 GiB}';
    expect(disks('disk: 40 TiB')).toEqual([]);
    expect(disks('disk: 10 TiB, template: large').join()).toContain("larger than the offering's disk");
    expect(disks('disk: 41 TiB').join()).toContain('no storage server can hold this disk: the largest has 40 TiB');
    expect(disks('disk: 35 TiB, template: large').join()).toContain(
      'no storage server can hold this disk beside a copy of its template: the largest has 40 TiB',
    );
    expect(disks('disk: 20 GiB, storage: local').join()).toContain('no host has a disk of its own');
    expect(disks('disk: 100 GiB, storage: local', local)).toEqual([]);
    expect(disks('disk: 101 GiB, storage: local', local).join()).toContain(
      'no host can hold this disk: the largest has 100 GiB',
    );
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
      '15:5: events.0: one action is due here, of start, stop, reboot, destroy, resize ...; found none',
      '16:5: events.1: one action is due here, of start, stop, reboot, destroy, resize ...; found start and stop',
      "16:84: events.1.stop.count: one VM is named with 'vm'; remove 'count', or 'vm'",
      `17:10: events.2.at: 5 has no unit; write a duration, e.g. 5 min ${DURATIONS}`,
      "17:21: events.2.reboot.account is missing; add e.g. 'account: acme'",
      "17:22: unknown key 'acount' in events.2.reboot; did you mean 'account'?",
      "18:14: events.3.until: it belongs to 'drain' only; remove it",
    ]);
  });

  it('gives no VLAN ID of a pod before a pod is known', () => {
    const problems = (scope: string, assigned: string): string[] =>
      problemsOf(scenario({ network: `{vlanScope: ${scope}}`, more: `management: {vlanAssigned: ${assigned}}` }));
    expect(problems('pod', 'at-first-use')).toEqual([]);
    expect(problems('zone', 'at-registration')).toEqual([]);
    expect(problems('overlay', 'at-registration')).toEqual([]);
    expect(problems('pod', 'at-registration')).toEqual([
      "f.yaml:8:26: zones.z1.network.vlanScope: a guest network has an ID of the pod in which it is first used, which is not known at registration; write zone, or set management's vlanAssigned to at-first-use",
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
