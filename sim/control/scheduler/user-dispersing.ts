/**
 * User dispersing: the account's VMs apart, so that a failure takes few of them. Guarantees that of the pods that can take
 * the VM the one with the least weighted sum is chosen, and on it a host with the fewest VMs of the account.
 */
import type { CloudView, PlacementPolicy, PlacementRequest, PolicyOption, Resource } from '../policy.js';
import type { HostId, PodId } from '../ports.js';
import { byUsedShare, optionOf, BY } from './capacity-criteria.js';

const WEIGHT = {
  name: 'weight',
  describe: "how much the account's VMs count, against the pod's used share",
  preset: 1,
  takes: { least: 0, most: 1 },
} as const satisfies PolicyOption;

function dispersingBy(weight: number, by: Resource): PlacementPolicy {
  return {
    name: 'user-dispersing',
    describe: "The pod with the fewest of the account's VMs, on it the host with the fewest.",
    details:
      "With a weight w below 1, pods are ordered by (1 - w) x used share of CPU (or memory) + w x the account's VMs in the " +
      'pod over all its VMs. Ties: the used share, then inventory order; among hosts inventory order. Counted are placed ' +
      'VMs of the account without its routing appliances. After the UserDispersingPlanner of Apache CloudStack ' +
      '(vm.user.dispersion.weight, 1 by default) with the host order userdispersing (vm.allocation.algorithm); its ties ' +
      'are left to the database.',
    options: [WEIGHT, BY],
    configure: (values) => dispersingBy((values[WEIGHT.name] ?? WEIGHT.preset) as number, optionOf(values, BY)),
    place(request, view) {
      const host = placeDispersed(request, view, weight, by);
      return host === null ? { refuse: 'no-capacity' } : { host };
    },
    judge({ account }, host, view) {
      const { pod } = view.host(host);
      const sum = weightedSum(view, pod, shareIn(view, account, pod), weight, by);
      return [
        {
          of: weight === 1 ? "share of the account's VMs in the host's pod" : 'weighted sum',
          value: sum,
          better: 'less',
        },
        ...byUsedShare(view, pod, by),
        { of: 'VMs of the account on the host', value: view.vmCountOn(account, host), better: 'less' },
      ];
    },
  } satisfies PlacementPolicy;
}

export const userDispersing = dispersingBy(WEIGHT.preset, BY.preset);

function placeDispersed(request: PlacementRequest, view: CloudView, weight: number, by: Resource): HostId | null {
  for (const pod of podsInOrder(request, view, weight, by)) {
    const host = leastUsedBy(request, view, pod);
    if (host !== null) return host;
  }
  return null;
}

/**
 * Pods without VMs of the account come by used share, as the view has them. The others have a sum of their own: they are
 * sorted, and merged into these; with a weight of 1 all of them come later, so that mostly nobody asks for them.
 */
function* podsInOrder({ account }: PlacementRequest, view: CloudView, weight: number, by: Resource): Generator<PodId> {
  const order = (pod: PodId): Ordered => {
    const sum = weightedSum(view, pod, shareIn(view, account, pod), weight, by);
    return { pod, sum, used: view.usedShare(pod, by) };
  };
  const own = (): Ordered[] =>
    view
      .podsOf(account)
      .map(({ pod }) => order(pod))
      .sort(compare);
  const mixed = weight === 1 ? [] : own();
  let next = 0;
  for (const pod of view.podsByFree(by)) {
    if (view.vmCountIn(account, pod) > 0) continue;
    if (next < mixed.length) {
      const other = order(pod);
      while (next < mixed.length && compare(mixed[next]!, other) < 0) yield mixed[next++]!.pod;
    }
    yield pod;
  }
  for (const { pod } of weight === 1 ? own() : mixed.slice(next)) yield pod;
}

interface Ordered {
  readonly pod: PodId;
  readonly sum: number;
  readonly used: number;
}

function compare(a: Ordered, b: Ordered): number {
  return a.sum - b.sum || a.used - b.used || a.pod - b.pod;
}

/** The pod's host with the fewest VMs of the account, the first of equals. */
function leastUsedBy({ account, demand }: PlacementRequest, view: CloudView, pod: PodId): HostId | null {
  let best: HostId | null = null;
  let fewest = Infinity;
  for (let host = view.firstFit(demand, pod); host !== null; host = view.firstFit(demand, pod, host + 1)) {
    const vms = view.vmCountOn(account, host);
    if (vms === 0) return host;
    if (vms >= fewest) continue;
    fewest = vms;
    best = host;
  }
  return best;
}

/** 0 where the account has no VM. */
function shareIn(view: CloudView, account: number, pod: PodId): number {
  const vms = view.vmCountIn(account, pod);
  return vms === 0 ? 0 : vms / view.vmCount(account);
}

function weightedSum(view: CloudView, pod: PodId, share: number, weight: number, by: Resource): number {
  return weight === 1 ? share : (1 - weight) * view.usedShare(pod, by) + weight * share;
}
