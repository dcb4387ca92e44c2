/** The read-only view of a zone that policies get: answers over the plane's state, never a way to change it. */
import type { CloudView, HostView, VmView } from './policy.js';
import type { AccountId, Demand, HostId, NetworkId, VmId } from './ports.js';
import type { HostRecord } from './hosts.js';
import type { VmRecord } from './records.js';
import type { ZoneState } from './state.js';
import { nodesIfFits } from './placement.js';

export class ZoneView implements CloudView {
  /** First host and number of hosts of each pod. */
  private readonly podHosts: { first: HostId; count: number }[];
  constructor(private readonly state: ZoneState) {
    this.podHosts = state.config.pods.map(() => ({ first: 0, count: 0 }));
    for (const host of state.hosts) {
      const range = this.podHosts[host.pod]!;
      if (range.count++ === 0) range.first = host.id;
    }
  }

  get zone(): string {
    return this.state.config.zone;
  }
  hosts(): Iterable<HostView> {
    return this.state.hosts;
  }
  host(id: HostId): HostView {
    return this.state.host(id);
  }
  hostCount(): number {
    return this.state.hosts.length;
  }

  *pods(): Iterable<{ id: number; name: string; hosts: { first: HostId; count: number } }> {
    for (const [id, { name }] of this.state.config.pods.entries()) yield { id, name, hosts: this.podHosts[id]! };
  }

  *vms(): Iterable<VmView> {
    for (const vm of this.state.vms.values()) yield vmView(vm);
  }
  vm(id: VmId): VmView {
    return vmView(this.state.vm(id));
  }
  *vmsOf(account: AccountId): Iterable<VmView> {
    for (const id of this.state.accounts[account]?.vms.values() ?? []) {
      const vm = this.state.vm(id);
      if (vm.host !== null) yield vmView(vm);
    }
  }
  routerOf(network: NetworkId): HostId | null {
    const { vm } = this.state.network(network).appliance;
    return vm === null ? null : this.state.vm(vm).host;
  }

  free(host: HostId): { cpuMillis: number; memoryBytes: number } {
    let cpuMillis = 0;
    let memoryBytes = 0;
    for (const node of this.state.host(host).nodes) {
      cpuMillis += node.freeCpuMillis;
      memoryBytes += node.freeMemoryBytes;
    }
    return { cpuMillis, memoryBytes };
  }

  fits(host: HostId, demand: Demand): boolean {
    return nodesIfFits(this.state, host, undefined, demand) !== null;
  }

  firstFit(demand: Demand, from: HostId = 0): HostId | null {
    const { cpuMillis, memoryBytes, pods } = demand;
    const index = demand.role === 'router' ? this.state.routing : this.state.computing;
    const fits = (host: HostRecord): boolean => this.fits(host.id, demand);
    if (pods === null) return found(index.first(from, this.state.hosts.length, cpuMillis, memoryBytes, fits));
    for (const pod of pods) {
      const { first, count } = this.podHosts[pod]!;
      const host = index.first(Math.max(first, from), first + count, cpuMillis, memoryBytes, fits);
      if (host >= 0) return host;
    }
    return null;
  }
}

function found(host: number): HostId | null {
  return host < 0 ? null : host;
}

function vmView({ id, account, networks, role, cpuMillis, memoryBytes, host, state }: VmRecord): VmView {
  return { id, account, networks, role, cpuMillis, memoryBytes, host, running: state === 'running' };
}
