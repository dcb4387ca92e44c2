/** Every defragmentation policy, by name: the one list that commands, schema and runs read. */
import type { DefragPolicy } from '../policy.js';
import { consolidatePod } from './consolidate-pod.js';
import { none } from './none.js';
import { routerAffinity } from './router-affinity.js';
import { trafficAware } from './traffic-aware.js';

export const DEFRAG_POLICIES: readonly DefragPolicy[] = [none, routerAffinity, trafficAware, consolidatePod];

export function defragPolicy(name: string): DefragPolicy | undefined {
  return DEFRAG_POLICIES.find((one) => one.name === name);
}
