/**
 * An inventory's VMs at the beginning of a run: they run before anything else happens, and the plane takes them over. What is
 * true is made from what the plane then knows (addresses, VLAN IDs, virtual NICs), so that belief and truth begin as one.
 */
import { assert } from '../base/assert.js';
import type { HostId, Input, Request } from '../control/ports.js';
import type { ZoneState } from '../control/state.js';
import type { Plant } from '../datacenter/plant.js';
import { initialAccounts } from '../scenario/initial-accounts.js';
import type { InitialSpec, InitialVm } from '../scenario/resolved.js';

/**
 * What the plane is told, in one turn: every account, then VMs, those of accounts with a known VLAN ID first, and of these
 * routing appliances. Where the inventory knows customers, their VMs are in their guest networks; else in none.
 */
export function inventoryInputs(
  initial: InitialSpec,
  zone: string,
  hosts: readonly { name: string; id: HostId }[],
  ref: () => number,
): Input[] {
  const { account: preset, accounts, vms } = initial;
  const numbers = new Map(hosts.map(({ name, id }) => [name, id]));
  const vlans = new Map<string, number>();
  for (const { name, vlan } of accounts ?? []) if (vlan !== null) vlans.set(name, vlan);
  for (const { account = preset, vlan } of vms) if (vlan !== undefined) vlans.set(account, vlan);
  // Those whose VLAN ID is known come first: no other is given it meanwhile.
  const registered = initialAccounts(initial);
  const names = [...registered.filter((name) => vlans.has(name)), ...registered.filter((name) => !vlans.has(name))];
  const rank = ({ account = preset, role }: InitialVm): number =>
    (vlans.has(account) ? 0 : 2) + (role === 'router' ? 0 : 1);
  const inOrder = [...vms].sort((a, b) => rank(a) - rank(b));
  const requests: Request[] = [
    ...names.map((name): Request => {
      const vlan = vlans.get(name);
      return { kind: 'register-account', ref: ref(), name, zone, ...(vlan === undefined ? {} : { vlan }) };
    }),
    ...inOrder.map(({ name, host, account = preset, role = 'user', vlan: _, ...found }): Request => {
      const guestNetwork = accounts ? { vlan: vlans.get(account) ?? null } : null;
      return { kind: 'adopt', ref: ref(), account, vm: name, role, guestNetwork, ...found, host: numbers.get(host)! };
    }),
  ];
  return requests.map((request) => ({ kind: 'request', request }));
}

/** The plant as the plane found it. */
export function found(state: ZoneState, plant: Plant): void {
  const done = (failed: string | null): void =>
    assert(failed === null, () => `an inventory that does not fit: ${failed}`);
  for (const { network, host, node, memoryBytes, state: at } of state.nics.values())
    if (at === 'present') done(plant.bridges.add(host, network, state.network(network).vlan!, node, memoryBytes, true));
  for (const { id, host, nodes, cpuMillis, memoryBytes, role, interfaces, state: at } of state.vms.values()) {
    if (at !== 'running') continue;
    const addressed = interfaces.map(({ name, network, address }) => ({ name, network, address: address! }));
    // What limits it had nobody knows: its agent is told those that it is to have.
    const throttle = { networkBitsPerSecond: null, iops: null };
    done(plant.adopt({ vm: id, host: host!, nodes, cpuMillis, memoryBytes, role, interfaces: addressed, throttle }));
  }
  for (const { id, network, spec, state: at } of state.rules.values()) {
    if (at !== 'present') continue;
    const { vms, ...content } = spec;
    const targets = vms.map((vm) => state.vm(vm).interfaces.find((one) => one.network === network)!.address!);
    done(plant.rules.add(state.network(network).appliance.vm!, id, { ...content, targets }));
  }
}
