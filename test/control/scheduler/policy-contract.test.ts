/** What every placement policy must do, whatever it prefers. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Criterion, PlacementPolicy, PlacementRequest } from '../../../sim/control/policy.js';
import { PLACEMENT_POLICIES, placementPolicy } from '../../../sim/control/scheduler/registry.js';
import { Harness, smallZone } from '../harness.js';
import { accounts, demand, demandIn, fittingHosts, play, zone } from '../random-zone.js';
import { snapshotOfState } from '../snapshot.js';

const context = (draw = 0.5) => ({ draw: () => draw, keepGoing: () => true });

/** As the registry has them, and with other values of their options. */
const CASES: (readonly [string, PlacementPolicy])[] = [
  ...PLACEMENT_POLICIES.map((policy) => [policy.name, policy] as const),
  ...['best-fit', 'worst-fit', 'user-concentrated-pod', 'user-dispersing'].map(
    (name) => [`${name} by memory`, placementPolicy(name, { by: 'memory' })!] as const,
  ),
  ...[0, 0.3, 0.9].map(
    (weight) => [`user-dispersing, ${weight}`, placementPolicy('user-dispersing', { weight })!] as const,
  ),
];
/** Draws a decision. */
const DRAWS: Record<string, number> = { random: 1 };

describe.each(CASES)('%s', (_name, policy) => {
  function harness(change = {}, draw?: number): Harness {
    const made = new Harness(smallZone(change));
    made.decide = ({ vm, account, demand }) => policy.place({ vm, account, demand }, made.plane.view, context(draw));
    made.register('acme', 'bolt');
    return made;
  }

  test('fills the zone to the last core, never over it, and then refuses for no-capacity', () => {
    for (const draw of [0, 0.3, 0.999999]) {
      const one = harness({}, draw);
      let refused = 0;
      for (let n = 0; n < 40; n++) {
        one.start(n % 2 ? 'acme' : 'bolt', `vm${n}`);
        one.settle();
        if (one.lastOutcome() === 'no-capacity') refused++;
        else expect(one.lastOutcome()).toBe('done');
      }
      // 24 cores, two routing appliances of half a core: 23 cores are left for VMs of one core; both halves may lie apart.
      const running = [...one.plane.state.vms.values()].filter(
        ({ role, state }) => role === 'user' && state === 'running',
      );
      expect(running.length + refused).toBe(40);
      expect(running.length).toBeGreaterThanOrEqual(22);
      expect(running.length).toBeLessThanOrEqual(23);
    }
  });

  test('keeps to the pods it is given, to hosts in service and to roles', () => {
    const config = smallZone();
    const hosts = config.hosts.map((host, at) => ({
      ...host,
      inService: at !== 2,
      role: at === 0 ? ('routing' as const) : ('computing' as const),
    }));
    const one = harness({
      hosts,
      servers: config.servers.map((server) => ({
        ...server,
        capacityBytes: server.pod === 0 ? 5e9 : server.capacityBytes,
      })),
    });
    one.start('acme', 'a');
    one.settle();
    const [router, vm] = [...one.plane.state.vms.values()].sort(
      (a, b) => Number(b.role === 'router') - Number(a.role === 'router'),
    );
    expect(router!.host, 'routing appliances go to routing servers').toBe(0);
    expect(vm!.host, 'pod 1 has no room for the disk, host 2 is out of service').toBe(3);
  });

  test("keeps a guest network in one pod where VLAN IDs are a pod's", () => {
    for (const draw of [0, 0.3, 0.999999]) {
      const one = harness({ vlanScope: 'pod', vlans: [600] }, draw);
      for (let n = 0; n < 12; n++) {
        one.start(n % 2 ? 'acme' : 'bolt', `vm${n}`);
        one.settle();
        expect(one.lastOutcome()).toBe('done');
      }
      const { state } = one.plane;
      const pods = state.networks.map(({ placed }) => [...placed.keys()].map((host) => state.host(host).pod));
      // One ID a pod: the two customers are apart, and each of them together.
      expect(pods.map((some) => new Set(some).size)).toEqual([1, 1]);
      expect(pods[0]![0]).not.toBe(pods[1]![0]);
    }
  });

  test('sits beside its stopped self: a disk stays in its pod', () => {
    const one = harness();
    one.start('acme', 'a');
    one.settle();
    const { state } = one.plane;
    const vm = state.vm(state.accounts[0]!.vms.get('a')!);
    const pod = state.host(vm.host!).pod;
    one.request({ kind: 'stop', account: 'acme', vm: 'a' });
    one.settle();
    one.request({ kind: 'start', account: 'acme', vm: 'a' });
    one.settle();
    expect(state.host(vm.host!).pod).toBe(pod);
    expect(one.lastOutcome()).toBe('done');
  });

  test('the same view and draw give the same decision', () => {
    const decide = () => {
      const one = harness({}, 0.7);
      for (let n = 0; n < 10; n++) {
        one.start('acme', `vm${n}`, n % 3 ? 'small' : 'large');
        one.settle();
      }
      return [...one.plane.state.vms.values()].map(({ host, nodes }) => [host, nodes]);
    };
    expect(decide()).toEqual(decide());
  });

  test('in any zone: a host that fits, the best as it judges, refusal exactly where none fits; the view only read', () => {
    fc.assert(
      fc.property(
        zone,
        demand,
        fc.nat(accounts.length - 1),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (random, wanted, account, draw) => {
          const harness = play(random, {
            decide: ({ plane }, { vm, account: who, demand: what }) =>
              hostOf(policy.place({ vm, account: who, demand: what }, plane.view, context(draw))),
          });
          const { state, view } = harness.plane;
          const request = { vm: 0, account, demand: demandIn(state, wanted) };
          const before = snapshotOfState(state);
          let draws = 0;
          const decision = policy.place(request, view, { draw: () => (draws++, draw), keepGoing: () => true });
          expect(draws).toBe(DRAWS[policy.name] ?? 0);
          expect(snapshotOfState(state)).toEqual(before);
          expect(policy.place(request, view, context(draw)), 'asked again').toEqual(decision);
          const fitting = fittingHosts(state, request.demand);
          if (fitting.length === 0) {
            expect(decision).toEqual({ refuse: 'no-capacity' });
            return;
          }
          expect(fitting).toContain(hostOf(decision));
          if (policy.judge) expect(hostOf(decision)).toBe(bestOf(policy, request, fitting, harness));
        },
      ),
      { seed: 7, numRuns: 150 },
    );
  });

  test('accounts that have nothing to do with it change nothing', () => {
    fc.assert(
      fc.property(zone, demand, (random, wanted) => {
        const harness = play(random);
        const { state, view } = harness.plane;
        const request = { vm: 0, account: 0, demand: demandIn(state, wanted) };
        const before = policy.place(request, view, context());
        harness.register('newcomer', 'other');
        expect(policy.place(request, view, context())).toEqual(before);
      }),
      { seed: 9, numRuns: 50 },
    );
  });

  test('says what it is: one sentence, and more for who wants to know', () => {
    expect(policy.describe).toMatch(/^[A-Z][^\n]*\.$/);
    expect(policy.details?.length).toBeGreaterThan(100);
    expect(Boolean(policy.configure)).toBe(policy.options !== undefined);
    for (const { name, describe: text, preset, takes } of policy.options ?? []) {
      expect(text.length).toBeGreaterThan(5);
      if ('least' in takes) expect(Math.min(Math.max(Number(preset), takes.least), takes.most), name).toBe(preset);
      else expect(takes, name).toContain(preset);
    }
  });
});

function hostOf(decision: { host: number } | { refuse: string }): number | null {
  return 'host' in decision ? decision.host : null;
}

/** By its own judgement, over all hosts that fit. */
function bestOf(
  policy: PlacementPolicy,
  request: PlacementRequest,
  fitting: readonly number[],
  { plane: { view } }: Harness,
): number {
  const judged = fitting.map((host) => ({ host, criteria: policy.judge!(request, host, view) }));
  return judged.reduce((best, one) => (better(one.criteria, best.criteria) ? one : best)).host;
}

function better(one: readonly Criterion[], other: readonly Criterion[]): boolean {
  for (const [at, { of, value, better: which }] of one.entries()) {
    const against = other[at];
    // One that has nothing more to say was decided before.
    if (!against) return false;
    expect(against.of).toBe(of);
    if (value !== against.value) return which === 'more' ? value > against.value : value < against.value;
  }
  return false;
}
