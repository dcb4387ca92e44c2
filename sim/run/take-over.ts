/**
 * An inventory's VMs at the beginning of a run: they run before anything else happens, and the plane takes them over. What is
 * true is made from what the plane then knows (addresses, VLAN IDs, virtual NICs), so that belief and truth begin as one.
 */
import { assert } from '../base/assert.js';
import type { HostId, Input, Request } from '../control/ports.js';
import type { ZoneState } from '../control/state.js';
import type { Plant } from '../datacenter/plant.js';
import type { InitialSpec } from '../scenario/resolved.js';

/** What the plane is told, in one turn: every account, then its VMs, routing appliances first. */
export function inventoryInputs(
  { account, guestNetworks, vms }: InitialSpec,
  zone: string,
  hosts: readonly { name: string; id: HostId }[],
  ref: () => number,
): Input[] {
  const numbers = new Map(hosts.map(({ name, id }) => [name, id]));
  const accounts = new Set([account, ...vms.map((vm) => vm.account)]);
  const routersFirst = [...vms.filter(({ role }) => role === 'router'), ...vms.filter(({ role }) => role === 'user')];
  const requests: Request[] = [
    ...[...accounts].map((name): Request => ({ kind: 'register-account', ref: ref(), name, zone })),
    ...routersFirst.map(({ name, host, vlan, ...found }): Request => {
      const guestNetwork = guestNetworks ? { vlan } : null;
      return { kind: 'adopt', ref: ref(), vm: name, guestNetwork, ...found, host: numbers.get(host)! };
    }),
  ];
  return requests.map((request) => ({ kind: 'request', request }));
}

/** The plant as the plane found it. */
export function found(state: ZoneState, plant: Plant): void {
  const done = (failed: string | null): void =>
    assert(failed === null, () => `an inventory that does not fit: ${failed}`);
  for (const { network, host, node, memoryBytes, state: at } of state.nics.values())
    if (at === 'present') done(plant.bridges.add(host, network, state.network(network).vlan!, node, memoryBytes));
  for (const { id, host, nodes, cpuMillis, memoryBytes, role, interfaces, state: at } of state.vms.values()) {
    if (at !== 'running') continue;
    const addressed = interfaces.map(({ name, network, address }) => ({ name, network, address: address! }));
    done(plant.adopt({ vm: id, host: host!, nodes, cpuMillis, memoryBytes, role, interfaces: addressed }));
  }
  for (const { id, network, spec, state: at } of state.rules.values()) {
    if (at !== 'present') continue;
    const { vms, ...content } = spec;
    const targets = vms.map((vm) => state.vm(vm).interfaces.find((one) => one.network === network)!.address!);
    done(plant.rules.add(state.network(network).appliance.vm!, id, { ...content, targets }));
  }
}
