/**
 * Random: every host that can take the VM is as likely as any other; one draw a decision, whatever the cloud looks
 * like. Linear in the hosts that fit.
 */
import type { PlacementPolicy } from '../policy.js';
import type { HostId } from '../ports.js';

export const random = {
  name: 'random',
  describe: 'A host drawn evenly from all that can take the VM.',
  place({ demand }, view, context) {
    const fitting: HostId[] = [];
    for (let host = view.firstFit(demand); host !== null; host = view.firstFit(demand, host + 1)) fitting.push(host);
    const host = fitting[Math.floor(context.draw() * fitting.length)];
    return host === undefined ? { refuse: 'no-capacity' } : { host };
  },
} satisfies PlacementPolicy;
