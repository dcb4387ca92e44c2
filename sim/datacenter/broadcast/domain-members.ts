/**
 * Who is in which layer-2 domain: the running VMs and routing appliances of each guest network, by pod and host. A VM is a
 * member of every guest network that it has a virtual NIC in.
 */
import { assert } from '../../base/assert.js';
import type { Domain } from '../domain.js';

/** A guest network in one pod, or in the whole zone. */
export interface Members {
  vms: number;
  appliances: number;
  /** Members (VMs and appliances) on each host that has any. */
  readonly hosts: Map<number, number>;
}

export class DomainMembers {
  /** By guest network, then by pod. */
  readonly networks = new Map<number, Map<number, Members>>();
  /** Virtual NICs of running VMs and appliances in guest networks, by pod. */
  readonly nics: Float64Array;

  constructor(pods: number) {
    this.nics = new Float64Array(pods);
  }

  in(network: number, pod: number): Members | undefined {
    return this.networks.get(network)?.get(pod);
  }

  change(network: number, pod: number, { host, role }: Domain, by: 1 | -1): void {
    let pods = this.networks.get(network);
    if (pods === undefined) this.networks.set(network, (pods = new Map()));
    let members = pods.get(pod);
    if (members === undefined) pods.set(pod, (members = { vms: 0, appliances: 0, hosts: new Map() }));
    if (role === 'router') members.appliances += by;
    else members.vms += by;
    this.nics[pod]! += by;
    const there = (members.hosts.get(host) ?? 0) + by;
    assert(there >= 0, 'a VM leaves a layer-2 domain that it was in');
    if (there > 0) members.hosts.set(host, there);
    else members.hosts.delete(host);
    if (members.hosts.size === 0) pods.delete(pod);
    if (pods.size === 0) this.networks.delete(network);
  }
}
