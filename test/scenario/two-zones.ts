/** A scenario of two zones, whose hosts and servers flows go between. */
import { scenario } from './load.js';

/** Two zones; the first has pods p01 and p02, of two hosts h01 and h02 and a server s1 each. */
export function twoZones(more: string, types = ''): string {
  return scenario({ more: `${types}${more}` }).replace(
    'offerings:',
    '  - {name: z2, pods: [{name: q, hosts: [{name: h}], storage: [{name: a, count: 2}]}]}\nofferings:',
  );
}
