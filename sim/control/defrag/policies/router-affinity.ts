/** Router affinity: the routing domain first, then its pod. Guarantees that no guest network is in more pods afterwards. */
import { gather } from '../gather.js';
import { Planner } from '../planner.js';
import type { DefragPolicy } from '../policy.js';

export const routerAffinity = {
  name: 'router-affinity',
  describe: "A customer's VMs onto the host of its routing appliance; where that is too small, into its pod.",
  details:
    'Its VMs on other hosts (phantom domains) go to the host of the routing appliance if all of them fit there; else to its pod, pod ' +
    'after pod that they leave, those with fewest of them first; else to the pod that leaves them in the fewest, and the routing ' +
    'appliance follows. Where the pod is full, other VMs make room, up to three in a chain, if that does their own ' +
    'customer no harm. Ties: inventory order.',
  plan(request, view, context) {
    const planner = new Planner(request, view, context);
    return planner.plan((network) =>
      gather(planner, network, { aroundAppliance: true, fewestHosts: false, groups: (_, vms) => [[...vms]] }),
    );
  },
} satisfies DefragPolicy;
