/** A VM as the hypervisor of its host holds it. Numbers are keys that whoever asked for the VM gave it. */
export interface DomainSpec {
  readonly vm: number;
  readonly host: number;
  /** NUMA nodes of the host that hold it in equal parts. */
  readonly nodes: readonly number[];
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  /** Guest network; null: none. */
  readonly network: number | null;
  readonly role: 'user' | 'router';
  readonly interfaces: readonly DomainInterface[];
}

export interface DomainInterface {
  readonly name: 'eth0' | 'eth1' | 'eth2';
  /** IPv4 address as an unsigned integer. */
  readonly address: number;
}

/** Booting: it holds its memory and CPU already. A guest that reboots is running to its hypervisor. A stopped domain is gone. */
export type DomainState = 'booting' | 'running';

export interface Domain extends DomainSpec {
  readonly state: DomainState;
}

export function sameDomain(a: DomainSpec, b: DomainSpec): boolean {
  return (
    a.vm === b.vm &&
    a.host === b.host &&
    a.cpuMillis === b.cpuMillis &&
    a.memoryBytes === b.memoryBytes &&
    a.network === b.network &&
    a.role === b.role &&
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, at) => node === b.nodes[at]) &&
    a.interfaces.length === b.interfaces.length &&
    a.interfaces.every(
      ({ name, address }, at) => name === b.interfaces[at]!.name && address === b.interfaces[at]!.address,
    )
  );
}
