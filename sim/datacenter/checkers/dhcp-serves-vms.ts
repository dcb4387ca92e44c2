/** DHCP entries and the VMs that they are for. */
import type { PlantSnapshot } from '../plant-snapshot.js';
import type { Checker } from './checker.js';

export const dhcpServesVms: Checker = {
  name: 'dhcp-serves-vms',
  invariant:
    "A customer's running VM has one DHCP entry for its address in the routing appliance of each of its guest networks that runs.",
  holds: 'at rest',
  violations({ domains, rules }: PlantSnapshot): string[] {
    const applianceOf = new Map(
      domains.filter(({ role }) => role === 'router').map(({ vm, networks }) => [networks[0]!, vm]),
    );
    const found: string[] = [];
    for (const { vm, role, interfaces } of domains) {
      if (role === 'router') continue;
      for (const { network, address } of interfaces) {
        const appliance = network === null ? undefined : applianceOf.get(network);
        if (appliance === undefined) continue;
        const entries = rules.filter(
          (rule) => rule.appliance === appliance && rule.type === 'dhcp' && rule.address === address,
        );
        if (entries.length !== 1)
          found.push(
            `VM ${vm} has ${entries.length} DHCP entries in the routing appliance of guest network ${network}`,
          );
      }
    }
    return found;
  },
};
