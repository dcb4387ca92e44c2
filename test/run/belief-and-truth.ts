/** Whether what a zone's plane believes is what is so, thing by thing. Holds while nothing is under way. */
import { expect } from 'vitest';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import type { ZoneWorld } from '../../sim/run/zone-world.js';

export function expectBeliefIsTruth({ plane, plant }: ZoneWorld): void {
  const { state } = plane;
  expect(state.unsettled.size, 'VMs whose throttle is not confirmed').toBe(0);
  const truth = snapshotOf(plant);
  const vms = [...state.vms.values()].filter((vm) => vm.state === 'running');
  expect(
    vms
      .map(({ id, host, nodes, cpuMillis, memoryBytes, networks, role, interfaces, throttle }) => ({
        ...{ vm: id, host, nodes, cpuMillis, memoryBytes, networks, role, state: 'running', throttle },
        interfaces: interfaces.map((one) => ({ ...one })),
      }))
      .sort((a, b) => a.vm - b.vm),
    'VMs',
  ).toEqual(truth.domains);
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
    [...state.disks.values()].map(({ id, server, bytes, copy, vm }) => ({
      ...{ disk: id, server, bytes, copy, ready: true, mounts: mountOf(vm) },
    })),
    'disks',
  ).toEqual(truth.disks);
  expect(
    [...state.copies.values()].map(({ id, template, server, bytes }) => ({
      ...{ copy: id, template, server, bytes, ready: true },
    })),
    'templates',
  ).toEqual(truth.copies);
  expect(
    [...state.snapshots.values()].map(({ id, disk, server, bytes }) => ({
      ...{ snapshot: id, disk, server, bytes, ready: true },
    })),
    'snapshots',
  ).toEqual(truth.snapshots);
  expect(rulesBelieved(state), 'rules').toEqual(truth.rules);
  expect(
    state.hosts.map(({ nodes }) =>
      nodes.map((node) => [node.cpuMillis - node.freeCpuMillis, node.memoryBytes - node.freeMemoryBytes]),
    ),
    'capacity taken',
  ).toEqual(truth.hosts.map(({ nodes }) => nodes.map((node) => [node.usedCpuMillis, node.usedMemoryBytes])));
}

/** Those that are to be in force, as the plant would show them. Those that wait for their appliance are in force nowhere. */
function rulesBelieved(state: ZoneWorld['plane']['state']): unknown[] {
  return [...state.rules.values()]
    .filter((rule) => rule.state !== 'waiting')
    .map(({ id, network, spec, state: at }) => {
      expect(at).toBe('present');
      const { vms, ...content } = spec;
      const appliance = spec.type === 'firewall' ? null : state.network(network).appliance.vm;
      const targets = vms.map((vm) => state.vm(vm).interfaces.find((one) => one.network === network)!.address);
      return { appliance, rule: id, ...content, targets };
    })
    .sort((a, b) => (a.appliance ?? -1) - (b.appliance ?? -1) || a.rule - b.rule);
}
