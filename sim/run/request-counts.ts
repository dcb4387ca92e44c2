/** What became of a zone's requests and VMs, counted from its history over the whole run. */
import type { Transaction } from '../control/history.js';
import type { RequestKind, VmId } from '../control/ports.js';
import type { Summary } from '../store/types.js';

/** Whoever asked for it is told, and counted, where he asked. */
const BETWEEN_ZONES: ReadonlySet<RequestKind> = new Set(['admit-vm', 'take-vm', 'withdraw-vm']);

export class RequestCounts {
  /** Requests to start a VM: new ones, and stopped ones again. */
  private requested = 0;
  /** Customers' VMs that came up, as often as they did. */
  private started = 0;
  private stopped = 0;
  private readonly refused = new Map<string, number>();
  private readonly failed = new Map<string, number>();
  private readonly routers = new Set<VmId>();
  /** Names: one may be in several zones. */
  readonly accounts = new Set<string>();

  observe(tx: Transaction): void {
    switch (tx.kind) {
      case 'account':
        this.accounts.add(tx.name);
        return;
      case 'request':
        if (tx.type === 'start-new' || tx.type === 'start') this.requested++;
        return;
      case 'request-ended':
        if (tx.outcome !== 'done' && !BETWEEN_ZONES.has(tx.type))
          count(tx.outcome === 'refused' ? this.refused : this.failed, tx.reason ?? 'unknown');
        return;
      case 'vm':
        if (tx.role === 'router') this.routers.add(tx.vm);
        return;
      case 'vm-state':
        if (this.routers.has(tx.vm)) {
          if (tx.to === 'destroyed') this.routers.delete(tx.vm);
        } else if (tx.event === 'started') this.started++;
        else if (tx.event === 'halted') this.stopped++;
        return;
      default:
    }
  }

  refusedFor(reason: string): number {
    return this.refused.get(reason) ?? 0;
  }

  static sum(all: readonly RequestCounts[], runningAtEnd: number): Summary['vms'] {
    const total = (of: (one: RequestCounts) => number): number => all.reduce((sum, one) => sum + of(one), 0);
    return {
      requested: total((one) => one.requested),
      started: total((one) => one.started),
      stopped: total((one) => one.stopped),
      lost: null,
      refused: byReason(all.map((one) => one.refused)),
      failed: byReason(all.map((one) => one.failed)),
      runningAtEnd,
    };
  }
}

function count(counts: Map<string, number>, reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

/** In the order of the alphabet. */
function byReason(all: readonly ReadonlyMap<string, number>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const counts of all) for (const [reason, n] of counts) sums.set(reason, (sums.get(reason) ?? 0) + n);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
