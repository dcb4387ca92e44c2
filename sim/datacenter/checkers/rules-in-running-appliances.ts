/** Rules that routing appliances hold. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const rulesInRunningAppliances: Checker = {
  name: 'rules-in-running-appliances',
  invariant: 'Rules are in force in the firewall and in routing appliances that run, nowhere else.',
  holds: 'throughout',
  violations({ domains, rules }: PlantSnapshot): string[] {
    const running = new Set(
      domains.filter(({ role, state }) => role === 'router' && state === 'running').map(({ vm }) => vm),
    );
    return rules
      .filter(({ appliance }) => appliance !== null && !running.has(appliance))
      .map(({ appliance, rule }) => `rule ${rule} is in VM ${appliance}, which is no running routing appliance`);
  },
};
