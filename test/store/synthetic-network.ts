/**
 * A made-up network of the zones of a made-up run: what its links, switches, customers and storage servers carried, as
 * tables and as the parts of a summary. The same zones give the same, to the last digit; pods are alike but for their loads.
 */
import type { BroadcastSummary } from '../../sim/measures/broadcast-result.js';
import type { LinkRow, NetworkTables, OverloadRow, TransferRow } from '../../sim/store/network-types.js';
import type { RunHeader, Summary, VlanSummary } from '../../sim/store/types.js';

const DAY = 86_400_000_000;
const GBPS = 1e9;
type Zone = RunHeader['zones'][number];

export type NetworkSummary = Pick<Summary, 'traffic' | 'storage' | 'transfers'>;

/** The parts of the summary that the tables below come to, roughly. */
export const NETWORK_SUMMARY: NetworkSummary = {
  traffic: {
    ...{ sameHost: 1.2 * GBPS, samePod: 3.4 * GBPS, crossPod: 2.3 * GBPS, crossZone: null, public: 0.85 * GBPS },
    ...{ crossPodShare: 1 / 3, trafficCost: 10.3 * GBPS, trafficLatencySeconds: 0.000034 },
    ...{ zoneSwitchPeakUtilization: 0.62, storage: 1.75 * GBPS, management: 34_000, transfers: 0.21 * GBPS },
    ...{ hottestLinkPeakUtilization: 1.12, linksOverloaded: 1 },
  },
  storage: { meanIops: 21_500, shortRatio: 0.021, serversShort: 1 },
  transfers: {
    ...{ started: 46, completed: 43, cancelled: 2, bytes: 2.5e12 },
    totalSeconds: { p50: 48.2, p99: 310, max: 402.5 },
  },
};

export const BROADCAST_SUMMARY: BroadcastSummary = {
  framesPerSecondPerHost: { mean: 3.25, max: 9.5 },
  ...{ cpuShare: 0.000021, linkShare: 3.1e-7, floodedFramesPerSecondPerHost: 0.04 },
  ...{ flatFramesPerSecondPerHost: 41.5, flatCpuShare: 0.00031, flatLinkShare: 4.1e-6 },
};

/** What switches had to hold where nothing was refused for them. */
export const SWITCH_PEAKS: Omit<VlanSummary, 'capacity' | 'peakInUse' | 'meanInUse' | 'refused'> = {
  refusedBySwitch: 0,
  podSwitchVlans: { peak: 34, limit: 1024 },
  podSwitchVirtualPorts: { peak: 2210, limit: 3000 },
  zoneSwitchVlans: { peak: 37, limit: 4094 },
  zoneSwitchVirtualPorts: { peak: 148, limit: 16_000 },
  podSwitchMacEntries: { peak: 912, limit: 32_768 },
};

export function syntheticNetwork(zones: readonly Zone[]): NetworkTables {
  const links = zones.flatMap(linksOf);
  return {
    links,
    switches: zones.flatMap(switchesOf),
    ...migrationsOf(zones),
    vlanAlternatives: zones.flatMap(({ name: zone, vlanCapacity, pods }) => [
      { zone, scope: 'overlay', inForce: 0, networks: 16_773_120, spansPods: 1, overheadBytes: 50, payloadRatio: 0.97 },
      {
        ...{ zone, scope: 'pod', inForce: 0, networks: vlanCapacity * pods.length, spansPods: 0 },
        ...{ overheadBytes: 0, payloadRatio: 1 },
      },
      { zone, scope: 'zone', inForce: 1, networks: vlanCapacity, spansPods: 1, overheadBytes: 0, payloadRatio: 1 },
    ]),
    customers: zones.flatMap(customersOf),
    pods: zones.flatMap(podsOf),
    overloads: links.filter(({ peak }) => peak > 1).flatMap(overloadsOf),
    storage: zones.flatMap(({ name, pods }) =>
      pods.flatMap(({ storage }, pod) =>
        storage.map(({ name: server, iops }) => ({
          ...{ zone: name, server, capacityIops: iops },
          ...{ meanIops: iops * (0.2 + 0.2 * (pod % 4)), peakIops: iops * (0.4 + 0.25 * (pod % 4)) },
          ...{ shortRatio: pod % 4 === 3 ? 0.034 : 0, timeShortRatio: pod % 4 === 3 ? 0.12 : 0 },
        })),
      ),
    ),
    podSizes: zones.flatMap(({ name: zone, pods }) =>
      pods.flatMap(({ name: pod }) => [
        { zone, pod, offering: 'large', iopsPerVm: 2000, vmsByStorage: 20, vmsByHosts: 24 },
        { zone, pod, offering: 'small', iopsPerVm: 500, vmsByStorage: 80, vmsByHosts: 248 },
      ]),
    ),
    transfers: zones.flatMap(({ name }) => transfersOf(name)),
    runOuts: zones.flatMap(runOutsOf),
    parameters: PARAMETERS,
  };
}

const PARAMETERS: NetworkTables['parameters'] = [
  { name: 'bootArpFrames', value: 3, unit: 'frames', source: 'assumption: probes', calibrate: 1 },
  { name: 'broadcastSolicits', value: 3, unit: 'frames', source: 'Linux 6.18', calibrate: 0 },
  { name: 'receiveSeconds', value: 1e-6, unit: 's', source: 'assumption: a million packets a second', calibrate: 1 },
];

/** Two links a host, pod and storage server; only the uplink of each fourth pod is asked for more than it has. */
function linksOf({ name: zone, pods }: Zone): LinkRow[] {
  const rows: LinkRow[] = [];
  const add = (name: string, kind: string, gbps: number, mean: number, classes: readonly number[]): void => {
    for (const [way, share] of [
      ['down', 0.7],
      ['up', 1],
    ] as const) {
      const use = mean * share;
      const carried = use * gbps * GBPS;
      const [guest, storage, management, transfers] = classes.map((part) => part * carried);
      rows.push({
        ...{ zone, link: `${name} ${way}`, kind, fabric: 'data', capacityBitsPerSecond: gbps * GBPS },
        ...{ mean: use, p95: Math.ceil(use * 1.4 * 100) / 100, peak: use * 1.6, peakMicros: 3.25 * DAY },
        highRatio: use > 0.6 ? 0.21 : use > 0.45 ? 0.04 : 0,
        ...{ guest: guest!, storage: storage!, management: management!, transfers: transfers! },
      });
    }
  };
  pods.forEach((pod, at) => {
    add(pod.name, 'pod-uplink', 40, 0.25 + 0.15 * (at % 4), [0.96, 0, 0.001, 0.039]);
    pod.hosts.forEach(({ name }, host) =>
      add(name, 'host', 20, 0.03 + 0.005 * ((host * 7) % 13), [0.7, 0.29, 0, 0.01]),
    );
    for (const { name } of pod.storage) add(name, 'storage', 20, 0.12 + 0.05 * (at % 4), [0, 0.9, 0, 0.1]);
  });
  add(`${zone} public`, 'public', 10, 0.085, [1, 0, 0, 0]);
  // The key of the table: zone, fabric, link.
  return rows.sort((a, b) => (a.link < b.link ? -1 : 1));
}

function switchesOf({ name: zone, pods }: Zone): NetworkTables['switches'] {
  const bits = { meanBitsPerSecond: 8.1 * GBPS, peakBitsPerSecond: 21 * GBPS };
  const limits = { vlanLimit: 1024, virtualPortLimit: 3000, macTable: 32_768 };
  return [
    {
      ...{ zone, switch: zone, level: 'zone' as const, peakVlans: 37, vlanLimit: 4094, peakVirtualPorts: 148 },
      ...{ virtualPortLimit: 16_000, peakMacEntries: 3210, macTable: 131_072, ...bits },
    },
    ...pods.map(
      ({ name }, at) =>
        ({
          ...{ zone, switch: name, level: 'pod' as const, ...limits, ...bits },
          ...{
            peakVlans: 28 + 2 * (at % 4),
            peakVirtualPorts: 1910 + 100 * (at % 4),
            peakMacEntries: 612 + 100 * (at % 4),
          },
        }) as const,
    ),
  ];
}

function customersOf({ name: zone }: Zone): NetworkTables['customers'] {
  return Array.from({ length: 14 }, (_, at) => {
    const bits = (at + 1) * 8e12;
    const ways = {
      sameHost: bits / 4,
      samePod: bits,
      crossPod: bits * (at % 3),
      toPublic: bits / 8,
      fromPublic: bits / 16,
    };
    return { zone, account: `c${10 + at}`, network: 'default', ...ways };
  });
}

function podsOf({ name: zone, pods }: Zone): NetworkTables['pods'] {
  const hosts = pods.reduce((sum, pod) => sum + pod.hosts.length, 0);
  const rates = { floodedFramesPerSecond: 0.04, cpuShare: 0.000021, linkShare: 3.1e-7 };
  const flat = { zone, pod: 'flat', hosts, meanFramesPerSecond: 41.5, maxFramesPerSecond: 75 };
  return [
    { ...flat, floodedFramesPerSecond: 0, cpuShare: 0.00031, linkShare: 4.1e-6 },
    ...pods.map(({ name, hosts: of }, at) => {
      const mean = 2.5 + 0.5 * (at % 4);
      return { zone, pod: name, hosts: of.length, meanFramesPerSecond: mean, maxFramesPerSecond: mean * 2, ...rates };
    }),
  ];
}

/** Four customers: two get all that they ask for, two share what is left. */
function overloadsOf({ zone, link, peakMicros, capacityBitsPerSecond: capacity }: LinkRow): OverloadRow[] {
  const asked = [2, 5, 18, 19.4].map((gbps) => gbps * GBPS);
  const fair = (capacity - 0.4 * GBPS - 7 * GBPS) / 2;
  return asked.map((own, at) => ({
    ...{ zone, link, atMicros: peakMicros, capacityBitsPerSecond: capacity },
    ...{ askedBitsPerSecond: 44.4 * GBPS, othersBitsPerSecond: 0.4 * GBPS },
    ...{ account: `c${10 + at}`, network: 'default', accountAskedBitsPerSecond: own },
    accountGetsBitsPerSecond: Math.min(own, fair),
  }));
}

/** Of the first zone: some of every end. */
function migrationsOf([first]: readonly Zone[]): Pick<
  NetworkTables,
  'migrations' | 'migrationRounds' | 'rounds' | 'scattered'
> {
  const zone = first!.name;
  const hosts = first!.pods.flatMap(({ hosts }) => hosts.map(({ name }) => name));
  const migrations = Array.from({ length: 24 }, (_, migration): NetworkTables['migrations'][number] => {
    const outcome = migration % 8 === 5 ? 'rolled-back' : migration % 12 === 11 ? 'dropped' : 'done';
    const copied = outcome !== 'dropped';
    const askedMicros = 3_600_000_000 * (migration + 1);
    return {
      ...{ zone, migration, vm: `customer-${migration % 5}/vm-${migration}`, outcome, askedMicros },
      how: 'live',
      ...{ source: hosts[migration % hosts.length]!, destination: hosts[(migration + 1) % hosts.length]! },
      beginMicros: copied ? askedMicros + 2_000_000 : null,
      endMicros: askedMicros + 9_000_000 + 1_000_000 * migration,
      reason: outcome === 'rolled-back' ? 'not-converging' : outcome === 'dropped' ? 'no-capacity' : null,
      copy: copied ? (outcome === 'done' ? 'converged' : 'not-converging') : null,
      totalSeconds: copied ? 4 + 1.5 * migration : null,
      downtimeSeconds: copied ? (outcome === 'done' ? 0.05 + 0.01 * migration : 0) : null,
      lostSeconds: copied ? 0.2 + 0.01 * migration : null,
      bytes: copied ? 2 ** 31 + 2 ** 27 * migration : null,
      diskBytes: copied ? 0 : null,
      rounds: copied ? 2 : null,
    };
  });
  const migrationRounds = migrations.flatMap(({ migration, bytes }) =>
    bytes === null
      ? []
      : [1, 2].map((round) => ({
          ...{
            zone,
            migration,
            stream: 'memory' as const,
            round,
            seconds: 2 / round,
            bytes: Math.round(bytes / (3 * round)),
          },
          ...{ fullPages: 400_000 / round, zeroPages: 100_000, pendingPages: 9000 / round, speedRatio: 1 },
        })),
  );
  return { migrations, migrationRounds, ...roundsOf(zone, hosts.length) };
}

function transfersOf(zone: string): TransferRow[] {
  return Array.from({ length: 46 }, (_, transfer): TransferRow => {
    const bytes = 20e9 + transfer * 1e9;
    const seconds = 20 + ((transfer * 17) % 60) * 5;
    const beginMicros = transfer * 3_600_000_000;
    const way = { zone, transfer, kind: transfer % 5 === 0 ? 'flow' : 'template', source: `${zone} templates` };
    const of = { ...way, destination: `${zone}/p0${1 + (transfer % 4)}/s1`, bytes, beginMicros, delaySeconds: null };
    if (transfer > 42)
      return { ...of, endMicros: null, outcome: transfer > 44 ? 'under-way' : 'cancelled', meanBitsPerSecond: null };
    return { ...of, endMicros: beginMicros + seconds * 1e6, outcome: 'done', meanBitsPerSecond: (bytes * 8) / seconds };
  });
}

function runOutsOf({ name: zone, vlanCapacity, pods }: Zone): NetworkTables['runOuts'] {
  const GIB = 1024 ** 3;
  return [
    { what: 'cpu', unit: 'thousandths of a core', capacity: 992_000, inUse: 310_000, perDay: -1200, atMicros: null },
    { what: 'iops', unit: 'operations per second', capacity: 160_000, inUse: 22_000, perDay: 310, atMicros: null },
    { what: 'memory', unit: 'bytes', capacity: 8064 * GIB, inUse: 612 * GIB, perDay: 20 * GIB, atMicros: 380 * DAY },
    ...pods.slice(0, 1).map((pod) => ({
      ...{ what: `pod uplink ${pod.name}`, unit: 'bits per second', capacity: 40 * GBPS, inUse: 11 * GBPS },
      ...{ perDay: 0.9 * GBPS, atMicros: 39 * DAY },
    })),
    { what: 'vlan-ids', unit: 'IDs', capacity: vlanCapacity, inUse: 36.5, perDay: 0.13, atMicros: 34 * DAY },
  ].map((row) => ({ zone, ...row }));
}

function roundsOf(zone: string, hosts: number): Pick<NetworkTables, 'rounds' | 'scattered'> {
  const rounds = Array.from({ length: 20 }, (_, round): NetworkTables['rounds'][number] => ({
    ...{ zone, round, beginMicros: 3_600_000_000 * (round + 1), customers: 5 + (round % 3), leftAlone: round % 2 },
    endMicros: round === 19 ? null : 3_600_000_000 * (round + 1) + 40_000_000 * (1 + (round % 4)),
    ...{ moves: 3 * (round % 4), done: round % 4 === 0 ? 0 : 3 * (round % 4) - 1, dropped: Number(round % 4 > 0) },
    ...{ rolledBack: 0, bytes: 2 ** 31 * (round % 4), downtimeSeconds: 0.2 * (round % 4) },
    fragmentationBefore: 0.4 - 0.01 * round,
    fragmentationAfter: round === 19 ? null : 0.4 - 0.015 * round,
  }));
  const scattered = Array.from({ length: 18 }, (_, at): NetworkTables['scattered'][number] => ({
    ...{ zone, account: `customer-${at}`, network: 'default', vms: 4 + at, hosts: Math.min(hosts, 4), leastHosts: 1 },
    ...{ pods: at < 12 ? 2 : 1, leastPods: 1, phantomDomains: 3, fragmentation: at < 12 ? 0.9 - 0.05 * at : 0 },
    reason: at < 9 ? 'no-capacity' : at < 12 ? 'limit' : null,
  }));
  return { rounds, scattered };
}
