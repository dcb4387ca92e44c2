/** Best fit: the fullest host that can still take the VM. Guarantees that no host which fits has less free. */
import type { PlacementPolicy, Resource } from '../policy.js';
import { byFree, optionOf, BY } from './capacity-criteria.js';

function bestFitBy(by: Resource): PlacementPolicy {
  return {
    name: 'best-fit',
    describe: 'The tightest host: the one with the least free CPU that can take the VM.',
    details:
      'Free is meant over all NUMA nodes of the host, before the VM is there. Ties: the least free of the other resource, ' +
      'then inventory order. Keeps large gaps whole for large VMs. The classic of bin packing; in studies of VM allocation ' +
      'it is the usual baseline beside first fit.',
    options: [BY],
    configure: (values) => bestFitBy(optionOf(values, BY)),
    place({ demand }, view) {
      const host = view.bestFit(demand, null, by);
      return host === null ? { refuse: 'no-capacity' } : { host };
    },
    judge: (_, host, view) => byFree(view.free(host), by, 'less'),
  } satisfies PlacementPolicy;
}

export const bestFit = bestFitBy('cpu');
