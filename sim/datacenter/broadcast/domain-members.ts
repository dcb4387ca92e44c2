/**
 * Who is in which layer-2 domain: the running VMs and routing appliances of each guest network, by pod and host. A VM is a
 * member of every guest network that it has a virtual NIC in.
 */
import { assert } from '../../base/assert.js';
import type { Domain } from '../domain.js';

export interface MemberCounts {
  vms: number;
  appliances: number;
}

/** A guest network in one pod, or in the whole zone. */
export interface Members extends MemberCounts {
  /** On each host that has any. */
  readonly hosts: Map<number, MemberCounts>;
}

export class DomainMembers {
  /** By guest network, then by pod. */
  readonly networks = new Map<number, Map<number, Members>>();
  /** Counted up with every change in the pod. */
  readonly changes: Int32Array;

  constructor(pods: number) {
    this.changes = new Int32Array(pods);
  }

  in(network: number, pod: number): Members | undefined {
    return this.networks.get(network)?.get(pod);
  }

  change(network: number, pod: number, { host, role }: Domain, by: 1 | -1): void {
    this.changes[pod]!++;
    let pods = this.networks.get(network);
    if (pods === undefined) this.networks.set(network, (pods = new Map()));
    let members = pods.get(pod);
    if (members === undefined) pods.set(pod, (members = { vms: 0, appliances: 0, hosts: new Map() }));
    let there = members.hosts.get(host);
    if (there === undefined) members.hosts.set(host, (there = { vms: 0, appliances: 0 }));
    const kind = role === 'router' ? 'appliances' : 'vms';
    members[kind] += by;
    there[kind] += by;
    assert(there[kind] >= 0, 'a VM leaves a layer-2 domain that it was in');
    if (there.vms + there.appliances === 0) members.hosts.delete(host);
    if (members.hosts.size === 0) pods.delete(pod);
    if (pods.size === 0) this.networks.delete(network);
  }
}
