/**
 * Random: every host that can take the VM is as likely as any other; one draw a decision, whatever the cloud looks
 * like.
 */
import type { PlacementPolicy } from '../policy.js';

export const random = {
  name: 'random',
  describe: 'A host drawn evenly from all that can take the VM.',
  details:
    'One draw a decision from a stream of its own. Hosts are looked at in an order that follows from the draw until one ' +
    'can take the VM; where few can, these are counted out. It is what Apache CloudStack does by default within a cluster ' +
    '(vm.allocation.algorithm random: a shuffle), here over the zone, and seeded.',
  place({ demand }, view, context) {
    const host = view.randomFit(demand, context.draw());
    return host === null ? { refuse: 'no-capacity' } : { host };
  },
} satisfies PlacementPolicy;
