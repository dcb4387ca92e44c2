/** From a file that passed every check to a resolved scenario: nothing here can fail any more. */
import { GIB, MIB, MILLIS_PER_CORE, secondsOf } from '../base/units.js';
import type { FlowTable } from './flow-table.js';
import type { Inventory } from './inventory.js';
import { resolveFlows } from './resolve-flows.js';
import { resolveInterconnect } from './resolve-interconnect.js';
import {
  limitOf,
  isRequest,
  resolveEvacuation,
  resolveMaintenance,
  resolveEvent,
  resolveOutage,
} from './resolve-events.js';
import { resolveTrace } from './resolve-trace.js';
import { azureOf } from './schema/arrivals.js';
import { inventoryHostName, resolveZones } from './resolve-zones.js';
import type {
  DefragSpec,
  AccountSpec,
  ArrivalsSpec,
  DistributionSpec,
  Expectation,
  FaultsSpec,
  InitialSpec,
  ManagementSpec,
  MemorySpec,
  MigrationSpec,
  OfferingSpec,
  PolicySpec,
  PricesSpec,
  ResolvedScenario,
  ThrottleSpec,
  WorkloadSpec,
} from './resolved.js';
import { memory } from './schema/migration.js';
import type { ScenarioFile } from './schema/scenario.js';
import type { TraceWorkload } from './trace-workload.js';

type WrittenArrivals = NonNullable<NonNullable<ScenarioFile['workload']>['accounts']['arrivals']>;

/** What a routing appliance is made of where the file does not say. */
const BUILT_IN_ROUTER: OfferingSpec = {
  name: 'router',
  cpuMillis: MILLIS_PER_CORE,
  memoryBytes: 512 * MIB,
  diskBytes: 2 * GIB,
  storage: 'pod',
  template: null,
  networkBitsPerSecond: null,
  iops: null,
  perHour: null,
  system: true,
};

/** What other files say that the scenario names; null: it names none. */
export interface ReadData {
  inventory: Inventory | null;
  trace: TraceWorkload | null;
  flows: FlowTable | null;
}

export function resolve(
  file: ScenarioFile,
  { inventory, trace, flows }: ReadData,
  variant: string | null,
): ResolvedScenario {
  const zones = resolveZones(file, inventory);
  return {
    name: file.name,
    about: file.about,
    variant,
    seed: file.seed,
    durationMicros: file.duration,
    study: file.study,
    warmUpMicros: file.warmUp,
    zones,
    ...resolveInterconnect(file),
    offerings: resolveOfferings(file),
    functions: resolveFunctions(file),
    templates: Object.entries(file.templates).map(([name, { size }]) => ({ name, bytes: size })),
    prices: resolvePrices(file.prices),
    management: resolveManagement(file.management),
    durations: {
      bootSeconds: file.durations.boot,
      shutdownSeconds: file.durations.shutdown,
      diskCreateSeconds: file.durations.diskCreate,
      templateCopyBytesPerSecond: file.durations.templateCopy === 'none' ? null : file.durations.templateCopy,
      storageCopyBytesPerSecond: file.durations.storageCopy,
    },
    policies: { placement: resolvePolicy(file.policies.placement) },
    migration: resolveMigration(file),
    defrag: resolveDefrag(file),
    memory: resolveMemory(file),
    accounts: resolveAccounts(file),
    workload: resolveWorkload(file, trace),
    initial: inventory && resolveInitial(file, inventory),
    events: file.events
      .filter(isRequest)
      .map(resolveEvent)
      .sort((a, b) => a.atMicros - b.atMicros),
    ...resolveMaintenance(file.events),
    defragments: file.events
      .flatMap(({ at: atMicros, defragment: zone }) => (zone === undefined ? [] : [{ atMicros, zone }]))
      .sort((a, b) => a.atMicros - b.atMicros),
    evacuations: file.events.flatMap((event) => resolveEvacuation(event) ?? []).sort((a, b) => a.atMicros - b.atMicros),
    outages: file.events.flatMap((event) => resolveOutage(event) ?? []).sort((a, b) => a.atMicros - b.atMicros),
    flows: resolveFlows(file, zones, flows),
    transferShareRatio: file.transfers.share,
    broadcast: { ...file.broadcast },
    faults: resolveFaults(file),
    record: file.record,
    samplesMicros: file.samples,
    expect: file.expect.map(resolveExpectation),
  };
}

function resolveOfferings({ offerings, management }: ScenarioFile): OfferingSpec[] {
  const declared = Object.entries(offerings).map(([name, offering]) => ({
    name,
    cpuMillis: offering.cpu,
    memoryBytes: offering.memory,
    diskBytes: offering.disk,
    storage: offering.storage,
    template: offering.template ?? null,
    networkBitsPerSecond: offering.network ?? null,
    iops: offering.iops ?? null,
    perHour: offering.perHour ?? null,
    system: offering.system,
  }));
  const known = declared.some(({ name }) => name === management.routerOffering);
  return known ? declared : [...declared, { ...BUILT_IN_ROUTER }];
}

/** Those that are no offering by name get the smallest that has what they need, the first in the file among equals. */
function resolveFunctions({ functions, offerings }: ScenarioFile): ResolvedScenario['functions'] {
  return Object.entries(functions).map(([name, { offering, atLeast }]) => ({
    name,
    offering: offering ?? smallestWith(offerings, atLeast!)!,
  }));
}

/** null: no offering for customers has as much. */
export function smallestWith(
  offerings: ScenarioFile['offerings'],
  { cpu, memory, disk }: { cpu: number; memory: number; disk: number },
): string | null {
  const able = Object.entries(offerings).filter(
    ([, one]) => !one.system && one.cpu >= cpu && one.memory >= memory && one.disk >= disk,
  );
  able.sort(([, a], [, b]) => a.cpu - b.cpu || a.memory - b.memory || a.disk - b.disk);
  return able[0]?.[0] ?? null;
}

function resolvePrices({ increment, minimum, ...prices }: ScenarioFile['prices']): PricesSpec {
  return {
    ...prices,
    perGigabyte: prices.perGigabyte ?? null,
    perCoreHour: prices.perCoreHour ?? null,
    perGibHour: prices.perGibHour ?? null,
    perDiskGibMonth: prices.perDiskGibMonth ?? null,
    perAddressHour: prices.perAddressHour ?? null,
    incrementMicros: increment,
    minimumMicros: minimum,
  };
}

function resolveManagement(management: ScenarioFile['management']): ManagementSpec {
  const { servers, agents, vlanAssigned, routerOffering, collectAfter, holdStopped } = management;
  const { bridgeMemory, throttle, overprovision, latency, commands } = management;
  return {
    servers,
    agents: { per: agents?.per ?? 'host', atOnce: agents?.atOnce ?? null },
    holdStoppedMicros: holdStopped,
    vlanAssigned,
    routerOffering,
    collectAfterMicros: collectAfter,
    bridgeMemoryBytes: bridgeMemory,
    throttle: throttleOf(throttle),
    overprovision: { cpu: overprovision.cpu, memory: overprovision.memory },
    latencyMicros: latency,
    commands: { timeoutMicros: commands.timeout, attempts: commands.attempts, retryMicros: commands.retry },
  };
}

function throttleOf({ network, iops }: ScenarioFile['management']['throttle']): ThrottleSpec {
  return { networkBitsPerSecond: limitOf(network), iops: limitOf(iops) };
}

function resolveMigration({ policies: { migration } }: ScenarioFile): MigrationSpec {
  const { rules, downtimeLimit, bandwidth, perHost, perPodUplink, perZone, timeout, ifNotConverging } = migration;
  const { disks, diskTimeout } = migration;
  const limit = (most: 'any' | number): number | null => (most === 'any' ? null : most);
  return {
    ...{ rules, downtimeMicros: downtimeLimit, bitsPerSecond: bandwidth === 'unlimited' ? null : bandwidth },
    ...{ perHost: limit(perHost), perPodUplink: limit(perPodUplink), perZone: limit(perZone) },
    ...{ timeoutMicros: timeout, ifNotConverging, disks, diskTimeoutMicros: diskTimeout },
  };
}

function resolveDefrag({ policies: { defrag } }: ScenarioFile): DefragSpec | null {
  if (defrag === null || defrag === undefined || defrag === 'none') return null;
  const { name, every, maxMigrations, maxBytes, maxDowntime, horizon } = defrag;
  if (name === 'none') return null;
  const any = (most: 'any' | number): number | null => (most === 'any' ? null : most);
  return {
    ...{ policy: name, everyMicros: every === 'on-request' ? null : every },
    ...{ migrations: any(maxMigrations), bytes: any(maxBytes) },
    downtimeSeconds: maxDowntime === 'any' ? null : secondsOf(maxDowntime),
    horizonSeconds: horizon === 'none' ? null : secondsOf(horizon),
  };
}

function resolveMemory({ workload }: ScenarioFile): MemorySpec {
  const { nonZero, hot, cold } = workload?.memory ?? memory.parse({});
  return {
    ...{ nonZeroRatio: nonZero, hotRatio: hot.size },
    ...{ hotBytesPerSecond: hot.rate, coldBytesPerSecond: cold.rate },
  };
}

function resolvePolicy(placement: ScenarioFile['policies']['placement']): PolicySpec {
  if (typeof placement === 'string') return { name: placement, options: {} };
  const { name, ...options } = placement;
  return { name: name!, options };
}

function resolveAccounts({ accounts, zones }: ScenarioFile): AccountSpec[] {
  return accounts.map(({ name, zone, otherZones = [], vms, throttle, networks, cpuUse, traffic, diskUse }) => ({
    name,
    zone: zone ?? zones[0]!.name,
    otherZones,
    vms: Object.entries(vms).map(([offering, count]) => ({ offering, count })),
    throttle: throttleOf(throttle),
    networks: Object.entries(networks).map(([network, { addresses = null }]) => ({ name: network, range: addresses })),
    cpuUse,
    traffic,
    diskUse,
  }));
}

function resolveWorkload({ workload, zones }: ScenarioFile, trace: TraceWorkload | null): WorkloadSpec | null {
  if (!workload) return null;
  const { accounts, vms, traffic } = workload;
  return {
    accounts: {
      initial: accounts.initial,
      arrivals: accounts.arrivals ? resolveArrivals(accounts.arrivals) : null,
      zones: shares(accounts.zones ?? even(zones.map(({ name }) => name))).map(([zone, share]) => ({ zone, share })),
      vms: accounts.vms,
      sizes: accounts.offerings ? null : (accounts.sizes ?? azureOf('azure-2019')),
      offerings: shares(accounts.offerings ?? {}).map(([offering, share]) => ({ offering, share })),
    },
    vms: {
      lifetimeSeconds: vms.lifetime,
      arrivals: vms.arrivals
        ? { ...resolveArrivals(vms.arrivals), group: vms.arrivals.group ?? { kind: 'constant', value: 1 } }
        : null,
      cpuUse: vms.cpuUse,
      diskUse: vms.diskUse,
    },
    traffic,
    trace: trace && resolveTrace(trace, workload.trace!, zones[0]!.name),
  };
}

/** At Azure's rate by Azure's week, as far as it is known; at a rate of the file's own always the same. */
function resolveArrivals({ poisson, curve, growth = 0 }: WrittenArrivals): ArrivalsSpec {
  return {
    perSecond: poisson ?? null,
    curve: curve ?? (poisson === undefined ? 'office-week' : 'flat'),
    growthPerSecond: growth,
  };
}

function even(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 1]));
}

/** Sums to 1; what has no share is left out. */
function shares(weights: Record<string, number>): [name: string, share: number][] {
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  return Object.entries(weights)
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => [name, weight / sum]);
}

function lifetimeOf(lifetime: 'none' | DistributionSpec | undefined): DistributionSpec | null {
  return lifetime === undefined || lifetime === 'none' ? null : lifetime;
}

function resolveInitial({ initial, zones }: ScenarioFile, { clusters, vms, accounts }: Inventory): InitialSpec {
  const zone = initial!.zone ?? zones[0]!.name;
  const names = clusters.map(({ name, hosts }) => hosts.map((host) => inventoryHostName(zone, name, host.name)));
  return {
    zone,
    account: initial!.account,
    ...(accounts ? { accounts: accounts.map((account) => ({ ...account })) } : {}),
    vms: vms.map(({ name, cluster, host, cpuMillis, memoryBytes, nodes, account, role, vlan }) => ({
      name,
      host: names[cluster]![host]!,
      cpuMillis,
      memoryBytes,
      nodes: [...nodes],
      ...(account === undefined ? {} : { account }),
      ...(role === undefined ? {} : { role }),
      ...(vlan === undefined ? {} : { vlan }),
    })),
    lifetimeSeconds: lifetimeOf(initial!.lifetime),
  };
}

function resolveFaults({ faults }: ScenarioFile): FaultsSpec | null {
  if (!faults) return null;
  const { drop, duplicate, delay, delayBy } = faults;
  return { dropRatio: drop, duplicateRatio: duplicate, delayRatio: delay, delaySeconds: delayBy };
}

/** Without the keys that are absent. */
function resolveExpectation({ measure, atLeast, atMost, equals }: ScenarioFile['expect'][number]): Expectation {
  return {
    measure,
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
    ...(equals === undefined ? {} : { equals }),
  };
}
