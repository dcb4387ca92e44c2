/** What must hold of a plane's state at every instant, computed from its records alone, not from its accounts of them. */
import { expect } from 'vitest';
import type { ZoneState } from '../../sim/control/state.js';
import { VM_STATES } from '../../sim/control/vm-states.js';

export function checkInvariants(state: ZoneState): void {
  const vms = [...state.vms.values()];
  for (const vm of vms) expect(VM_STATES.states).toContain(vm.state);
  checkCapacity(state);

  const addresses = vms.filter((vm) => vm.eth0 !== null).map((vm) => `${vm.network}/${vm.eth0}`);
  expect(new Set(addresses).size, 'an address twice in a guest network').toBe(addresses.length);
  const publics = vms.filter((vm) => vm.eth2 !== null).map((vm) => vm.eth2);
  expect(new Set(publics).size, 'a public address twice').toBe(publics.length);
  const vlans = state.networks.filter(({ vlan }) => vlan !== null).map(({ vlan }) => vlan);
  expect(new Set(vlans).size, 'a VLAN ID in two guest networks').toBe(vlans.length);
  expect(state.vlans.used).toBe(vlans.length);

  for (const nic of state.nics.values()) {
    expect(state.network(nic.network).vlan, 'a virtual NIC without VLAN ID').not.toBeNull();
    if (nic.state === 'removing') continue;
    expect(
      vms.some((vm) => vm.network === nic.network && vm.host === nic.host),
      'a virtual NIC without a VM',
    ).toBe(true);
  }
  for (const vm of vms.filter((one) => one.state === 'running')) {
    expect(vm.host).not.toBeNull();
    if (vm.diskBytes > 0) expect(state.disk(vm.disk!).state).toBe('ready');
    else expect(vm.disk, 'a disk that nobody asked for').toBeNull();
    expect(state.nicOn(state.network(vm.network!), vm.host!)?.state).toBe('present');
    if (vm.role === 'user')
      expect(state.network(vm.network!).state, 'runs without routing appliance').toBe('implemented');
  }
  for (const network of state.networks) {
    const users = vms.filter((vm) => vm.network === network.id && vm.role === 'user');
    const active = users.filter((vm) => !['stopped', 'destroying', 'destroyed'].includes(vm.state));
    expect(network.active).toBe(active.length);
    expect([...network.waiting]).toEqual(users.filter((vm) => vm.state === 'requested').map(({ id }) => id));
    expect(network.appliance.collectAt !== null).toBe(network.appliance.state === 'idle');
  }
}

function checkCapacity(state: ZoneState): void {
  for (const host of state.hosts) {
    host.nodes.forEach((node, at) => {
      const here = [...state.vms.values()].filter((vm) => vm.host === host.id && vm.nodes.includes(at));
      const nics = [...state.nics.values()].filter((nic) => nic.host === host.id && nic.node === at);
      const cpu = here.reduce((sum, vm) => sum + vm.cpuMillis / vm.nodes.length, 0);
      const memory =
        here.reduce((sum, vm) => sum + vm.memoryBytes / vm.nodes.length, 0) +
        nics.reduce((sum, nic) => sum + nic.memoryBytes, 0);
      expect(cpu).toBe(node.cpuMillis - node.freeCpuMillis);
      expect(memory).toBe(node.memoryBytes - node.freeMemoryBytes);
      expect(cpu).toBeLessThanOrEqual(node.cpuMillis);
      expect(memory).toBeLessThanOrEqual(node.memoryBytes);
    });
  }
  state.servers.forEach((server, id) => {
    const bytes = [...state.disks.values()]
      .filter((disk) => disk.server === id)
      .reduce((sum, disk) => sum + disk.bytes, 0);
    expect(server.freeBytes).toBe(state.config.servers[id]!.capacityBytes - bytes);
    expect(server.freeBytes).toBeGreaterThanOrEqual(0);
  });
}
