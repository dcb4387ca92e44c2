/** The placement benchmark: that all VMs run in it, the same ones each time, under every policy. No test asserts a time. */
import { expect, test } from 'vitest';
import { InstantCloud } from '../../sim/bench/instant-cloud.js';
import { PLACEMENT_POLICIES } from '../../sim/control/scheduler/registry.js';
import { checkInvariants } from '../control/invariants.js';
import { snapshotOfState } from '../control/snapshot.js';

test.each(PLACEMENT_POLICIES.map((policy) => [policy.name, policy] as const))(
  '%s: every VM runs, in a guest network with a routing appliance, and twice the same',
  (_name, policy) => {
    const fill = (): InstantCloud => {
      const cloud = new InstantCloud({ hosts: 70, vms: 700 }, policy, 42);
      // At least: VM, request, state changes, disk, start, done.
      expect(cloud.fill()).toBeGreaterThan(700 * 15);
      return cloud;
    };
    const { state } = fill().plane;
    const running = [...state.vms.values()].filter((vm) => vm.state === 'running');
    expect(running.filter(({ role }) => role === 'user')).toHaveLength(700);
    const routed = state.networks.filter((network) => network.state === 'implemented').length;
    expect(running.filter(({ role }) => role === 'router')).toHaveLength(routed);
    expect(routed).toBeGreaterThan(150);
    expect(state.commands.size).toBe(0);
    expect(snapshotOfState(fill().plane.state)).toEqual(snapshotOfState(state));
  },
);

test('what the plane believes of it holds together', () => {
  const cloud = new InstantCloud({ hosts: 20, vms: 150 }, PLACEMENT_POLICIES[0]!, 7);
  cloud.fill();
  checkInvariants(cloud.plane.state);
});

test('a cloud that is too small is no result', () => {
  expect(() => new InstantCloud({ hosts: 2, vms: 200 }, PLACEMENT_POLICIES[0]!, 42).fill()).toThrow(/of 200 VMs run/);
});
