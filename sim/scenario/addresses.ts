/** IPv4 addresses and ranges as files write them, and as unsigned integers. */

export interface AddressRange {
  first: number;
  prefixLength: number;
}

/** null: no dotted address. */
export function parseAddress(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text.trim());
  if (!match) return null;
  const parts = match.slice(1).map(Number);
  return parts.some((part) => part > 255) ? null : parts.reduce((address, part) => address * 256 + part, 0);
}

export function formatAddress(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join('.');
}

export function formatRange({ first, prefixLength }: AddressRange): string {
  return `${formatAddress(first)}/${prefixLength}`;
}

export function addressCount(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

/** "10.0.0.0/8"; a string says what is wrong and what to write. */
export function parseAddressRange(text: string): AddressRange | string {
  const [address, length, ...rest] = text.trim().split('/');
  const first = parseAddress(address ?? '');
  if (first === null || length === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length))
    return `'${text}' is no address range; write an address and a prefix length, e.g. 203.0.113.0/24`;
  const prefixLength = Number(length);
  if (prefixLength > 32) return `a prefix length is at most 32, not ${prefixLength}`;
  const begin = first - (first % addressCount(prefixLength));
  return begin === first
    ? { first, prefixLength }
    : `${text} does not begin where a range of that length can; write ${formatRange({ first: begin, prefixLength })}`;
}

export function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.first < b.first + addressCount(b.prefixLength) && b.first < a.first + addressCount(a.prefixLength);
}

export function contains(range: AddressRange, address: number): boolean {
  return address >= range.first && address < range.first + addressCount(range.prefixLength);
}

/** A zone's public addresses where its file gives none: reserved for tests by RFC 2544, as many as there are VLAN IDs. */
const DEFAULT_PUBLIC = { first: parseAddress('198.18.0.0')!, prefixLength: 20, zones: 32 };

/** By the zone's place among the zones, so that no two share a range; null: there are no more. */
export function defaultPublicRange(zone: number): AddressRange | null {
  const { first, prefixLength, zones } = DEFAULT_PUBLIC;
  return zone < zones ? { first: first + zone * addressCount(prefixLength), prefixLength } : null;
}
