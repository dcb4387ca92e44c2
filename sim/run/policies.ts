/** The policies there are, for people and for files that name one. */
import type { DefragPolicy } from '../control/defrag/policy.js';
import { DEFRAG_POLICIES } from '../control/defrag/policies/registry.js';
import type { PlacementPolicy, PolicyOption } from '../control/policy.js';
import { PLACEMENT_POLICIES } from '../control/scheduler/registry.js';
import type { LoadOptions } from '../scenario/loader.js';

export interface PolicyCard {
  kind: 'placement' | 'defrag';
  name: string;
  /** One sentence. */
  describe: string;
  /** How it decides, what decides ties, whose policy it is. */
  details: string;
  /** What a scenario may set beside the name. */
  options: readonly PolicyOption[];
}

export function describePolicies(): PolicyCard[] {
  const cards = (kind: PolicyCard['kind'], policies: readonly (PlacementPolicy | DefragPolicy)[]): PolicyCard[] =>
    policies.map(({ name, describe, details = '', options = [] }) => ({ kind, name, describe, details, options }));
  return [...cards('placement', PLACEMENT_POLICIES), ...cards('defrag', DEFRAG_POLICIES)];
}

/** As the loader holds scenarios against them. */
export function policiesForLoader(): LoadOptions['policies'] {
  return PLACEMENT_POLICIES.map(({ name, options = [] }: PlacementPolicy) => ({
    name,
    options: options.map((option) => ({ name: option.name, wrong: (value: unknown) => wrongValue(option, value) })),
  }));
}

/** What is due in its place; null: it is right. */
function wrongValue({ takes, describe }: PolicyOption, value: unknown): string | null {
  if ('least' in takes) {
    const { least, most } = takes;
    const right = typeof value === 'number' && value >= least && value <= most;
    return right ? null : `write a number from ${least} to ${most}: ${describe}`;
  }
  const right = typeof value === 'string' && takes.includes(value);
  return right ? null : `write ${takes.join(' or ')}: ${describe}`;
}
