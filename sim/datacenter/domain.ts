/** A VM as the hypervisor of its host holds it. Numbers are keys that whoever asked for the VM gave it. */
export interface DomainSpec {
  readonly vm: number;
  readonly host: number;
  /** NUMA nodes of the host that hold it in equal parts. */
  readonly nodes: readonly number[];
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly role: 'user' | 'router';
  readonly interfaces: readonly DomainInterface[];
  readonly throttle: DomainThrottle;
}

/** The most that it may use; null: no limit. */
export interface DomainThrottle {
  /** Over its virtual NICs together. */
  readonly networkBitsPerSecond: number | null;
  /** Operations on its disk in a second. */
  readonly iops: number | null;
}

export interface DomainInterface {
  readonly name: string;
  /** Guest network; null: the management or the public network. */
  readonly network: number | null;
  /** IPv4 address as an unsigned integer. */
  readonly address: number;
}

/** Booting: it holds its memory and CPU already. A guest that reboots is running to its hypervisor. A stopped domain is gone. */
export type DomainState = 'booting' | 'running';

/** With a place that changes when it is migrated. */
export interface Domain extends DomainSpec {
  readonly state: DomainState;
  /** Guest networks that it has an interface in. */
  readonly networks: readonly number[];
}

export function networksOf({ interfaces }: Pick<DomainSpec, 'interfaces'>): number[] {
  const networks: number[] = [];
  for (const { network } of interfaces) if (network !== null) networks.push(network);
  return networks;
}

export function sameDomain(a: DomainSpec, b: DomainSpec): boolean {
  return (
    a.vm === b.vm &&
    a.host === b.host &&
    a.cpuMillis === b.cpuMillis &&
    a.memoryBytes === b.memoryBytes &&
    a.role === b.role &&
    sameThrottle(a.throttle, b.throttle) &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, at) => node === b.nodes[at]) &&
    a.interfaces.length === b.interfaces.length &&
    a.interfaces.every((one, at) => sameInterface(one, b.interfaces[at]!))
  );
}

export function sameThrottle(a: DomainThrottle, b: DomainThrottle): boolean {
  return a.networkBitsPerSecond === b.networkBitsPerSecond && a.iops === b.iops;
}

function sameInterface(a: DomainInterface, b: DomainInterface): boolean {
  return a.name === b.name && a.network === b.network && a.address === b.address;
}
