/** First fit: the first host in inventory order that can take the VM. Ties cannot occur. */
import type { PlacementPolicy } from '../policy.js';

export const firstFit = {
  name: 'first-fit',
  describe: 'The first host in inventory order that can take the VM.',
  details:
    'Fills pod after pod and host after host, in the order in which the inventory names them, so that whole hosts stay ' +
    'empty while the cloud is. The classic of bin packing; the FirstFitPlanner of Apache CloudStack orders clusters by ' +
    "free capacity before it takes a cluster's first host, which this policy does not. No ties.",
  place({ demand }, view) {
    const host = view.firstFit(demand);
    return host === null ? { refuse: 'no-capacity' } : { host };
  },
  judge: () => [],
} satisfies PlacementPolicy;
