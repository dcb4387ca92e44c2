/** The read-only view of a zone that defragmentation policies get, for one round. */
import type { HostId, NetworkId, VmId } from '../ports.js';
import type { ZoneState } from '../state.js';
import { ZoneView } from '../view.js';
import type { DefragView } from './policy.js';
import { ZoneWhatIf, type WhatIf } from './what-if.js';

export class ZoneDefragView extends ZoneView implements DefragView {
  private onHost: Map<HostId, VmId[]> | null = null;

  constructor(private readonly its: ZoneState) {
    super(its);
  }

  vmsIn(network: NetworkId): readonly VmId[] {
    const { vms } = this.its.network(network);
    return [...vms].filter((vm) => this.its.vm(vm).host !== null).sort((a, b) => a - b);
  }

  applianceOf(network: NetworkId): VmId | null {
    const { vm } = this.its.network(network).appliance;
    return vm !== null && this.its.vm(vm).state === 'running' ? vm : null;
  }

  vmsOn(host: HostId): readonly VmId[] {
    if (this.onHost === null) {
      this.onHost = new Map();
      for (const { id, host: at } of this.its.vms.values()) {
        if (at === null) continue;
        const there = this.onHost.get(at);
        if (there) there.push(id);
        else this.onHost.set(at, [id]);
      }
    }
    return this.onHost.get(host) ?? [];
  }

  whatIf(): WhatIf {
    return new ZoneWhatIf(this.its);
  }
}
