/** The state table of a rule in a routing appliance or in the firewall: asked for once, programmed as often as its appliance comes up. */
import { transitionTable } from '../base/transition-table.js';

export type RuleState = 'absent' | 'waiting' | 'adding' | 'present' | 'removing';
export type RuleEvent = 'wait' | 'add' | 'adopt' | 'added' | 'change' | 'appliance-gone' | 'remove' | 'removed';

export const RULE_STATES = transitionTable<RuleState, RuleEvent>('rule', [
  ['absent', 'wait', 'waiting', 'Asked for while its routing appliance is not running.'],
  ['absent', 'add', 'adding', 'Asked for: the routing appliance or the firewall is told.'],
  ['absent', 'adopt', 'present', 'An inventory found its VM running: it is taken over as it is.'],
  ['waiting', 'add', 'adding', 'The routing appliance runs: it is told.'],
  ['waiting', 'removed', 'absent', 'Not wanted any more, and nowhere programmed.'],
  ['adding', 'added', 'present', 'Routing appliance or firewall report it in force.'],
  ['adding', 'change', 'adding', 'Changed while it was being programmed: told again.'],
  ['adding', 'remove', 'removing', 'It could not be programmed, or is not wanted any more: removed, to be sure.'],
  ['adding', 'appliance-gone', 'waiting', 'The routing appliance goes: it will be programmed when one runs again.'],
  ['present', 'change', 'adding', 'It is to apply to other VMs: told again.'],
  ['present', 'remove', 'removing', 'Not wanted any more.'],
  ['present', 'appliance-gone', 'waiting', 'The routing appliance goes, and the rule with it, to be programmed again.'],
  ['removing', 'removed', 'absent', 'It is gone.'],
]);
