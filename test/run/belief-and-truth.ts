/** Whether what a zone's plane believes is what is so, thing by thing. Holds while nothing is under way. */
import { expect } from 'vitest';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import type { ZoneWorld } from '../../sim/run/zone-world.js';

export function expectBeliefIsTruth({ plane, plant }: ZoneWorld): void {
  const { state } = plane;
  const truth = snapshotOf(plant);
  const vms = [...state.vms.values()].filter((vm) => vm.state === 'running');
  expect(
    vms
      .map(({ id, host, nodes, cpuMillis, memoryBytes, network, role }) => ({
        ...{ vm: id, host, nodes, cpuMillis, memoryBytes, network, role, state: 'running' },
      }))
      .sort((a, b) => a.vm - b.vm),
    'VMs',
  ).toEqual(truth.domains.map(({ interfaces, ...domain }) => domain));
  expect(
    vms.map(({ id, eth0, eth1, eth2 }) => [id, ...[eth0, eth1, eth2].filter((address) => address !== null)]),
    'addresses',
  ).toEqual(truth.domains.map(({ vm, interfaces }) => [vm, ...interfaces.map(({ address }) => address)]));
  expect(
    [...state.nics.values()]
      .map(({ host, network, node, memoryBytes }) => ({
        ...{ host, network, vlan: state.network(network).vlan, node, memoryBytes },
      }))
      .sort((a, b) => a.host - b.host || a.network - b.network),
    'virtual NICs',
  ).toEqual(truth.bridges);
  const mountOf = (vm: number): { vm: number; host: number }[] => {
    const { host, state: at } = state.vm(vm);
    return at === 'running' ? [{ vm, host: host! }] : [];
  };
  expect(
    [...state.disks.values()].map(({ id, server, bytes, vm }) => ({
      ...{ disk: id, server, bytes, ready: true, mounts: mountOf(vm) },
    })),
    'disks',
  ).toEqual(truth.disks);
  expect(
    state.hosts.map(({ nodes }) =>
      nodes.map((node) => [node.cpuMillis - node.freeCpuMillis, node.memoryBytes - node.freeMemoryBytes]),
    ),
    'capacity taken',
  ).toEqual(truth.hosts.map(({ nodes }) => nodes.map((node) => [node.usedCpuMillis, node.usedMemoryBytes])));
}
