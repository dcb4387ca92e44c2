/** Switches that can carry so many VLANs, and so many pairs of a port and a VLAN: where the plane places nothing more. */
import { describe, expect, test } from 'vitest';
import type { ZoneConfig } from '../../sim/control/config.js';
import { explainPlacement } from '../../sim/control/explain-placement.js';
import { demandOf } from '../../sim/control/placement.js';
import { firstFit } from '../../sim/control/scheduler/first-fit.js';
import { PLACEMENT_POLICIES } from '../../sim/control/scheduler/registry.js';
import type { SwitchesConfig } from '../../sim/control/trunk-counts.js';
import { GIB, Harness, smallZone } from './harness.js';
import { checkInvariants } from './invariants.js';

const WIDE = { vlans: 4094, virtualPorts: 16_000 };

/** The small zone has two pods of two hosts each. */
function zoneOf(switches: Partial<SwitchesConfig>, change: Partial<ZoneConfig> = {}): Harness {
  return new Harness(
    smallZone({ switches: { trunks: 'pruned', pods: [WIDE, WIDE], zone: WIDE, ...switches }, ...change }),
  );
}

/** Customers after customers, each with one VM: the pod that each found, or why it was refused. */
function customers(harness: Harness, count: number): (number | string)[] {
  const { state } = harness.plane;
  return Array.from({ length: count }, (_, n) => {
    harness.register(`c${n}`);
    harness.start(`c${n}`, 'a');
    harness.settle();
    checkInvariants(state);
    const vm = [...state.vms.values()].find(({ account, role }) => account === n && role === 'user');
    const host = vm?.host ?? null;
    return host === null ? harness.lastOutcome() : state.host(host).pod;
  });
}

describe('a pod switch', () => {
  test('of two VLANs holds two guest networks; the third goes to the other pod, the fifth nowhere', () => {
    const two = { vlans: 2, virtualPorts: 99 };
    const harness = zoneOf({ pods: [two, two] }, { vlans: [600, 601, 602, 603, 604] });
    expect(customers(harness, 5)).toEqual([0, 0, 1, 1, 'switch-vlans-exhausted']);
  });

  test('counts a port a host that a VLAN reaches, and the uplink', () => {
    // A guest network on one host: its port and the uplink. A second host: one more.
    const harness = zoneOf({ pods: [{ vlans: 9, virtualPorts: 2 }, WIDE] });
    harness.register('acme');
    for (const vm of ['a', 'b']) {
      harness.start('acme', vm, 'large');
      harness.settle();
    }
    const hosts = [...harness.plane.state.vms.values()].map(({ host }) => host);
    // Appliance and VM beside each other on host 0; the second VM passes over host 1 for the ports, not for room.
    expect(hosts).toEqual([0, 0, 2]);
    expect(harness.plane.state.trunks.podLoad(0)).toEqual({ vlans: 1, virtualPorts: 2 });
    expect(harness.plane.state.trunks.podLoad(1)).toEqual({ vlans: 1, virtualPorts: 2 });
    checkInvariants(harness.plane.state);
  });

  test('lets a VM join a VLAN that is on its host already, however full it is', () => {
    const harness = zoneOf({ pods: [{ vlans: 1, virtualPorts: 2 }, WIDE] });
    harness.register('acme');
    for (const vm of ['a', 'b', 'c']) {
      harness.start('acme', vm);
      harness.settle();
      expect(harness.lastOutcome()).toBe('done');
    }
    expect([...harness.plane.state.vms.values()].map(({ host }) => host)).toEqual([0, 0, 0, 0]);
  });

  test('whose trunks are not pruned carries the whole zone, on every port', () => {
    // 3 ports of the tight pod: 2 VLANs make 6 virtual ports, a third would make 9.
    const harness = zoneOf(
      { trunks: 'unpruned', pods: [WIDE, { vlans: 9, virtualPorts: 8 }] },
      { vlans: [600, 601, 602, 603] },
    );
    expect(customers(harness, 3), 'nothing of them is in the tight pod').toEqual([0, 0, 'switch-vlans-exhausted']);
    expect(harness.plane.state.trunks.podLoad(1)).toEqual({ vlans: 2, virtualPorts: 6 });
  });

  test("whose trunks are not pruned carries only its pod's where IDs are the pod's", () => {
    const harness = zoneOf(
      { trunks: 'unpruned', pods: [WIDE, { vlans: 9, virtualPorts: 8 }] },
      { vlanScope: 'pod', vlans: [600, 601, 602] },
    );
    expect(customers(harness, 6)).toEqual([0, 0, 0, 1, 1, 'switch-vlans-exhausted']);
    // VLANs end at the uplinks: the zone switch has them as virtual ports.
    expect(harness.plane.state.trunks.zoneLoad()).toEqual({ vlans: 0, virtualPorts: 5 });
  });
});

describe('the zone switch', () => {
  test('carries every VLAN that is active in the zone', () => {
    expect(customers(zoneOf({ zone: { vlans: 2, virtualPorts: 99 } }), 3)).toEqual([0, 0, 'switch-vlans-exhausted']);
  });

  test('has a virtual port for each pod that a VLAN reaches', () => {
    const harness = zoneOf({ zone: { vlans: 99, virtualPorts: 1 } });
    harness.register('acme');
    for (const vm of ['a', 'b', 'c']) {
      harness.start('acme', vm, 'large');
      harness.settle();
    }
    expect(harness.lastOutcome(), 'host 2 has room, its pod would be the second').toBe('switch-vlans-exhausted');
    expect(harness.plane.state.trunks.zoneLoad()).toEqual({ vlans: 1, virtualPorts: 1 });
  });

  test('sees nothing of an overlay', () => {
    const none = { vlans: 1, virtualPorts: 1 };
    const harness = zoneOf({ zone: none, pods: [none, none] }, { vlanScope: 'overlay' });
    expect(customers(harness, 3)).toEqual([0, 0, 0]);
    expect(harness.plane.state.trunks.zoneLoad()).toEqual({ vlans: 0, virtualPorts: 0 });
  });
});

test('the reason is the switches only where a host had room but for them', () => {
  const one = { vlans: 1, virtualPorts: 99 };
  const harness = zoneOf({ pods: [one, one] });
  harness.register('acme', 'bolt', 'cosy');
  for (const account of ['acme', 'bolt']) {
    harness.start(account, 'a');
    harness.settle();
  }
  harness.start('cosy', 'a');
  expect(harness.lastOutcome()).toBe('switch-vlans-exhausted');
  harness.startAs('acme', 'huge', { cpuMillis: 99_000, memoryBytes: GIB, diskBytes: 0 });
  expect(harness.lastOutcome(), 'no host could hold it, whatever switches carry').toBe('no-capacity');
  harness.request({ kind: 'destroy', account: 'acme', vm: 'a' });
  harness.settle();
  harness.advanceTo(15 * 60_000_000);
  harness.settle();
  harness.start('cosy', 'a');
  harness.settle();
  expect(harness.lastOutcome(), 'the first VLAN is gone from its switch').toBe('done');
});

test.each(PLACEMENT_POLICIES.map((policy) => [policy.name, policy] as const))(
  '%s fills a pod switch to its last VLAN and refuses then',
  (_name, policy) => {
    const two = { vlans: 2, virtualPorts: 99 };
    const harness = zoneOf({ pods: [two, two] }, { vlans: [600, 601, 602, 603, 604] });
    const context = { draw: () => 0.5, keepGoing: () => true };
    harness.decide = ({ vm, account, demand }) => policy.place({ vm, account, demand }, harness.plane.view, context);
    // One that scatters puts a VM into another pod than its routing appliance: then both switches have the VLAN.
    const found = customers(harness, 5);
    expect(found.at(-1)).toBe('switch-vlans-exhausted');
    expect(found.filter((one) => typeof one === 'number').length).toBeGreaterThanOrEqual(2);
  },
);

test('explanations name it', () => {
  const harness = zoneOf({ pods: [{ vlans: 1, virtualPorts: 99 }, WIDE] });
  harness.register('acme', 'bolt');
  for (const account of ['acme', 'bolt']) {
    harness.start(account, 'a');
    harness.settle();
  }
  const { state } = harness.plane;
  const vm = state.vm(state.accounts[1]!.vms.get('a')!);
  const demand = demandOf(state, { ...vm, disk: null, diskBytes: 0 });
  if (typeof demand === 'string') throw new Error(demand);
  const { ruledOut } = explainPlacement(state, { vm: vm.id, account: 1, demand }, firstFit);
  expect(ruledOut.map(({ host, by }) => [host, by])).toEqual([
    [0, 'switch-vlans'],
    [1, 'switch-vlans'],
  ]);
});

test('what an inventory found is kept, even beyond what switches can; nothing is added to it', () => {
  const one = { vlans: 1, virtualPorts: 3 };
  const harness = zoneOf({ pods: [one, WIDE] });
  harness.register('acme', 'bolt', 'cosy');
  harness.feed(
    ...(['acme', 'bolt'] as const).flatMap((account, at) =>
      (['router', 'user'] as const).map((role) => ({
        kind: 'request' as const,
        request: {
          ...{ kind: 'adopt' as const, ref: 50 + at, account, vm: `${role}-found`, role, host: at, nodes: [0] },
          ...{ guestNetwork: { vlan: null }, cpuMillis: 1000, memoryBytes: GIB },
        },
      })),
    ),
  );
  const { state } = harness.plane;
  expect(state.trunks.podLoad(0)).toEqual({ vlans: 2, virtualPorts: 4 });
  harness.start('acme', 'beside');
  harness.settle();
  expect(harness.lastOutcome(), 'its bridge is there').toBe('done');
  harness.start('cosy', 'a');
  harness.settle();
  expect(state.trunks.podLoad(0), 'the third went to the other pod').toEqual({ vlans: 2, virtualPorts: 4 });
  expect(harness.lastOutcome()).toBe('done');
});
