import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GIB, KIB, MIB, TIB } from '../../sim/base/units.js';
import { loadScenario } from '../../sim/scenario/loader.js';
import { load, scenario } from './load.js';

const SMALLEST = `podtwin: 1
name: smallest
duration: 1h
zones: [{name: z1, pods: [{name: p, hosts: [{}]}]}]
offerings: {small: {cpu: 1 core, memory: 2 GiB}}`;

const NO_THROTTLE = { networkBitsPerSecond: null, iops: null };

describe('defaults', () => {
  it('make a whole scenario of the five keys that must be there', () => {
    const { scenarioText, ...resolved } = load(SMALLEST);
    expect(scenarioText).toContain('podtwin: 1');
    const address = (a: number, b: number, c: number, d: number) => ((a * 256 + b) * 256 + c) * 256 + d;
    const tor = { type: 'tor', macTableEntries: 32_768, vlanCount: 1024, virtualPorts: 3000 };
    const core = { type: 'core', macTableEntries: 131_072, vlanCount: 4094, virtualPorts: 16_000 };
    const node = { cpuMillis: 15_500, memoryBytes: 126 * GIB };
    expect(resolved).toEqual({
      name: 'smallest',
      about: '',
      variant: null,
      seed: 1,
      durationMicros: 3_600_000_000,
      study: 'terminating',
      warmUpMicros: 0,
      zones: [
        {
          name: 'z1',
          vlans: Array.from({ length: 4094 }, (_, at) => at + 1),
          vlanScope: 'zone',
          trunks: 'pruned',
          guestAddresses: { first: address(10, 0, 0, 0), prefixLength: 8 },
          guestGateway: address(10, 1, 1, 1),
          publicAddresses: [{ first: address(198, 18, 0, 0), prefixLength: 20 }],
          managementAddresses: { first: address(192, 168, 0, 0), prefixLength: 16 },
          pods: [
            {
              name: 'z1/p',
              hosts: [
                {
                  name: 'z1/p/h01',
                  type: 'standard',
                  role: 'both',
                  nodes: [node, node],
                  localDiskBytes: 0,
                  lacks: [],
                  cluster: 0,
                  nicBitsPerSecond: 1e10,
                  nicCount: 2,
                  bond: 'aggregate',
                  rack: null,
                  inService: true,
                },
              ],
              storage: [
                { name: 'z1/p/s1', type: 'filer', capacityBytes: 40 * TIB, iops: 40_000, nicBitsPerSecond: 2e10 },
              ],
              podSwitches: [
                { name: 'z1/p/a', ...tor },
                { name: 'z1/p/b', ...tor },
              ],
              racks: [],
            },
          ],
          zoneSwitches: [
            { name: 'z1/a', ...core },
            { name: 'z1/b', ...core },
          ],
          dataCenter: null,
          network: {
            podUplinkBitsPerSecond: 20e9,
            zoneSwitchLatencySeconds: 50e-6,
            podLatencySeconds: 10e-6,
            firewall: { data: 'transparent', management: 'nat', publicLinkBitsPerSecond: 10e9, latencySeconds: 0 },
            separate: [],
            templateStoreBitsPerSecond: 10e9,
            managementServersBitsPerSecond: 10e9,
            storageShareRatio: 0,
          },
        },
      ],
      vpns: [],
      distances: [],
      functions: [],
      templates: [],
      offerings: [
        offering('small', 1000, 2 * GIB, 20 * GIB, false),
        offering('router', 1000, 512 * MIB, 2 * GIB, true),
      ],
      prices: {
        ...{ currency: 'credits', decimals: 2, incrementMicros: 1_000_000, roundUp: 'each', minimumMicros: 0 },
        ...{ perGigabyte: null, perCoreHour: null, perGibHour: null, perDiskGibMonth: null, perAddressHour: null },
        ...{ chargeStoppedDisks: true, chargeAddresses: true, chargeTraffic: 'public', chargeRouters: false },
      },
      management: {
        servers: 1,
        agents: { per: 'host', atOnce: null },
        holdStoppedMicros: 0,
        vlanAssigned: 'at-first-use',
        routerOffering: 'router',
        collectAfterMicros: 600_000_000,
        bridgeMemoryBytes: MIB,
        throttle: NO_THROTTLE,
        overprovision: { cpu: 1, memory: 1 },
        latencyMicros: 1000,
        commands: { timeoutMicros: 600_000_000, attempts: 3, retryMicros: 300_000_000 },
      },
      durations: {
        bootSeconds: { kind: 'constant', value: 34 },
        shutdownSeconds: { kind: 'constant', value: 5 },
        diskCreateSeconds: { kind: 'constant', value: 1 },
        templateCopyBytesPerSecond: null,
        storageCopyBytesPerSecond: 125e6,
      },
      policies: { placement: { name: 'first-fit', options: {} } },
      migration: {
        ...{ rules: 'qemu', downtimeMicros: 300_000, bitsPerSecond: null },
        ...{ perHost: 2, perPodUplink: 4, perZone: null, timeoutMicros: 800_000_000, ifNotConverging: 'abort' },
        ...{ disks: 'mirror', diskTimeoutMicros: 14_400_000_000 },
      },
      ...{ defrag: null, defragments: [], drains: [], maintenances: [] },
      memory: { nonZeroRatio: 0.6, hotRatio: 0.05, hotBytesPerSecond: 20e6, coldBytesPerSecond: 1e6 },
      accounts: [],
      workload: null,
      initial: null,
      events: [],
      evacuations: [],
      outages: [],
      flows: [],
      transferShareRatio: 0.05,
      broadcast: {},
      faults: null,
      record: 'full',
      samplesMicros: 300_000_000,
      expect: [],
    });
  });

  it('of the workload: no customers; deployments, sizes and lifetimes of Azure, 2019', () => {
    const text = `${SMALLEST.replace('small: {', 'big: {cpu: 2 cores, memory: 1 GiB}, router: {cpu: 1 core, memory: 1 GiB, system: true}, small: {')}
workload: {}`;
    expect(load(text).workload).toEqual({
      accounts: {
        initial: 0,
        arrivals: null,
        zones: [{ zone: 'z1', share: 1 }],
        vms: AZURE_2019,
        sizes: AZURE_2019,
        offerings: [],
      },
      vms: { lifetimeSeconds: AZURE_2019, arrivals: null, cpuUse: null, diskUse: null },
      traffic: null,
      trace: null,
    });
  });

  it('of the gateway where 10.1.1.1 is outside: the first address that a host can have', () => {
    const text = scenario({ network: '{guestAddresses: 172.16.0.0/12}' });
    expect(load(text).zones[0]!.guestGateway).toBe(((172 * 256 + 16) * 256 + 0) * 256 + 1);
  });
});

const AZURE_2019 = { kind: 'azure', year: 2019 };

function offering(name: string, cpuMillis: number, memoryBytes: number, diskBytes: number, system: boolean) {
  const disk = { diskBytes, storage: 'pod', template: null };
  return { name, cpuMillis, memoryBytes, ...disk, networkBitsPerSecond: null, iops: null, perHour: null, system };
}

describe('names', () => {
  function names(pods: string): string[] {
    const text = scenario({ more: 'storageTypes: {disk: {capacity: 1 TiB}}' }).replace(
      / {6}- \{name: p.*\n/,
      `      - ${pods}\n`,
    );
    return load(text).zones[0]!.pods.flatMap((pod) => [
      pod.name,
      ...[...pod.hosts, ...pod.storage, ...pod.podSwitches].map(({ name }) => name),
    ]);
  }

  it('are numbered where a count stands, also of one, and bare where none does', () => {
    expect(names('{name: p, count: 1, hosts: [{name: h, count: 1}, {name: big}]}')).toEqual([
      ...['z1/p01', 'z1/p01/h01', 'z1/p01/big', 'z1/p01/s1', 'z1/p01/a', 'z1/p01/b'],
    ]);
    expect(names('{name: rack, hosts: [{name: h}], storage: [{name: nas}], podSwitch: {redundant: false}}')).toEqual([
      ...['z1/rack', 'z1/rack/h', 'z1/rack/nas', 'z1/rack/a'],
    ]);
  });

  it('go on through entries without a name, and get wider where they must', () => {
    expect(
      names('{name: p, hosts: [{count: 2, type: std}, {type: std, role: routing}], storage: [{count: 2}, {}]}'),
    ).toEqual([...['z1/p', 'z1/p/h01', 'z1/p/h02', 'z1/p/h03', 'z1/p/s1', 'z1/p/s2', 'z1/p/s3', 'z1/p/a', 'z1/p/b']]);
    const many = names('{name: p, hosts: [{name: h, count: 100}]}');
    expect(many.slice(0, 3)).toEqual(['z1/p', 'z1/p/h001', 'z1/p/h002']);
    expect(many).toContain('z1/p/h100');
  });
});

describe('hosts', () => {
  it('of several types and roles; the reserve is taken off in equal parts, rounded down', () => {
    const text = scenario({
      host: '{cpu: 9 cores, memory: 10 GiB, numaNodes: 4, reserved: {cpu: 0.5 cores, memory: 1 KiB}, nic: 25 Gbps, nics: 4}',
      hosts: '{name: c, type: std, role: computing}, {name: r, type: standard, role: routing}',
    });
    const [first, second] = load(text).zones[0]!.pods[0]!.hosts;
    const node = { cpuMillis: 2125, memoryBytes: (10 * GIB - KIB) / 4 };
    expect(first).toMatchObject({
      role: 'computing',
      nodes: [node, node, node, node],
      nicBitsPerSecond: 2.5e10,
      nicCount: 4,
    });
    expect(second).toMatchObject({ role: 'routing', type: 'standard', nodes: { length: 2 } });
  });
});

describe('the course of a run', () => {
  it('has events in order of time, then of the file, with all their forms', () => {
    const more = `accounts: [{name: a, vms: {small: 2}}]
events:
  - {at: 2h, destroy: {account: a, vm: vm-0001}}
  - {at: 1h, start: {account: a, offering: small, count: 3}}
  - {at: 1h, stop: {account: a}}
  - {at: 0 s, reboot: {account: a, count: 2}}
  - {at: 3h, start: {account: a, vm: vm-0002}}
  - {at: 3h, start: {account: a, count: 2}}`;
    const loaded = load(scenario({ more }));
    const plain = { otherZones: [], networks: [], cpuUse: null, throttle: NO_THROTTLE, traffic: null, diskUse: null };
    expect(loaded.accounts).toEqual([{ ...plain, name: 'a', zone: 'z1', vms: [{ offering: 'small', count: 2 }] }]);
    const hour = 3_600_000_000;
    expect(loaded.events).toEqual([
      { atMicros: 0, kind: 'reboot', account: 'a', vm: null, count: 2 },
      {
        ...{ atMicros: hour, kind: 'start', account: 'a', want: { offering: 'small' }, count: 3 },
        ...{ name: null, networks: null, addresses: null, template: null, tier: null },
      },
      { atMicros: hour, kind: 'stop', account: 'a', vm: null, count: 1 },
      { atMicros: 2 * hour, kind: 'destroy', account: 'a', vm: 'vm-0001', count: 1 },
      { atMicros: 3 * hour, kind: 'start-stopped', account: 'a', vm: 'vm-0002', count: 1 },
      { atMicros: 3 * hour, kind: 'start-stopped', account: 'a', vm: null, count: 2 },
    ]);
  });

  it("has throttles of offerings, accounts, the cloud and events; 'none' and nothing differ in an event only", () => {
    const more = `management: {throttle: {iops: 900}}
accounts: [{name: a, throttle: {network: 20 Mbps, iops: none}}]
events:
  - {at: 1h, throttle: {account: a, network: none}}
  - {at: 2h, throttle: {account: a, network: 1 Gbps, iops: 100}}`;
    const loaded = load(scenario({ small: '{cpu: 1 core, memory: 2 GiB, network: 1 Gbps, iops: 500}', more }));
    expect(loaded.offerings[0]).toMatchObject({ networkBitsPerSecond: 1e9, iops: 500 });
    expect(loaded.accounts[0]!.throttle).toEqual({ networkBitsPerSecond: 2e7, iops: null });
    expect(loaded.management.throttle).toEqual({ networkBitsPerSecond: null, iops: 900 });
    const hour = 3_600_000_000;
    expect(loaded.events).toEqual([
      { atMicros: hour, kind: 'throttle', account: 'a', networkBitsPerSecond: null },
      { atMicros: 2 * hour, kind: 'throttle', account: 'a', networkBitsPerSecond: 1e9, iops: 100 },
    ]);
  });

  it('has faults, shares that sum to 1, and rates', () => {
    const more = `faults: {drop: 5 %, delay: 0.5, delayBy: {uniform: [0 s, 20 s]}}
workload:
  accounts: {initial: 2, arrivals: {poisson: 2/h}, offerings: {small: 3, router: 0, other: 1}}
  vms: {arrivals: {poisson: 1 per d}, lifetime: none}`;
    const text = scenario({ more }).replace(
      'offerings:',
      'offerings:\n  other: {cpu: 1 core, memory: 1 GiB}\n  router: {cpu: 1 core, memory: 1 GiB}',
    );
    const { faults, workload } = load(text);
    expect(faults).toEqual({
      dropRatio: 0.05,
      duplicateRatio: 0,
      delayRatio: 0.5,
      delaySeconds: { kind: 'uniform', low: 0, high: 20 },
    });
    expect(workload?.accounts).toMatchObject({
      arrivals: { perSecond: 2 / 3600, curve: 'flat', growthPerSecond: 0 },
      sizes: null,
      offerings: [
        { offering: 'small', share: 0.75 },
        { offering: 'other', share: 0.25 },
      ],
    });
    const flat = { perSecond: 1 / 86_400, curve: 'flat', growthPerSecond: 0 };
    const arrivals = { ...flat, group: { kind: 'constant', value: 1 } };
    expect(workload?.vms).toEqual({ lifetimeSeconds: null, arrivals, cpuUse: null, diskUse: null });
  });
});

describe('scenarios/quickstart.yaml', () => {
  const file = path.resolve('scenarios/quickstart.yaml');
  const options = { policies: ['first-fit', 'random'] };

  it('is what its comments say', () => {
    const quickstart = loadScenario(file, options);
    expect(quickstart).toMatchObject({ name: 'quickstart', seed: 42, durationMicros: 7 * 86_400_000_000 });
    const [zone] = quickstart.zones;
    expect(zone!.vlans).toHaveLength(40);
    expect(zone!.pods.map(({ name }) => name)).toEqual(['z1/p01', 'z1/p02', 'z1/p03', 'z1/p04']);
    expect(zone!.pods[3]!.hosts.at(-1)!.name).toBe('z1/p04/h06');
    expect(zone!.pods[0]!.hosts[0]!.nodes).toEqual(Array(2).fill({ cpuMillis: 17_000, memoryBytes: 126 * GIB }));
    expect(quickstart.workload).toMatchObject({
      accounts: {
        initial: 32,
        arrivals: { perSecond: 3 / 86_400, curve: 'flat' },
        vms: { kind: 'uniform', low: 2, high: 5 },
      },
      vms: { lifetimeSeconds: { kind: 'exponential', mean: 172_800 } },
    });
  });

  it('has variants that change what they say', () => {
    expect(loadScenario(file, { ...options, variant: 'enough-vlans' }).zones[0]!.vlans).toHaveLength(100);
    expect(loadScenario(file, { ...options, variant: 'random-placement' }).policies.placement.name).toBe('random');
    const one = loadScenario(file, { ...options, variant: 'one-large-pod' }).zones[0]!.pods;
    expect([one.length, one[0]!.hosts.length]).toEqual([1, 24]);
  });
});

it('a file of ten thousand hosts by count is read at once, each host with its own name', () => {
  const text = scenario({ hosts: '{name: h, type: std, count: 100}' }).replace('p, count: 2', 'p, count: 100');
  const hosts = load(text).zones[0]!.pods.flatMap((pod) => pod.hosts);
  expect(new Set(hosts.map(({ name }) => name)).size).toBe(10_000);
  expect(hosts.at(-1)!.name).toBe('z1/p100/h100');
});
