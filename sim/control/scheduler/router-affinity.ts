/**
 * Router affinity: a customer's VMs near its routing appliance, through which their traffic goes. Guarantees that a host
 * further away is taken only where none nearer can take the VM.
 */
import type { CloudView, PlacementPolicy, PlacementRequest } from '../policy.js';
import type { HostId } from '../ports.js';
import { byFree } from './capacity-criteria.js';

export const routerAffinity = {
  name: 'router-affinity',
  describe: "Nearest to the customer's routing appliance: on its host, else in its pod, else anywhere.",
  details:
    'In its pod, and anywhere: the first host in inventory order. The routing appliance itself goes to the roomiest host ' +
    '(as worst-fit), so that there is room beside it; a VM none of whose guest networks has a ' +
    'placed routing appliance goes to the first host that can take it. Ties: inventory order. The rule of defragmentation ' +
    '(routing domain first, then its pod) at the time of placement; no system known to us ships it.',
  place(request, view) {
    const host = placeNear(request, view);
    return host === null ? { refuse: 'no-capacity' } : { host };
  },
  judge(request, host, view) {
    if (request.demand.role === 'router') return byFree(view.free(host), 'cpu', 'more');
    const router = routerOf(request, view);
    if (router === null) return [];
    const distance = host === router ? 0 : view.host(host).pod === view.host(router).pod ? 1 : 2;
    return [{ of: 'distance from the routing appliance (0 host, 1 pod, 2 further)', value: distance, better: 'less' }];
  },
} satisfies PlacementPolicy;

function placeNear(request: PlacementRequest, view: CloudView): HostId | null {
  const { demand } = request;
  if (demand.role === 'router') return view.worstFit(demand);
  const router = routerOf(request, view);
  if (router === null) return view.firstFit(demand);
  if (view.fits(router, demand)) return router;
  return view.firstFit(demand, view.host(router).pod) ?? view.firstFit(demand);
}

/** Of its first guest network that has one placed. */
function routerOf({ demand: { networks } }: PlacementRequest, view: CloudView): HostId | null {
  for (const network of networks) {
    const host = view.routerOf(network);
    if (host !== null) return host;
  }
  return null;
}
