/**
 * As router affinity, by traffic: of each pod those VMs go that talk more to where the others are than to each other. Guarantees that
 * VMs which talk to each other stay together, and that no guest network is in more pods afterwards.
 */
import type { PodId, VmId } from '../../ports.js';
import { gather, type Grouping } from '../gather.js';
import { Planner } from '../planner.js';
import type { DefragPolicy } from '../policy.js';

export const trafficAware = {
  name: 'traffic-aware',
  describe:
    'As router-affinity, choosing by the traffic of each VM with the routing domain against that within its phantom domain.',
  details:
    'VMs of a pod that talk to each other more than to the VMs where they would go are one group, which goes or stays as a whole; groups go in the ' +
    'order of their traffic with those there, and one that has none there stays. Where traffic is not known it is router-affinity.',
  plan(request, view, context) {
    const planner = new Planner(request, view, context);
    return planner.plan((network) =>
      gather(planner, network, { aroundAppliance: true, fewestHosts: false, groups: byTraffic }),
    );
  },
} satisfies DefragPolicy;

const byTraffic: Grouping = (planner, vms, target, network) => {
  const there = planner.view.vmsIn(network).filter((vm) => planner.podOf(vm) === target);
  const rates = new Map<VmId, number>();
  for (const vm of vms) {
    const rate = withAll(planner, vm, there);
    if (rate === null) return [[...vms]];
    rates.set(vm, rate);
  }
  const groups = together(planner, vms, rates, target);
  if (groups === null) return [[...vms]];
  const weight = (group: readonly VmId[]): number => group.reduce((sum, vm) => sum + rates.get(vm)!, 0);
  return groups.filter((group) => weight(group) > 0).sort((a, b) => weight(b) - weight(a) || a[0]! - b[0]!);
};

/** Two that talk more to each other than both do to those there are in one group. */
function together(
  planner: Planner,
  vms: readonly VmId[],
  rates: ReadonlyMap<VmId, number>,
  target: PodId,
): VmId[][] | null {
  const groupOf = new Map<VmId, VmId[]>(vms.map((vm) => [vm, [vm]]));
  for (const a of vms)
    for (const b of vms) {
      if (a >= b || planner.podOf(a) === target) continue;
      const rate = planner.context.trafficBetween(a, b);
      if (rate === null) return null;
      const [one, other] = [groupOf.get(a)!, groupOf.get(b)!];
      if (one === other || rate <= Math.min(rates.get(a)!, rates.get(b)!)) continue;
      one.push(...other);
      for (const vm of other) groupOf.set(vm, one);
    }
  return [...new Set(groupOf.values())].map((group) => group.sort((a, b) => a - b));
}

function withAll(planner: Planner, vm: VmId, others: readonly VmId[]): number | null {
  let sum = 0;
  for (const other of others) {
    const rate = planner.context.trafficBetween(vm, other);
    if (rate === null) return null;
    sum += rate;
  }
  return sum;
}
