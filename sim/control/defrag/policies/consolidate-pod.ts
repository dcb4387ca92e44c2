/** As few pods as can be, then as few hosts. Guarantees that no guest network is in more pods afterwards. */
import { gather } from '../gather.js';
import { Planner } from '../planner.js';
import type { DefragPolicy } from '../policy.js';

export const consolidatePod = {
  name: 'consolidate-pod',
  describe: "A customer's VMs into the fewest pods, then onto the fewest hosts.",
  details:
    'The pod is the one that leaves them in the fewest pods, of these the one with most of their memory; the routing appliance follows. In it ' +
    'hosts with fewest of them are emptied onto those with most. Ties: inventory order.',
  plan(request, view, context) {
    const planner = new Planner(request, view, context);
    return planner.plan((network) =>
      gather(planner, network, { aroundAppliance: false, fewestHosts: true, groups: (_, vms) => [[...vms]] }),
    );
  },
} satisfies DefragPolicy;
