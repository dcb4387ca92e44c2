/**
 * Every offering finds a host, and its disk a storage server, that could hold it, and every host type an offering that it
 * could hold, both empty; overprovisioning counts.
 */
import { humanQuantity } from '../../base/units.js';
import type { Cursor } from '../cursor.js';
import { BUILT_IN_TYPES, hostType, storageType } from '../schema/datacenter.js';
import { promisedNodes } from '../overprovision.js';
import type { Overprovision } from '../resolved.js';
import { usableNodes, type NodeSize } from '../usable-nodes.js';
import { defaultType, type CheckContext } from './context.js';
import { customerOfferings, offeringNames } from './references.js';

interface Host {
  type: string;
  nodes: NodeSize[];
  role: string;
}

export function checkCapacity(root: Cursor, context: CheckContext): void {
  checkDisks(root);
  const bridge = root.get('management', 'bridgeMemory').quantity('memory', '1 MiB');
  const factors = overprovisionOf(root);
  const sizes = hostTypeSizes(root, factors);
  const hosts = hostsOf(root, sizes, factors, context);
  if (bridge === undefined) return;
  const router = root.get('management', 'routerOffering').text() ?? 'router';
  const customers = customerOfferings(root);
  const demands = new Map(offeringNames(root).map((name) => [name, demandOf(root.get('offerings', name))]));
  const holds = (host: Host, name: string): boolean => {
    const demand = demands.get(name);
    return !demand || fits(host.nodes, demand, bridge);
  };
  for (const type of root.get('hostTypes').keys()) {
    const nodes = sizes.get(type);
    if (!nodes) continue;
    const roles = hosts ? hosts.filter((host) => host.type === type).map(({ role }) => role) : [];
    const wanted = roles.length > 0 && roles.every((role) => role === 'routing') ? [router] : customers;
    if (wanted.length > 0 && !wanted.some((name) => holds({ type, nodes, role: 'both' }, name)))
      root
        .get('hostTypes', type)
        .reportKey('capacity', `such a host can hold no offering: it leaves VMs ${describe(nodes)}`);
  }
  if (!hosts || hosts.length === 0) return;
  for (const [name, demand] of demands) {
    const roles = name === router ? ['routing', 'both'] : customers.includes(name) ? ['computing', 'both'] : null;
    const able = hosts.filter(({ role }) => roles === null || roles.includes(role));
    if (demand && able.length > 0 && !able.some((host) => holds(host, name)))
      root.get('offerings', name).reportKey('capacity', tooLarge(demand, able, bridge));
  }
}

/** A disk is on one storage server, or its host's own disk: one that none could hold would always be refused. */
function checkDisks(root: Cursor): void {
  const pods = largestOf(serverSizes(root));
  const local = largestOf(localDiskSizes(root));
  for (const name of offeringNames(root)) {
    const offering = root.get('offerings', name);
    const disk = offering.get('disk').quantity('memory') ?? 0;
    const onHost = offering.get('storage').text() === 'local';
    const largest = onHost ? local : pods;
    if (largest === undefined || disk === 0) continue;
    const template = root.get('templates', offering.get('template').text() ?? '', 'size').quantity('memory') ?? 0;
    if (disk + template <= largest) continue;
    const what = template > 0 ? 'this disk beside a copy of its template' : 'this disk';
    offering
      .get('disk')
      .report(
        'capacity',
        onHost && largest === 0
          ? 'it is to be on its host, and no host has a disk of its own; give a host type localDisk'
          : `no ${onHost ? 'host' : 'storage server'} can hold ${what}: the largest has ${humanQuantity('memory', largest)}`,
      );
  }
}

/** undefined: not all are known, or there are none. */
function largestOf(sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 || known.length < sizes.length ? undefined : Math.max(...known);
}

/** Of the host types in use. Hosts of an inventory have no disks that it tells of. */
function localDiskSizes(root: Cursor): (number | undefined)[] {
  const declared = root.get('hostTypes');
  const preset = defaultType(declared.keys(), 'standard');
  return root
    .get('zones')
    .items()
    .flatMap((zone) => zone.get('pods').items())
    .flatMap((pod) => pod.get('hosts').items())
    .map((host) => {
      const type = host.get('type').text() ?? preset;
      if (type === null) return undefined;
      return declared.keys().includes(type) ? declared.get(type, 'localDisk').quantity('memory', '0 B') : 0;
    });
}

function serverSizes(root: Cursor): (number | undefined)[] {
  const declared = root.get('storageTypes').keys();
  return storageTypesInUse(root).map((type) => {
    if (type === null) return undefined;
    if (declared.includes(type)) return root.get('storageTypes', type, 'capacity').quantity('memory');
    return type === 'filer' ? storageType.parse(BUILT_IN_TYPES.storageTypes.filer).capacity : undefined;
  });
}

/** Of each entry; null: not known. */
export function storageTypesInUse(root: Cursor): (string | null)[] {
  const declared = root.get('storageTypes').keys();
  const preset = defaultType(declared, 'filer');
  const brought = root.get('initial').exists ? [root.get('initial', 'storage').text() ?? preset] : [];
  const used = root
    .get('zones')
    .items()
    .flatMap((zone) => zone.get('pods').items())
    .flatMap((pod) =>
      pod.get('storage').exists
        ? pod
            .get('storage')
            .items()
            .map((one) => one.get('type').text() ?? preset)
        : [preset],
    );
  return [...used, ...brought];
}

/** What the schema refuses counts as 1 here. */
function overprovisionOf(root: Cursor): Overprovision {
  const written = root.get('management', 'overprovision');
  const factorOf = (key: string): number => {
    const factor = written.get(key).number() ?? 1;
    return factor > 0 && factor <= 100 ? factor : 1;
  };
  const factors = { cpu: factorOf('cpu'), memory: factorOf('memory') };
  if (root.get('initial').exists)
    for (const [key, factor] of Object.entries(factors))
      if (factor < 1)
        written
          .get(key)
          .report('wrong-value', 'the VMs of initial may take up all that their hosts have; write 1 or more');
  return factors;
}

/** What may be promised by NUMA node; undefined where a figure is missing or wrong. A negative rest is reported here. */
function hostTypeSizes(root: Cursor, factors: Overprovision): Map<string, NodeSize[] | undefined> {
  const sizes = new Map<string, NodeSize[] | undefined>();
  for (const [name, type] of Object.entries(BUILT_IN_TYPES.hostTypes))
    sizes.set(name, promisedNodes(usableNodes(hostType.parse(type)), factors));
  for (const name of root.get('hostTypes').keys()) {
    const nodes = sizeOf(root.get('hostTypes', name));
    const promised = nodes && promisedNodes(nodes, factors);
    sizes.set(name, promised);
    if (promised?.some(({ memoryBytes }) => !Number.isSafeInteger(memoryBytes)))
      root
        .get('hostTypes', name, 'memory')
        .report('out-of-range', 'that much memory, overprovisioned, cannot be counted exactly');
  }
  return sizes;
}

function sizeOf(type: Cursor): NodeSize[] | undefined {
  const reserved = type.get('reserved');
  const cpu = type.get('cpu').quantity('cpu');
  const memory = type.get('memory').quantity('memory');
  const reservedCpu = reserved.get('cpu').quantity('cpu', '0 cores');
  const reservedMemory = reserved.get('memory').quantity('memory', '0 B');
  const numaNodes = Math.min(type.get('numaNodes').count(), 64);
  if (cpu === undefined || memory === undefined || reservedCpu === undefined || reservedMemory === undefined)
    return undefined;
  if (reservedCpu > cpu) reserved.get('cpu').report('capacity', 'more cores are reserved than the host has');
  if (reservedMemory > memory) reserved.get('memory').report('capacity', 'more memory is reserved than the host has');
  if (reservedCpu > cpu || reservedMemory > memory) return undefined;
  return usableNodes({ cpu, memory, numaNodes, reserved: { cpu: reservedCpu, memory: reservedMemory } });
}

/** One a host group; null where some are not known, so that nothing can be said. */
function hostsOf(
  root: Cursor,
  sizes: ReadonlyMap<string, NodeSize[] | undefined>,
  factors: Overprovision,
  { inventory }: CheckContext,
): Host[] | null {
  const preset = defaultType(root.get('hostTypes').keys(), 'standard');
  const hosts: Host[] = [];
  if (root.get('initial').exists && !inventory) return null;
  for (const zone of root.get('zones').items())
    for (const pod of zone.get('pods').items())
      for (const host of pod.get('hosts').items()) {
        const type = host.get('type').text() ?? preset;
        const nodes = type === null ? undefined : sizes.get(type);
        if (!nodes) return null;
        hosts.push({ type: type!, nodes, role: host.get('role').text() ?? 'both' });
      }
  for (const { hosts: brought } of inventory?.clusters ?? [])
    for (const { name, nodes, role = 'both' } of brought)
      hosts.push({ type: `host ${name}`, nodes: promisedNodes(nodes, factors), role });
  return hosts;
}

function demandOf(offering: Cursor): NodeSize | null {
  const cpuMillis = offering.get('cpu').quantity('cpu');
  const memoryBytes = offering.get('memory').quantity('memory');
  return cpuMillis === undefined || memoryBytes === undefined ? null : { cpuMillis, memoryBytes };
}

/** In one node or in equal parts in several, with the customer's bridge beside it. */
export function fits(nodes: readonly NodeSize[], { cpuMillis, memoryBytes }: NodeSize, bridge: number): boolean {
  for (let parts = 1; parts <= nodes.length; parts++) {
    if (cpuMillis % parts !== 0 || memoryBytes % parts !== 0) continue;
    const chosen = nodes
      .filter((node) => node.cpuMillis >= cpuMillis / parts && node.memoryBytes >= memoryBytes / parts)
      .slice(0, parts);
    const left = (node: NodeSize): number => node.memoryBytes - (chosen.includes(node) ? memoryBytes / parts : 0);
    if (chosen.length === parts && nodes.some((node) => left(node) >= bridge)) return true;
  }
  return false;
}

function tooLarge(demand: NodeSize, hosts: readonly Host[], bridge: number): string {
  const { cpuMillis, memoryBytes } = demand;
  const total = ({ nodes }: Host): number => nodes.reduce((sum, node) => sum + node.memoryBytes, 0);
  const largest = hosts.reduce((best, host) => (total(host) > total(best) ? host : best));
  // Without these words the sizes alone would look as if it fitted.
  const why = hosts.some(({ nodes }) => fits(nodes, demand, 0))
    ? `, of which the customer's bridge takes ${humanQuantity('memory', bridge)}`
    : '';
  const needed = `${humanQuantity('cpu', cpuMillis)} and ${humanQuantity('memory', memoryBytes)}`;
  return `no host can hold this offering of ${needed}: the largest (${largest.type}) leaves VMs ${describe(largest.nodes)}${why}`;
}

function describe(nodes: readonly NodeSize[]): string {
  const { cpuMillis, memoryBytes } = nodes[0]!;
  const size = `${humanQuantity('cpu', cpuMillis)} and ${humanQuantity('memory', memoryBytes)}`;
  return nodes.length === 1 ? size : `${nodes.length} NUMA nodes of ${size} each`;
}
