/** Worst fit: the emptiest host that can take the VM. Guarantees that no host which fits has more free. */
import type { PlacementPolicy, Resource } from '../policy.js';
import { byFree, optionOf, BY } from './capacity-criteria.js';

function worstFitBy(by: Resource): PlacementPolicy {
  return {
    name: 'worst-fit',
    describe: 'The roomiest host: the one with the most free CPU that can take the VM.',
    details:
      'Free is meant over all NUMA nodes of the host, before the VM is there. Ties: the most free of the other resource, ' +
      'then inventory order. Spreads load evenly, and leaves no host empty for long: what OpenStack Nova does by default, ' +
      'whose CPU and RAM weighers prefer hosts with more free, and Apache CloudStack within a cluster under ' +
      'vm.allocation.algorithm firstfitleastconsumed.',
    options: [BY],
    configure: (values) => worstFitBy(optionOf(values, BY)),
    place({ demand }, view) {
      const host = view.worstFit(demand, null, by);
      return host === null ? { refuse: 'no-capacity' } : { host };
    },
    judge: (_, host, view) => byFree(view.free(host), by, 'more'),
  } satisfies PlacementPolicy;
}

export const worstFit = worstFitBy('cpu');
