/** From a resolved scenario to what a zone's plane is told. */
import { latencyBetween, switchesBetween } from '../../models/network/host-distance.js';
import type { DefragRules } from '../control/config.js';
import type { MigrationLimits } from '../control/ports.js';
import type { SharedConfig } from '../control/shared-plane.js';
import type {
  CommandRules,
  HostConfig,
  HostDistances,
  MigrationRules,
  ServerConfig,
  ZoneConfig,
} from '../control/config.js';
import type { Throttle } from '../control/ports.js';
import { UNTHROTTLED } from '../control/throttle.js';
import { usable } from '../control/guest-range.js';
import { vlanCapacity } from '../control/vlan-pools.js';
import type { SwitchLoad } from '../measures/switch-load.js';
import type { PlantConfig } from '../datacenter/plant.js';
import { localDiskName } from '../scenario/names.js';
import { promisedNodes } from '../scenario/overprovision.js';
import type { HostSpec, ResolvedScenario, SwitchSpec, ThrottleSpec, ZoneSpec } from '../scenario/resolved.js';
import { zonePlan } from './zone-plan.js';

export function zoneConfig(scenario: ResolvedScenario, zone: ZoneSpec): ZoneConfig {
  const { management, offerings, functions, templates } = scenario;
  const indexOf = (name: string): number => offerings.findIndex((offering) => offering.name === name);
  const agents = agentsOf(scenario, zone);
  const agentNumbers = new Map(agents.map((name, at) => [name, at]));
  return {
    zone: zone.name,
    pods: zone.pods.map(({ name }) => ({ name })),
    hosts: zone.pods.flatMap(({ hosts }, pod) =>
      hosts.map((host): HostConfig => {
        const { name, role, nodes, inService } = host;
        return {
          name,
          pod,
          role,
          nodes: promisedNodes(nodes, management.overprovision),
          inService,
          agent: agentNumbers.get(agentOf(scenario, zone.pods[pod]!.name, host))!,
        };
      }),
    ),
    agents: agents.map((name) => ({ name })),
    servers: serversOf(zone),
    offerings: offerings.map(({ name, cpuMillis, memoryBytes, diskBytes, storage, template, ...limits }) => ({
      name,
      cpuMillis,
      memoryBytes,
      diskBytes,
      localDisk: storage === 'local',
      template: template === null ? null : templates.findIndex((one) => one.name === template),
      throttle: throttleOf(limits),
    })),
    functions: functions.map(({ name, offering }) => ({ name, offering: indexOf(offering) })),
    templates,
    routerOffering: indexOf(management.routerOffering),
    vlanScope: zone.vlanScope,
    vlans: zone.vlans,
    vlanAssigned: management.vlanAssigned,
    guestRange: zone.guestAddresses,
    guestGateway: zone.guestGateway,
    publicRanges: zone.publicAddresses.map(usable),
    managementRanges: [usable(zone.managementAddresses)],
    collectAfterMicros: management.collectAfterMicros,
    holdStoppedMicros: management.holdStoppedMicros,
    bridgeMemoryBytes: management.bridgeMemoryBytes,
    throttle: throttleOf(management.throttle),
    switches: {
      trunks: zone.trunks,
      pods: zone.pods.map(({ podSwitches }) => weakest(podSwitches)),
      zone: weakest(zone.zoneSwitches),
    },
    commands: commandRules(scenario),
    migration: migrationRules(scenario),
    defrag: defragRules(scenario),
    distances: hostDistances(zone),
  };
}

function migrationRules(scenario: ResolvedScenario): MigrationRules {
  const { perHost, perPodUplink, perZone } = scenario.migration;
  return { perHost, perPodUplink, perZone, limits: limitsOf(scenario) };
}

export function limitsOf({ migration }: ResolvedScenario): MigrationLimits {
  const { bitsPerSecond, downtimeMicros, timeoutMicros, ifNotConverging, disks, diskTimeoutMicros } = migration;
  return { bitsPerSecond, downtimeMicros, timeoutMicros, ifNotConverging, disks, diskTimeoutMicros };
}

function defragRules({ defrag }: ResolvedScenario): DefragRules | null {
  if (defrag === null) return null;
  const { everyMicros, migrations, bytes, downtimeSeconds, horizonSeconds } = defrag;
  return { everyMicros, limits: { migrations, bytes, downtimeSeconds }, horizonSeconds };
}

/** From the topology: what policies are told is what traffic goes through. */
function hostDistances(zone: ZoneSpec): HostDistances {
  const plan = zonePlan(zone);
  return {
    switchesBetween: (a, b) => switchesBetween(plan, a, b),
    latencyBetween: (a, b) => latencyBetween(plan, a, b),
  };
}

function throttleOf({ networkBitsPerSecond, iops }: ThrottleSpec): Throttle {
  return networkBitsPerSecond === null && iops === null ? UNTHROTTLED : { networkBitsPerSecond, iops };
}

/** Each of a redundant pair carries the same: the smaller limit counts. */
function weakest(switches: readonly SwitchSpec[]): SwitchLoad {
  return {
    vlans: Math.min(...switches.map(({ vlanCount }) => vlanCount)),
    virtualPorts: Math.min(...switches.map(({ virtualPorts }) => virtualPorts)),
  };
}

/** IDs that guest networks can have, over all pods. */
export function vlanCapacityOf({ vlanScope, vlans, pods }: ZoneSpec): number {
  return vlanCapacity(vlanScope, vlans.length, pods.length);
}

/** In the order of their hosts: one a host, or one a cluster. */
function agentsOf(scenario: ResolvedScenario, zone: ZoneSpec): string[] {
  const names = zone.pods.flatMap((pod) => pod.hosts.map((host) => agentOf(scenario, pod.name, host)));
  return [...new Set(names)];
}

function agentOf({ management }: ResolvedScenario, pod: string, { name, cluster }: HostSpec): string {
  return management.agents.per === 'host' ? name : `${pod}/cluster-${cluster + 1}`;
}

/** The pods' storage servers in their order, then hosts' own disks. */
function serversOf({ pods }: ZoneSpec): ServerConfig[] {
  const shared = pods.flatMap(({ storage }, pod) =>
    storage.map(({ name, capacityBytes }): ServerConfig => ({ name, pod, host: null, capacityBytes })),
  );
  const hosts = pods.flatMap(({ hosts }, pod) => hosts.map((host) => ({ ...host, pod })));
  const local = hosts.flatMap(({ name, pod, localDiskBytes }, host): ServerConfig[] =>
    localDiskBytes > 0 ? [{ name: localDiskName(name), pod, host, capacityBytes: localDiskBytes }] : [],
  );
  return [...shared, ...local];
}

/** Hypervisors admit what the plane may promise; what hosts have stands beside it. */
export function plantConfig({ management }: ResolvedScenario, zone: ZoneSpec, config: ZoneConfig): PlantConfig {
  const physical = zone.pods.flatMap(({ hosts }) => hosts.map(({ nodes }) => nodes));
  const hosts = config.hosts.map(({ pod, nodes }, host) => ({ pod, nodes, physical: physical[host]! }));
  const { pods: podSwitches, zone: zoneSwitch } = config.switches!;
  const { vlanScope, trunks } = zone;
  const { overprovision } = management;
  return { hosts, servers: config.servers, overprovision, trunks: { vlanScope, trunks, podSwitches, zoneSwitch } };
}

export function sharedConfig(scenario: ResolvedScenario): SharedConfig {
  return { zones: scenario.zones.map(({ name }) => name), commands: commandRules(scenario) };
}

function commandRules({ management: { commands } }: ResolvedScenario): CommandRules {
  const { timeoutMicros, attempts, retryMicros } = commands;
  return { timeoutMicros, attempts, retryMicros };
}
