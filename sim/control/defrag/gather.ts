/**
 * Bringing a guest network's VMs together, as the policies do it: first onto one host, then into one pod, else into fewer pods; and
 * whether that is worth what it costs. Guarantees that what comes to nothing, or is not worth it, is undone.
 */
import type { HostId, NetworkId, PodId, VmId } from '../ports.js';
import type { Planner } from './planner.js';
import type { LeftReason } from './policy.js';

/** Which of a pod's VMs go to another pod together, the first ones first; those left out stay. */
export type Grouping = (planner: Planner, vms: readonly VmId[], target: PodId, network: NetworkId) => VmId[][];

export interface GatherRules {
  /** Around its routing appliance: on its host if all fit, and in its pod before any other. */
  readonly aroundAppliance: boolean;
  /** In the pod, onto fewer hosts as well. */
  readonly fewestHosts: boolean;
  readonly groups: Grouping;
}

export function gather(planner: Planner, network: NetworkId, rules: GatherRules): LeftReason | null {
  const { view, whatIf } = planner;
  const vms = view.vmsIn(network).filter((vm) => view.vm(vm).running);
  if (vms.length === 0) return null;
  const before = planner.depth;
  const podsBefore = planner.podsOf(vms).size;
  const appliance = view.applianceOf(network);
  const home = rules.aroundAppliance && appliance !== null ? whatIf.hostOf(appliance) : null;
  if (home !== null && vms.every((vm) => whatIf.hostOf(vm) === home)) return null;
  if (home !== null && allOnto(planner, vms, home)) return worth(planner, vms, before);
  const onePod = podsBefore === 1 ? planner.podOf(vms[0]!) : null;
  if (onePod !== null && home !== null) {
    if (onePod === view.host(home).pod) return null;
    // They are together, and cheaper than all of them to their routing appliance is that to them.
    if (planner.into(appliance!, onePod, hostsWith(planner, vms, onePod))) return worth(planner, vms, before);
  }
  const target = bestTarget(planner, network, vms, home === null ? null : view.host(home).pod, rules);
  if (target === null && rules.fewestHosts) fewerHosts(planner, vms, planner.podOf(vms[0]!));
  if (target === null) {
    if (podsBefore === 1) return worth(planner, vms, before);
    const wants = into(planner, network, vms, home === null ? planner.podOf(vms[0]!) : view.host(home).pod, rules);
    planner.undo(before);
    return wants ? 'no-capacity' : 'not-worth-it';
  }
  const wantedMore = into(planner, network, vms, target, rules);
  // The routing appliance follows those that it serves.
  if (appliance !== null && planner.podOf(appliance) !== target)
    planner.into(appliance, target, hostsWith(planner, vms, target));
  if (rules.fewestHosts) fewerHosts(planner, vms, target);
  const reason = worth(planner, vms, before);
  if (reason !== null) return reason;
  if (planner.podsOf(vms).size === 1) return null;
  return wantedMore ? 'no-capacity' : 'not-worth-it';
}

function allOnto(planner: Planner, vms: readonly VmId[], host: HostId): boolean {
  const before = planner.depth;
  for (const vm of largestFirst(planner, vms))
    if (planner.whatIf.hostOf(vm) !== host && !planner.to(vm, host)) {
      planner.undo(before);
      return false;
    }
  return true;
}

/** The pod that leaves its VMs in the fewest pods, at the least cost; null: none leaves them in fewer than they are in. */
function bestTarget(
  planner: Planner,
  network: NetworkId,
  vms: readonly VmId[],
  preferred: PodId | null,
  rules: GatherRules,
): PodId | null {
  const most = new Map<PodId, number>();
  for (const vm of vms)
    most.set(planner.podOf(vm), (most.get(planner.podOf(vm)) ?? 0) + planner.view.vm(vm).memoryBytes);
  const byWeight = [...most].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([pod]) => pod);
  const candidates = preferred === null ? byWeight : [preferred, ...byWeight.filter((pod) => pod !== preferred)];
  const before = planner.depth;
  let best: { pod: PodId; pods: number; bytes: number } | null = null;
  for (const pod of candidates.slice(0, TARGETS_TRIED)) {
    into(planner, network, vms, pod, rules);
    const { bytes } = planner.costSince(before);
    const pods = planner.podsOf(vms).size;
    planner.undo(before);
    if (
      best === null ||
      pods < best.pods ||
      (pods === best.pods && pod !== preferred && best.pod !== preferred && bytes < best.bytes)
    )
      best = { pod, pods, bytes };
    if (best.pods === 1) break;
  }
  const isBetter = best !== null && (best.pods < most.size || (best.pods === 1 && !most.has(best.pod)));
  return isBetter ? best!.pod : null;
}

const TARGETS_TRIED = 3;

/** Pod after pod is emptied of its VMs, those with fewest first; one that cannot be is left as it was: then true. */
function into(planner: Planner, network: NetworkId, vms: readonly VmId[], target: PodId, rules: GatherRules): boolean {
  let isShort = false;
  const byPod = new Map<PodId, VmId[]>();
  for (const vm of vms) {
    const pod = planner.podOf(vm);
    if (pod === target) continue;
    const there = byPod.get(pod);
    if (there) there.push(vm);
    else byPod.set(pod, [vm]);
  }
  for (const [, its] of [...byPod].sort((a, b) => a[1].length - b[1].length || a[0] - b[0]))
    for (const group of rules.groups(planner, its, target, network)) {
      const before = planner.depth;
      for (const vm of largestFirst(planner, group))
        if (!planner.into(vm, target, hostsWith(planner, vms, target))) {
          planner.undo(before);
          isShort = true;
          break;
        }
    }
  return isShort;
}

/** Hosts of the pod that have its VMs, those with most first. */
function hostsWith(planner: Planner, vms: readonly VmId[], pod: PodId): HostId[] {
  const counts = new Map<HostId, number>();
  for (const vm of vms) {
    const host = planner.whatIf.hostOf(vm)!;
    if (planner.view.host(host).pod === pod) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([host]) => host);
}

/** Hosts with fewest of its VMs are emptied onto those with most, as far as there is room. */
function fewerHosts(planner: Planner, vms: readonly VmId[], pod: PodId): void {
  for (const host of hostsWith(planner, vms, pod).reverse()) {
    const before = planner.depth;
    const targets = hostsWith(planner, vms, pod).filter((other) => other !== host);
    const its = largestFirst(
      planner,
      vms.filter((vm) => planner.whatIf.hostOf(vm) === host),
    );
    if (!its.every((vm) => targets.some((target) => planner.to(vm, target)))) planner.undo(before);
  }
}

function largestFirst(planner: Planner, vms: readonly VmId[]): VmId[] {
  const size = (vm: VmId): number => planner.view.vm(vm).memoryBytes;
  return [...vms].sort((a, b) => size(b) - size(a) || a - b);
}

/** Bytes to copy, and what moved guests would send while they stand still, against bytes between pods that are saved. */
function worth(planner: Planner, vms: readonly VmId[], depth: number): LeftReason | null {
  const { horizonSeconds } = planner.request;
  if (horizonSeconds === null || planner.depth === depth) return null;
  const { bytes, downtimeSeconds, vms: moved } = planner.costSince(depth);
  const after = crossing(planner, vms);
  const rate = vms.reduce(
    (sum, vm) => sum + vms.reduce((all, other) => all + (vm < other ? (traffic(planner, vm, other) ?? 0) : 0), 0),
    0,
  );
  const order = moved.map((vm) => [vm, planner.whatIf.hostOf(vm)!] as const);
  planner.undo(depth);
  const before = crossing(planner, vms);
  // Nobody knows: being together is what it is for.
  const unknown = before === null || after === null;
  const saved = unknown ? Infinity : ((before - after) * horizonSeconds) / 8;
  const lost = (rate * downtimeSeconds) / Math.max(1, moved.length) / 8;
  if (saved < bytes + lost) return 'not-worth-it';
  for (const [vm, host] of order) planner.to(vm, host);
  return null;
}

/** Bits per second between its VMs in different pods; null: not known. */
function crossing(planner: Planner, vms: readonly VmId[]): number | null {
  let sum = 0;
  for (const a of vms)
    for (const b of vms) {
      if (a >= b || planner.podOf(a) === planner.podOf(b)) continue;
      const rate = traffic(planner, a, b);
      if (rate === null) return null;
      sum += rate;
    }
  return sum;
}

function traffic(planner: Planner, a: VmId, b: VmId): number | null {
  return planner.context.trafficBetween(a, b);
}
