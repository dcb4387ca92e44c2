/** From a resolved scenario to what a zone's plane is told. */
import type { SharedConfig } from '../control/shared-plane.js';
import type { CommandRules, HostConfig, ZoneConfig } from '../control/config.js';
import type { Range } from '../control/integer-pool.js';
import type { PlantConfig } from '../datacenter/plant.js';
import { promisedNodes } from '../scenario/overprovision.js';
import type { ResolvedScenario, ZoneSpec } from '../scenario/resolved.js';

type Prefix = { first: number; prefixLength: number };

export function zoneConfig(scenario: ResolvedScenario, zone: ZoneSpec): ZoneConfig {
  const { management, offerings } = scenario;
  const hosts: HostConfig[] = zone.pods.flatMap(({ hosts }, pod) =>
    hosts.map(({ name, role, nodes, inService }) => ({
      ...{ name, pod, role, inService },
      nodes: promisedNodes(nodes, management.overprovision),
    })),
  );
  const servers = zone.pods.flatMap(({ storage }, pod) =>
    storage.map(({ name, capacityBytes }) => ({ name, pod, capacityBytes })),
  );
  return {
    zone: zone.name,
    pods: zone.pods.map(({ name }) => ({ name })),
    hosts,
    servers,
    offerings: offerings.map(({ name, cpuMillis, memoryBytes, diskBytes }) => ({
      name,
      cpuMillis,
      memoryBytes,
      diskBytes,
    })),
    routerOffering: offerings.findIndex(({ name }) => name === management.routerOffering),
    vlans: zone.vlans,
    vlanAssigned: management.vlanAssigned,
    guestGateway: zone.guestGateway,
    guestRanges: aroundGateway(usable(zone.guestAddresses), zone.guestGateway),
    publicRanges: zone.publicAddresses.map(usable),
    managementRanges: [usable(zone.managementAddresses)],
    collectAfterMicros: management.collectAfterMicros,
    bridgeMemoryBytes: management.bridgeMemoryBytes,
    commands: commandRules(scenario),
  };
}

/** Hypervisors admit what the plane may promise; what hosts have stands beside it. */
export function plantConfig({ management }: ResolvedScenario, zone: ZoneSpec, config: ZoneConfig): PlantConfig {
  const physical = zone.pods.flatMap(({ hosts }) => hosts.map(({ nodes }) => nodes));
  const hosts = config.hosts.map(({ pod, nodes }, host) => ({ pod, nodes, physical: physical[host]! }));
  return { hosts, servers: config.servers, overprovision: management.overprovision };
}

export function sharedConfig(scenario: ResolvedScenario): SharedConfig {
  return { zones: scenario.zones.map(({ name }) => name), commands: commandRules(scenario) };
}

function commandRules({ management: { commands } }: ResolvedScenario): CommandRules {
  const { timeoutMicros, attempts, retryMicros } = commands;
  return { timeoutMicros, attempts, retryMicros };
}

/** Without network and broadcast address, where a prefix has them. */
function usable({ first, prefixLength }: Prefix): Range {
  let size = 1;
  for (let bit = prefixLength; bit < 32; bit++) size *= 2;
  return size > 2 ? { first: first + 1, last: first + size - 2 } : { first, last: first + size - 1 };
}

/** From the gateway up, then from the start: VMs begin beside their gateway, as operators expect. */
function aroundGateway({ first, last }: Range, gateway: number): Range[] {
  return [
    { first: gateway + 1, last },
    { first, last: gateway - 1 },
  ].filter((range) => range.last >= range.first);
}
