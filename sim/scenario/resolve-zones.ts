/** Zones as the rest of podtwin reads them: counts expanded to names, types looked up, the file's hosts added. */
import { contains, defaultPublicRange, parseAddress, type AddressRange } from './addresses.js';
import { sanitised, type Inventory } from './inventory.js';
import { hostNames, podNames, rackNames, rackOfEach, storageNames, switchNames } from './names.js';
import type { NetworkSpec, RackSpec } from './network-spec.js';
import type { HostSpec, PodSpec, StorageSpec, SwitchSpec, ZoneSpec } from './resolved.js';
import { BUILT_IN_TYPES, hostType, storageType, switchType } from './schema/datacenter.js';
import type { ScenarioFile } from './schema/scenario.js';
import { usableNodes } from './usable-nodes.js';

type Zone = ScenarioFile['zones'][number];
type Pod = Zone['pods'][number];
type HostType = ReturnType<typeof hostType.parse>;
type StorageType = ReturnType<typeof storageType.parse>;
type SwitchType = ReturnType<typeof switchType.parse>;

/** Declared types over the built-in ones, by name. */
interface Types {
  hosts: Map<string, HostType>;
  storage: Map<string, StorageType>;
  switches: Map<string, SwitchType>;
  /** What an entry without `type` has. */
  host: string;
  server: string;
}

const GATEWAY = parseAddress('10.1.1.1')!;

export function resolveZones(file: ScenarioFile, inventory: Inventory | null): ZoneSpec[] {
  const types = typesOf(file);
  const inventoryZone = file.initial?.zone ?? file.zones[0]!.name;
  return file.zones.map((zone, at) => {
    const spec = resolveZone(zone, at, types);
    if (inventory && zone.name === inventoryZone)
      for (const cluster of inventory.clusters)
        spec.pods.push(inventoryPod(zone.name, cluster, types, file.initial!.storage ?? types.server));
    return spec;
  });
}

/** Full name of a host that `initial` brings. */
export function inventoryHostName(zone: string, cluster: string, host: string): string {
  return `${zone}/${sanitised(cluster)}/${sanitised(host)}`;
}

function typesOf({ hostTypes, storageTypes, switchTypes }: ScenarioFile): Types {
  const parsed = <Type>(builtIn: object, parse: (type: unknown) => Type, declared: Record<string, Type>) =>
    new Map([
      ...Object.entries(builtIn).map(([name, type]): [string, Type] => [name, parse(type)]),
      ...Object.entries(declared),
    ]);
  const only = (declared: object, preset: string): string => {
    const names = Object.keys(declared);
    return names.length === 1 ? names[0]! : preset;
  };
  return {
    hosts: parsed(BUILT_IN_TYPES.hostTypes, (type) => hostType.parse(type), hostTypes),
    storage: parsed(BUILT_IN_TYPES.storageTypes, (type) => storageType.parse(type), storageTypes),
    switches: parsed(BUILT_IN_TYPES.switchTypes, (type) => switchType.parse(type), switchTypes),
    host: only(hostTypes, 'standard'),
    server: only(storageTypes, 'filer'),
  };
}

function resolveZone({ name, dataCenter, network, pods }: Zone, at: number, types: Types): ZoneSpec {
  const vlans = network.vlans.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
  const { guestAddresses } = network;
  return {
    name,
    vlans: vlans.sort((a, b) => a - b),
    vlanScope: network.vlanScope,
    trunks: network.trunks,
    guestAddresses,
    guestGateway: network.guestGateway ?? defaultGateway(guestAddresses),
    publicAddresses: network.publicAddresses ?? [defaultPublicRange(at)!],
    managementAddresses: network.managementAddresses,
    pods: pods.flatMap((pod) => podNames(pod).map((podName) => resolvePod(`${name}/${podName}`, pod, types))),
    zoneSwitches: switchesOf(name, network.zoneSwitch, types),
    dataCenter: dataCenter ?? null,
    network: resolveNetwork(network),
  };
}

function resolveNetwork({ zoneSwitch, podLatency, firewall, ...network }: Zone['network']): NetworkSpec {
  return {
    podUplinkBitsPerSecond: zoneSwitch.podUplink,
    zoneSwitchLatencySeconds: zoneSwitch.latency,
    podLatencySeconds: podLatency,
    firewall: {
      data: firewall.data,
      management: firewall.management,
      publicLinkBitsPerSecond: firewall.publicLink,
      latencySeconds: firewall.latency,
    },
    separate: [...new Set(network.separate)],
    templateStoreBitsPerSecond: network.templateStore.nic,
    managementServersBitsPerSecond: network.managementServers.nic,
    storageShareRatio: network.storageShare,
  };
}

function defaultGateway(range: AddressRange): number {
  return contains(range, GATEWAY) ? GATEWAY : range.first + 1;
}

function resolvePod(name: string, pod: Pod, types: Types): PodSpec {
  const groups = hostNames(pod.hosts);
  const rackOf = rackOfEach(groups.flat().length, pod.racks?.count ?? 0);
  let next = 0;
  const hosts: HostSpec[] = groups.flatMap((names, at) => {
    const { type = types.host, role } = pod.hosts[at]!;
    const { nic, nics, bond, localDisk, lacks, ...size } = types.hosts.get(type)!;
    return names.map((host) => ({
      name: `${name}/${host}`,
      type,
      role,
      nodes: usableNodes(size),
      localDiskBytes: localDisk,
      lacks: [...lacks],
      cluster: at,
      nicBitsPerSecond: nic,
      nicCount: nics,
      bond,
      rack: rackOf[next++] ?? null,
      inService: true,
    }));
  });
  const storage = storageNames(pod.storage).flatMap((names, at) =>
    names.map((server) => storageServer(`${name}/${server}`, pod.storage[at]!.type ?? types.server, types)),
  );
  return {
    name,
    hosts,
    storage,
    podSwitches: switchesOf(name, pod.podSwitch, types),
    racks: racksOf(name, pod, types),
  };
}

function racksOf(pod: string, { racks }: Pod, types: Types): RackSpec[] {
  if (!racks) return [];
  return rackNames(racks.count).map((rack) => {
    const name = `${pod}/${rack}`;
    return { name, uplinkBitsPerSecond: racks.uplink, switches: switchesOf(name, racks.switch, types) };
  });
}

function storageServer(name: string, type: string, types: Types): StorageSpec {
  const { capacity, iops, nic } = types.storage.get(type)!;
  return { name, type, capacityBytes: capacity, iops, nicBitsPerSecond: nic };
}

function switchesOf(owner: string, { type, redundant }: Pod['podSwitch'], types: Types): SwitchSpec[] {
  const { macTable, vlans, virtualPorts } = types.switches.get(type)!;
  return switchNames(redundant).map((letter) => ({
    name: `${owner}/${letter}`,
    type,
    macTableEntries: macTable,
    vlanCount: vlans,
    virtualPorts,
  }));
}

/** The file knows hosts and their NUMA nodes; the rest of the pod is as pods are by default. */
function inventoryPod(zone: string, cluster: Inventory['clusters'][number], types: Types, storage: string): PodSpec {
  const name = `${zone}/${sanitised(cluster.name)}`;
  const { nic, nics, bond } = hostType.parse(BUILT_IN_TYPES.hostTypes.standard);
  return {
    name,
    hosts: cluster.hosts.map((host) => ({
      name: inventoryHostName(zone, cluster.name, host.name),
      type: 'from-file',
      role: host.role ?? 'both',
      nodes: host.nodes.map((node) => ({ ...node })),
      localDiskBytes: 0,
      lacks: [],
      cluster: 0,
      nicBitsPerSecond: nic,
      nicCount: nics,
      bond,
      rack: null,
      inService: host.inService,
    })),
    storage: [storageServer(`${name}/s1`, storage, types)],
    podSwitches: switchesOf(name, { type: 'tor', redundant: true }, types),
    racks: [],
  };
}
