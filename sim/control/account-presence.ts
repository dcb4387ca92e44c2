/**
 * How many placed VMs every account has in each pod and on each host, routing appliances not counted. Guarantees the counts
 * of a scan over all VMs, after each change.
 */
import type { AccountId, HostId, PodId } from './ports.js';

interface Presence {
  vms: number;
  readonly byPod: Map<PodId, number>;
  readonly byHost: Map<HostId, number>;
}

export interface PodCount {
  readonly pod: PodId;
  readonly vms: number;
}

const NOWHERE: Presence = { vms: 0, byPod: new Map(), byHost: new Map() };

export class AccountPresence {
  private readonly of: Presence[] = [];

  /** A VM came (1) or went (-1). */
  moved(account: AccountId, pod: PodId, host: HostId, by: 1 | -1): void {
    const presence = (this.of[account] ??= { vms: 0, byPod: new Map(), byHost: new Map() });
    presence.vms += by;
    add(presence.byPod, pod, by);
    add(presence.byHost, host, by);
  }

  vms(account: AccountId): number {
    return this.presence(account).vms;
  }
  inPod(account: AccountId, pod: PodId): number {
    return this.presence(account).byPod.get(pod) ?? 0;
  }
  onHost(account: AccountId, host: HostId): number {
    return this.presence(account).byHost.get(host) ?? 0;
  }

  /** Pods with VMs of the account, most VMs first, then in inventory order. */
  pods(account: AccountId): PodCount[] {
    const counts = Array.from(this.presence(account).byPod, ([pod, vms]) => ({ pod, vms }));
    return counts.sort((a, b) => b.vms - a.vms || a.pod - b.pod);
  }

  private presence(account: AccountId): Presence {
    return this.of[account] ?? NOWHERE;
  }
}

function add(counts: Map<number, number>, key: number, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
