/** Names are used once, ranges do not overlap, and every zone has hosts that can serve its customers. */
import {
  addressCount,
  contains,
  defaultPublicRange,
  formatAddress,
  formatRange,
  overlap,
  parseAddress,
  parseAddressRange,
} from '../addresses.js';
import type { AddressRange } from '../addresses.js';
import type { Cursor } from '../cursor.js';
import { sanitised } from '../inventory.js';
import { hostNames, podNames, rackNames, SHARED_NAME, storageNames, switchNames, type Group } from '../names.js';
import { formatVlanRange, parseVlanRange, type VlanRange } from '../vlan-range.js';
import { homeZone, unique, type CheckContext } from './context.js';

/** Hosts and storage servers. More would only fill the memory: a zone of a million is beyond any operator's. */
export const MAX_MACHINES = 1_000_000;

export function checkZones(root: Cursor, context: CheckContext): void {
  const zones = root.get('zones').items();
  unique(zones, 'zone');
  unique(root.get('accounts').items(), 'account');
  const publicRanges: PublicRange[] = [];
  const inventoryZone = root.get('initial').exists ? homeZone(root, root.get('initial')) : null;
  zones.forEach((zone, at) => {
    if (zone.get('name').text() === SHARED_NAME)
      zone
        .get('name')
        .report('duplicate-name', `'${SHARED_NAME}' is what podtwin calls what zones share; choose another name`);
    const network = zone.get('network');
    checkScope(root, zone);
    checkVlans(network.get('vlans').items());
    checkGuestAddresses(network);
    publicRanges.push(...publicRangesOf(zone, at));
    const holdsInventory = inventoryZone !== undefined && inventoryZone === zone.get('name').text();
    checkPods(zone, holdsInventory, context);
  });
  checkOverlaps(publicRanges);
}

/** Which pod a customer's guest network will be in is not known when he registers. */
function checkScope(root: Cursor, zone: Cursor): void {
  const assigned = root.get('management', 'vlanAssigned');
  const scope = zone.get('network', 'vlanScope');
  if (scope.text() === 'pod' && assigned.text() === 'at-registration')
    scope.report(
      'wrong-value',
      "a guest network has an ID of the pod in which it is first used, which is not known at registration; write zone, or set management's vlanAssigned to at-first-use",
    );
}

function checkVlans(cursors: readonly Cursor[]): void {
  const above: VlanRange[] = [];
  for (const cursor of cursors) {
    const written = cursor.text() ?? cursor.number();
    const range = written === undefined ? '' : parseVlanRange(written);
    if (typeof range === 'string') continue;
    const clash = above.find(({ first, last }) => first <= range.last && range.first <= last);
    if (clash)
      cursor.report(
        'overlap',
        `${formatVlanRange(range)} overlaps ${formatVlanRange(clash)} further up; write each ID once`,
      );
    above.push(range);
  }
}

function rangeOf(cursor: Cursor): AddressRange | null {
  const range = parseAddressRange(cursor.text() ?? '');
  return typeof range === 'string' ? null : range;
}

interface PublicRange {
  range: AddressRange;
  /** Where it is written; null: it is the zone's by default. */
  cursor: Cursor | null;
  zone: string | undefined;
}

function publicRangesOf(zone: Cursor, at: number): PublicRange[] {
  const written = zone.get('network', 'publicAddresses');
  const name = zone.get('name').text();
  if (written.exists)
    return written.items().flatMap((cursor) => {
      const range = rangeOf(cursor);
      return range ? [{ range, cursor, zone: name }] : [];
    });
  const range = defaultPublicRange(at);
  if (range) return [{ range, cursor: null, zone: name }];
  zone.report('missing-key', "so many zones need public addresses of their own; add 'publicAddresses' to its network");
  return [];
}

/** Public addresses are one network's: within a zone and across zones. */
function checkOverlaps(ranges: readonly PublicRange[]): void {
  ranges.forEach(({ cursor, range, zone }, at) => {
    const clash = ranges.slice(0, at).find((other) => overlap(range, other.range));
    const preset = (of: string | undefined): string => `the addresses that zone '${of}' has where it gives none`;
    if (clash && cursor)
      cursor.report(
        'overlap',
        `${formatRange(range)} overlaps ${clash.cursor ? `${formatRange(clash.range)} further up` : preset(clash.zone)}; public addresses are given out once`,
      );
    else if (clash)
      clash.cursor!.report(
        'overlap',
        `${formatRange(clash.range)} overlaps ${preset(zone)}; public addresses are given out once`,
      );
  });
}

function checkGuestAddresses(network: Cursor): void {
  const written = network.get('guestAddresses');
  const range = written.exists ? rangeOf(written) : { first: parseAddress('10.0.0.0')!, prefixLength: 8 };
  if (!range) return;
  if (range.prefixLength > 29) {
    written.report(
      'out-of-range',
      `${formatRange(range)} is too small for a guest network; write a /29 or a larger one`,
    );
    return;
  }
  const gateway = network.get('guestGateway');
  const address = parseAddress(gateway.text() ?? '');
  if (address === null) return;
  const last = range.first + addressCount(range.prefixLength) - 1;
  if (!contains(range, address) || address === range.first || address === last)
    gateway.report(
      'out-of-range',
      `${formatAddress(address)} is no address for a host in ${formatRange(range)}; write e.g. ${formatAddress(range.first + 1)}`,
    );
}

function checkPods(zone: Cursor, holdsInventory: boolean, { inventory }: CheckContext): void {
  const pods = zone.get('pods').items();
  if (pods.length === 0 && !holdsInventory && zone.isMap)
    zone.report('missing-key', "the zone has no pods; add 'pods:' with at least one");
  const machines = pods.reduce((sum, pod) => sum + pod.get('count').count() * machineCount(pod), 0);
  if (machines > MAX_MACHINES) {
    const message = `${machines} hosts and storage servers are more than the ${MAX_MACHINES} that a zone may have`;
    zone.get('pods').report('out-of-range', message);
    return;
  }
  const switches = switchNames(!zone.get('network', 'zoneSwitch', 'redundant').isFalse());
  const taken = new Map<string, string>(switches.map((name) => [name, 'zone switch']));
  for (const pod of pods) {
    const group = groupOf(pod);
    if (group.name === undefined) continue;
    claim(taken, podNames(group), 'pod', pod);
    checkNamesIn(pod);
  }
  if (holdsInventory && inventory) {
    claimInventory(zone, 'cluster', inventory.clusters);
    for (const { hosts } of inventory.clusters) claimInventory(zone, 'host', hosts);
    for (const { name } of inventory.clusters)
      if (taken.has(sanitised(name)))
        zone.report(
          'duplicate-name',
          `a pod of the inventory is called '${name}', as a ${taken.get(sanitised(name))} of the zone is; call the pod otherwise in its file`,
        );
  }
  checkRoles(zone, pods, holdsInventory);
}

/** Names from outside may be the same once they are written as names in paths. */
function claimInventory(zone: Cursor, what: string, things: readonly { name: string }[]): void {
  const written = new Map<string, string>();
  for (const { name } of things) {
    const safe = sanitised(name);
    const other = written.get(safe);
    if (other !== undefined)
      zone.report(
        'duplicate-name',
        `the file of initial has ${what}s '${other}' and '${name}', which would both be named '${safe}'; rename one`,
      );
    written.set(safe, name);
  }
}

/** Hosts and storage servers of one such pod, as far as it names them. */
export function machineCount(pod: Cursor): number {
  const machines = [...pod.get('hosts').items(), ...pod.get('storage').items()];
  return machines.reduce((sum, machine) => sum + machine.get('count').count(), 0);
}

function checkNamesIn(pod: Cursor): void {
  const taken = new Map<string, string>();
  for (const name of switchNames(!pod.get('podSwitch', 'redundant').isFalse())) taken.set(name, 'pod switch');
  const racks = pod.get('racks');
  if (racks.exists) claim(taken, rackNames(racks.get('count').count()), 'rack', racks);
  const hosts = pod.get('hosts').items();
  hostNames(hosts.map(groupOf)).forEach((names, at) => claim(taken, names, 'host', hosts[at]!));
  const servers = pod.get('storage').items();
  storageNames(servers.map(groupOf)).forEach((names, at) => claim(taken, names, 'storage server', servers[at]!));
}

function claim(taken: Map<string, string>, names: readonly string[], what: string, entry: Cursor): void {
  const clash = names.find((name) => taken.has(name));
  if (clash !== undefined) {
    const place = entry.get('name').exists ? entry.get('name') : entry;
    place.report(
      'duplicate-name',
      `this ${what} would be named '${clash}', as a ${taken.get(clash)} beside it is; choose another name`,
    );
  }
  for (const name of names) taken.set(name, what);
}

export function groupOf(entry: Cursor): Group {
  const count = entry.get('count');
  return { name: entry.get('name').text(), count: count.exists ? count.count() : undefined };
}

function checkRoles(zone: Cursor, pods: readonly Cursor[], holdsInventory: boolean): void {
  const roles = pods.flatMap((pod) =>
    pod
      .get('hosts')
      .items()
      .map((host) => host.get('role').text() ?? 'both'),
  );
  if (roles.length === 0 || holdsInventory) return;
  for (const [role, work] of [
    ['computing', "customers' VMs"],
    ['routing', 'routing appliances'],
  ])
    if (!roles.some((one) => one === role || one === 'both'))
      zone.get('pods').report('capacity', `no host of the zone runs ${work}; give some the role ${role} or both`);
}
