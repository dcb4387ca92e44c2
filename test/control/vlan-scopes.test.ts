/** VLAN IDs that are a pod's, and those of an overlay: who gets which, where VMs may go then, and what binds a guest network. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ZoneConfig } from '../../sim/control/config.js';
import { explainPlacement } from '../../sim/control/explain-placement.js';
import { foldHistory } from '../../sim/control/fold/fold.js';
import { demandOf } from '../../sim/control/placement.js';
import type { NetworkRecord } from '../../sim/control/records.js';
import { firstFit } from '../../sim/control/scheduler/first-fit.js';
import { worstFit } from '../../sim/control/scheduler/worst-fit.js';
import { ZoneState } from '../../sim/control/state.js';
import { vlanCapacity } from '../../sim/control/vlan-pools.js';
import { fullZone, GIB, Harness, MINUTE, smallZone } from './harness.js';
import { checkInvariants } from './invariants.js';
import { snapshotOfState } from './snapshot.js';

const CONTEXT = { draw: () => 0.5, keepGoing: () => true };

const podScope = (change: Partial<ZoneConfig> = {}): Harness =>
  new Harness(smallZone({ vlanScope: 'pod', vlans: [600], ...change }));

const networkOf = ({ plane: { state } }: Harness, account: string, name = 'default'): NetworkRecord =>
  state.network(state.accounts[state.accountByName.get(account)!]!.networks.get(name)!);

function podsOfVms({ plane: { state } }: Harness, account: string): number[] {
  const id = state.accountByName.get(account)!;
  return [...state.vms.values()].filter((vm) => vm.account === id).map(({ host }) => state.host(host!).pod);
}

describe("VLAN IDs that are a pod's", () => {
  test('are used again in each pod, and a third guest network finds none', () => {
    const harness = podScope();
    harness.register('acme', 'bolt', 'cosy');
    for (const account of ['acme', 'bolt', 'cosy']) {
      harness.start(account, 'a');
      harness.settle();
    }
    const [acme, bolt] = [networkOf(harness, 'acme'), networkOf(harness, 'bolt')];
    expect([acme.vlan, acme.pod]).toEqual([600, 0]);
    expect([bolt.vlan, bolt.pod], 'the same ID, in the pod that still has it').toEqual([600, 1]);
    expect(harness.lastOutcome()).toBe('vlan-exhausted');
    expect(harness.plane.state.vlans.used).toBe(2);
    checkInvariants(harness.plane.state);
  });

  test('keep a guest network in its pod: what has no room there is refused, whatever is free elsewhere', () => {
    const harness = podScope();
    harness.register('acme');
    for (const vm of ['a', 'b', 'c']) {
      harness.start('acme', vm, 'large');
      harness.settle();
    }
    expect(harness.lastOutcome()).toBe('no-capacity');
    expect(new Set(podsOfVms(harness, 'acme'))).toEqual(new Set([0]));
  });

  test('a policy that scatters keeps to it too', () => {
    const harness = podScope({ vlans: [600, 601] });
    harness.decide = ({ vm, account, demand }) => worstFit.place({ vm, account, demand }, harness.plane.view, CONTEXT);
    harness.register('acme');
    for (const vm of ['a', 'b', 'c', 'd', 'e']) {
      harness.start('acme', vm);
      harness.settle();
    }
    expect(new Set(podsOfVms(harness, 'acme')).size).toBe(1);
  });

  test('an ID that went to another while the policy thought is not given twice', () => {
    const harness = podScope();
    harness.register('acme', 'bolt');
    // Both are asked for in one turn: the second answer names the pod whose only ID the first one has taken.
    harness.feed(
      ...['acme', 'bolt'].map((account, ref) => ({
        kind: 'request' as const,
        request: { kind: 'start-new' as const, ref: 90 + ref, account, vm: 'a', want: { offering: 'small' } },
      })),
    );
    harness.settle();
    expect([networkOf(harness, 'acme').pod, networkOf(harness, 'bolt').pod]).toEqual([0, 1]);
    checkInvariants(harness.plane.state);
  });

  test('a policy that insists on a pod without a free ID is refused', () => {
    const harness = podScope();
    harness.register('acme', 'bolt');
    harness.start('acme', 'a');
    harness.settle();
    harness.decide = () => ({ host: 0 });
    harness.start('bolt', 'a');
    expect(harness.lastOutcome()).toBe('policy-failed');
  });

  test('guest networks of one VM come to be in one pod; where they are not, it is refused', () => {
    const harness = podScope({ vlans: [600, 601] });
    harness.decide = ({ vm, account, demand }) => worstFit.place({ vm, account, demand }, harness.plane.view, CONTEXT);
    harness.register('acme');
    for (const network of ['back', 'far']) harness.request({ kind: 'create-network', account: 'acme', network });
    const startIn = (vm: string, networks: string[]): void => {
      harness.request({ kind: 'start-new', account: 'acme', vm, want: { offering: 'small' }, networks });
      harness.settle();
    };
    // Worst fit would put the second appliance into the other pod, which is emptier.
    startIn('both', ['default', 'back']);
    expect(harness.lastOutcome()).toBe('done');
    expect(networkOf(harness, 'acme', 'back').pod).toBe(networkOf(harness, 'acme').pod);
    startIn('single', ['far']);
    expect(networkOf(harness, 'acme', 'far').pod, 'no ID is left in the first pod').not.toBe(
      networkOf(harness, 'acme').pod,
    );
    startIn('apart', ['far', 'back']);
    expect(harness.lastOutcome()).toBe('networks-apart');
    startIn('more', ['default', 'back']);
    expect(harness.lastOutcome()).toBe('done');
  });

  test('a further guest network of a VM whose pod has no ID left is not begun elsewhere for it', () => {
    const harness = podScope();
    harness.register('acme');
    harness.request({ kind: 'create-network', account: 'acme', network: 'back' });
    harness.start('acme', 'a');
    harness.settle();
    const request = { kind: 'start-new', account: 'acme', vm: 'b', want: { offering: 'small' } } as const;
    harness.request({ ...request, networks: ['default', 'back'] });
    expect(harness.lastOutcome()).toBe('vlan-exhausted');
    expect(networkOf(harness, 'acme', 'back').state).toBe('allocated');
  });

  test("a stopped VM's disk binds the guest network to its pod when the ID has gone back; without it, it may go elsewhere", () => {
    const harness = podScope();
    harness.register('acme', 'bolt', 'cosy');
    harness.start('acme', 'a');
    harness.settle();
    harness.request({ kind: 'stop', account: 'acme', vm: 'a' });
    harness.settle();
    harness.advanceTo(20 * MINUTE);
    harness.settle();
    const acme = networkOf(harness, 'acme');
    expect([acme.state, acme.vlan, acme.pod]).toEqual(['allocated', null, 0]);
    // Another customer takes the pod's only ID meanwhile.
    harness.start('bolt', 'a');
    harness.settle();
    expect(networkOf(harness, 'bolt').pod).toBe(0);
    harness.request({ kind: 'start', account: 'acme', vm: 'a' });
    expect(harness.lastOutcome(), 'pod 1 has an ID, but not its disk').toBe('vlan-exhausted');
    harness.request({ kind: 'destroy', account: 'acme', vm: 'a' });
    harness.settle();
    expect(acme.pod).toBeNull();
    harness.start('acme', 'b');
    harness.settle();
    expect([acme.vlan, acme.pod]).toEqual([600, 1]);
    checkInvariants(harness.plane.state);
  });

  test('a VM without a disk binds nothing', () => {
    const harness = podScope();
    harness.register('acme');
    harness.startAs('acme', 'a', { cpuMillis: 1000, memoryBytes: GIB, diskBytes: 0 });
    harness.settle();
    harness.request({ kind: 'stop', account: 'acme', vm: 'a' });
    harness.settle();
    harness.advanceTo(20 * MINUTE);
    harness.settle();
    expect(networkOf(harness, 'acme').pod).toBeNull();
  });

  test('go only where storage is, too', () => {
    const harness = podScope({
      servers: [{ name: 'z1/p2/s1', pod: 1, host: null, capacityBytes: 100 * GIB }],
    });
    harness.register('acme', 'bolt');
    harness.start('acme', 'a');
    harness.settle();
    expect(networkOf(harness, 'acme').pod).toBe(1);
    harness.start('bolt', 'a');
    expect(harness.lastOutcome(), 'an ID is free in pod 0 only, storage in pod 1 only').toBe('storage-full');
  });

  test('cannot be given at registration: the pod is not known', () => {
    expect(() => new ZoneState(smallZone({ vlanScope: 'pod', vlanAssigned: 'at-registration' }))).toThrow(/no pod/);
  });

  test('an inventory brings guest networks to the pods of their VMs, and not into two', () => {
    const harness = podScope({ vlans: [600, 601] });
    harness.register('acme', 'bolt');
    const adopt = (account: string, vm: string, host: number, vlan: number | null): void =>
      void harness.request({
        ...{ kind: 'adopt', account, vm, role: 'user', guestNetwork: { vlan }, host, nodes: [0] },
        ...{ cpuMillis: 1000, memoryBytes: GIB },
      });
    adopt('acme', 'a', 0, 601);
    expect([networkOf(harness, 'acme').vlan, networkOf(harness, 'acme').pod]).toEqual([601, 0]);
    adopt('bolt', 'a', 1, 601);
    expect(harness.lastOutcome(), 'taken in that pod').toBe('vlan-unavailable');
    adopt('bolt', 'a', 2, 601);
    expect(harness.lastOutcome(), 'free in this one').toBe('done');
    adopt('acme', 'b', 2, null);
    expect(harness.lastOutcome()).toBe('networks-apart');
    adopt('acme', 'b', 9, null);
    expect(harness.lastOutcome(), 'no such host').toBe('no-capacity');
    harness.settle();
    checkInvariants(harness.plane.state, { inventory: true });
  });

  test('explanations tell the other pod from the pod without storage', () => {
    const harness = podScope();
    harness.register('acme');
    harness.start('acme', 'a');
    harness.settle();
    const { state } = harness.plane;
    const vm = state.vm(state.accounts[0]!.vms.get('a')!);
    const demand = demandOf(state, { ...vm, disk: null, template: null });
    if (typeof demand === 'string') throw new Error(demand);
    expect(demand.pods).toEqual([0]);
    const { ruledOut } = explainPlacement(state, { vm: vm.id, account: 0, demand }, firstFit);
    expect(ruledOut.map(({ host, by }) => [host, by])).toEqual([
      [2, 'other-pod'],
      [3, 'other-pod'],
    ]);
  });
});

test('an overlay has 24-bit IDs above the VLAN IDs, for the zone', () => {
  expect(vlanCapacity('overlay', 3, 2)).toBe(16_777_216 - 4096);
  const harness = new Harness(smallZone({ vlanScope: 'overlay', vlans: [] }));
  harness.register('acme', 'bolt');
  for (const account of ['acme', 'bolt']) harness.start(account, 'a');
  harness.settle();
  expect([networkOf(harness, 'acme').vlan, networkOf(harness, 'bolt').vlan]).toEqual([4096, 4097]);
  const bridge = harness.answered.find(({ kind }) => kind === 'add-nic');
  expect(bridge, "the bridge's ID is the VNI").toMatchObject({ vlan: 4096 });
  checkInvariants(harness.plane.state);
});

/** Few things, so that they meet often. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('new' as const), account: fc.nat(2), both: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('stop', 'start', 'destroy'), at: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(15) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const) }) },
);

test('whatever comes and goes, a guest network is in one pod, and its history folds to what the plane knows', () => {
  const reasons = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), fc.boolean(), (steps, scatter) => {
      const policy = scatter ? worstFit : firstFit;
      const harness = new Harness(fullZone({ vlanScope: 'pod', vlans: [600, 601] }));
      harness.decide = ({ vm, account, demand }) => policy.place({ vm, account, demand }, harness.plane.view, CONTEXT);
      harness.register('acme', 'bolt', 'cosy');
      const { state } = harness.plane;
      for (const account of ['acme', 'bolt', 'cosy'])
        harness.request({ kind: 'create-network', account, network: 'back' });
      let count = 0;
      for (const one of steps) {
        if (one.do === 'new') {
          const account = ['acme', 'bolt', 'cosy'][one.account]!;
          const networks = one.both ? ['back', 'default'] : ['default'];
          harness.request({ kind: 'start-new', account, vm: `vm${count++}`, want: { offering: 'small' }, networks });
        } else if (one.do === 'wait') harness.advanceTo(harness.now + one.minutes * MINUTE);
        else if (one.do === 'fail') {
          if (harness.outstanding.length > 0) harness.answer('hypervisor-error');
        } else if ('at' in one) {
          const users = [...state.vms.values()].filter(({ role }) => role === 'user');
          const vm = users[one.at % Math.max(1, users.length)];
          if (!vm) continue;
          const kind = one.do as 'stop' | 'start' | 'destroy';
          harness.request({ kind, account: state.accounts[vm.account]!.name, vm: vm.name });
        }
        checkInvariants(state);
        if (one.do !== 'fail') harness.settle();
        checkInvariants(state);
      }
      for (const tx of harness.history) if (tx.kind === 'request-ended' && tx.reason !== null) reasons.add(tx.reason);
      expect(snapshotOfState(foldHistory(harness.config, harness.history))).toEqual(snapshotOfState(state));
    }),
    { seed: 5, numRuns: 80 },
  );
  for (const reason of ['networks-apart', 'vlan-exhausted']) expect(reasons, 'it came to that').toContain(reason);
});
