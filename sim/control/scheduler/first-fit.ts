/** First fit: the first host in inventory order that can take the VM. Ties cannot occur. */
import type { PlacementPolicy } from '../policy.js';

export const firstFit = {
  name: 'first-fit',
  describe: 'The first host in inventory order that can take the VM.',
  place({ demand }, view) {
    const host = view.firstFit(demand);
    return host === null ? { refuse: 'no-capacity' } : { host };
  },
} satisfies PlacementPolicy;
