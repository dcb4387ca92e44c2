/**
 * User concentrated pod: the account's VMs together in as few pods as there is room for. Guarantees that a pod without VMs
 * of the account is taken only where none that has some can take the VM.
 */
import type { CloudView, PlacementPolicy, PlacementRequest, Resource } from '../policy.js';
import type { HostId } from '../ports.js';
import { byUsedShare, optionOf, BY } from './capacity-criteria.js';

function concentratedBy(by: Resource): PlacementPolicy {
  return {
    name: 'user-concentrated-pod',
    describe: 'A pod where the account has VMs, the one with most of them first; other pods by free capacity.',
    details:
      'Within the pod: its first host in inventory order. Pods with equally many of them come in inventory order; pods ' +
      'without any by the used share of CPU (or memory), least first, ties in inventory order. Counted are placed VMs of ' +
      'the account without its routing appliances. After the UserConcentratedPodPlanner of Apache CloudStack, which counts ' +
      'stopped VMs too and takes the first fit of a cluster of the pod; it concentrates by account, not by guest network, ' +
      'and when a VM starts, not later.',
    options: [BY],
    configure: (values) => concentratedBy(optionOf(values, BY)),
    place(request, view) {
      const host = placeConcentrated(request, view, by);
      return host === null ? { refuse: 'no-capacity' } : { host };
    },
    judge({ account }, host, view) {
      const { pod } = view.host(host);
      const vms = view.vmCountIn(account, pod);
      const own = { of: "VMs of the account in the host's pod", value: vms, better: 'more' } as const;
      return vms > 0 ? [own] : [own, ...byUsedShare(view, pod, by)];
    },
  } satisfies PlacementPolicy;
}

export const userConcentratedPod = concentratedBy('cpu');

function placeConcentrated({ account, demand }: PlacementRequest, view: CloudView, by: Resource): HostId | null {
  for (const { pod } of view.podsOf(account)) {
    const host = view.firstFit(demand, pod);
    if (host !== null) return host;
  }
  // Those with VMs of the account are tried again; they are few, and their answer is the same.
  for (const pod of view.podsByFree(by)) {
    const host = view.firstFit(demand, pod);
    if (host !== null) return host;
  }
  return null;
}
