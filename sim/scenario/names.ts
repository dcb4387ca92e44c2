/**
 * Names of what a count stands for. Guarantees: an entry with `count` is numbered from 1 (count: 1 too), with at least
 * two digits for pods and hosts; an entry without it keeps its bare name. Entries without a name are numbered on
 * through the list: h01, h02 ... for hosts, s1, s2 ... for storage servers.
 */
export interface Group {
  name?: string | undefined;
  count?: number | undefined;
}

export function podNames({ name, count }: Group): string[] {
  return count === undefined ? [name!] : numbered(name!, 1, count, count, 2);
}

/** Names a group, in the order of the groups. */
export function hostNames(groups: readonly Group[]): string[][] {
  return groupNames(groups, 'h', 2);
}

export function storageNames(groups: readonly Group[]): string[][] {
  return groupNames(groups, 's', 1);
}

export function rackNames(count: number): string[] {
  return numbered('r', 1, count, count, 2);
}

/** The rack (from 0) of each of the pod's hosts: equal consecutive blocks, the first racks one more; empty without racks. */
export function rackOfEach(hosts: number, racks: number): number[] {
  const least = racks === 0 ? 0 : Math.floor(hosts / racks);
  return Array.from({ length: racks }, (_, rack) =>
    Array.from({ length: least + (rack < hosts % racks ? 1 : 0) }, () => rack),
  ).flat();
}

export function switchNames(redundant: boolean): string[] {
  return redundant ? ['a', 'b'] : ['a'];
}

function groupNames(groups: readonly Group[], prefix: string, digits: number): string[][] {
  const unnamed = groups.filter(({ name }) => name === undefined);
  const total = unnamed.reduce((sum, { count }) => sum + (count ?? 1), 0);
  let next = 1;
  return groups.map(({ name, count }) => {
    if (name !== undefined) return count === undefined ? [name] : numbered(name, 1, count, count, digits);
    const names = numbered(prefix, next, count ?? 1, total, digits);
    next += count ?? 1;
    return names;
  });
}

function numbered(prefix: string, first: number, count: number, highest: number, digits: number): string[] {
  const width = Math.max(digits, String(highest).length);
  return Array.from({ length: count }, (_, at) => prefix + String(first + at).padStart(width, '0'));
}

/** What podtwin calls what zones share, beside their names: no zone may be called so. */
export const SHARED_NAME = 'shared';

/** What flows call the public network. */
export const PUBLIC_END = 'public';

/** What flows call the template store of a zone. */
export function templateStoreName(zone: string): string {
  return `${zone}/templates`;
}

/** Of what stands in a zone, by its full name. */
export function zoneOf(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? name : name.slice(0, slash);
}

/** The workload's n-th customer, from 1. */
export function customerName(n: number): string {
  return `customer-${String(n).padStart(4, '0')}`;
}

/** Whether it reads as a name that the workload gives: no other account may be called so. */
export function isCustomerName(name: string): boolean {
  return /^customer-\d{4,}$/.test(name);
}

/** A host's own disk, as a storage server. */
export function localDiskName(host: string): string {
  return `${host}/disk`;
}
