/** Every placement policy, by name: the one list that commands, schema and runs read. */
import type { PlacementPolicy, PolicyOptions } from '../policy.js';
import { bestFit } from './best-fit.js';
import { firstFit } from './first-fit.js';
import { random } from './random.js';
import { routerAffinity } from './router-affinity.js';
import { userConcentratedPod } from './user-concentrated-pod.js';
import { userDispersing } from './user-dispersing.js';
import { worstFit } from './worst-fit.js';

export const PLACEMENT_POLICIES: readonly PlacementPolicy[] = [
  firstFit,
  bestFit,
  worstFit,
  random,
  userConcentratedPod,
  userDispersing,
  routerAffinity,
];

/** `options`: checked before, each by its PolicyOption. */
export function placementPolicy(name: string, options: PolicyOptions = {}): PlacementPolicy | undefined {
  const policy = PLACEMENT_POLICIES.find((one) => one.name === name);
  return policy?.configure ? policy.configure(options) : policy;
}
