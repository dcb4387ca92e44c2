/** Every placement policy, by name: the one list that commands, schema and runs read. */
import type { PlacementPolicy } from '../policy.js';
import { firstFit } from './first-fit.js';
import { random } from './random.js';

export const PLACEMENT_POLICIES: readonly PlacementPolicy[] = [firstFit, random];

export function placementPolicy(name: string): PlacementPolicy | undefined {
  return PLACEMENT_POLICIES.find((policy) => policy.name === name);
}
