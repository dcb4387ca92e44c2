/** The policies there are, for people and for files that name one. */
import { PLACEMENT_POLICIES } from '../control/scheduler/registry.js';

export interface PolicyCard {
  kind: 'placement';
  name: string;
  /** One sentence. */
  describe: string;
}

export function describePolicies(): PolicyCard[] {
  return PLACEMENT_POLICIES.map(({ name, describe }) => ({ kind: 'placement', name, describe }));
}
