/** Explanations: every reason in a zone drawn for it, and in random zones each host's verdict against a plain scan. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainPlacement, RULED_OUT_BY } from '../../sim/control/explain-placement.js';
import type { Demand } from '../../sim/control/ports.js';
import { PLACEMENT_POLICIES } from '../../sim/control/scheduler/registry.js';
import { bestFit } from '../../sim/control/scheduler/best-fit.js';
import { GIB, Harness, smallZone } from './harness.js';
import { demand, demandIn, fittingHosts, play, zone } from './random-zone.js';

const user: Demand = {
  ...{
    cpuMillis: 4000,
    memoryBytes: 8 * GIB,
    bridgeBytes: GIB,
    networks: [0],
    role: 'user',
    pods: [0],
    host: null,
    localBytes: 0,
  },
};

test('each reason, with what is missing', () => {
  const node = (cores: number, gib: number) => ({ cpuMillis: 1000 * cores, memoryBytes: gib * GIB });
  const hosts: {
    nodes: ReturnType<typeof node>[];
    by: string | null;
    cores?: number;
    gib?: number;
    role?: 'routing';
    out?: true;
    pod?: 1;
  }[] = [
    { nodes: [node(8, 16)], by: 'out-of-service', out: true },
    { nodes: [node(8, 16)], by: 'role', role: 'routing' },
    { nodes: [node(3, 5)], by: 'cpu-and-memory', cores: 1, gib: 3 },
    { nodes: [node(1, 16), node(1, 16)], by: 'cpu', cores: 2 },
    { nodes: [node(8, 6)], by: 'memory', gib: 2 },
    // Half of it would need 2 cores in each.
    { nodes: [node(3, 8), node(1, 8)], by: 'numa' },
    { nodes: [node(4, 8)], by: 'bridge-memory' },
    { nodes: [node(8, 16)], by: null },
    { nodes: [node(4, 9)], by: null },
    { nodes: [node(8, 16)], by: 'pod-without-storage', pod: 1 },
  ];
  const harness = new Harness(
    smallZone({
      hosts: hosts.map(({ nodes, role, out, pod = 0 }, at) => ({
        name: `h${at}`,
        pod,
        role: role ?? ('both' as const),
        inService: !out,
        agent: 0,
        nodes,
      })),
    }),
  );
  harness.register('acme');
  const { candidates, ruledOut } = explainPlacement(harness.plane.state, { vm: 0, account: 0, demand: user }, bestFit);
  expect(ruledOut).toEqual(
    hosts.flatMap(({ by, cores = 0, gib = 0 }, host) => {
      const short = { cpuMillis: 1000 * cores, memoryBytes: gib * GIB };
      return by === null ? [] : [{ host, by, short }];
    }),
  );
  expect(candidates.map(({ host, rank, nodes }) => [host, rank, nodes])).toEqual([
    [8, 1, [0]],
    [7, 2, [0]],
  ]);
  expect(candidates[0]!.criteria).toEqual([
    { of: 'free cores', value: 4, better: 'less' },
    { of: 'free GiB', value: 9, better: 'less' },
  ]);
});

test('a routing appliance beside a routing host with room', () => {
  const nodes = [{ cpuMillis: 4000, memoryBytes: 8 * GIB }];
  const hosts = (['both', 'routing', 'computing'] as const).map((role, at) => ({
    name: `h${at}`,
    pod: 0,
    role,
    inService: true,
    agent: 0,
    nodes,
  }));
  const { state } = new Harness(smallZone({ hosts })).plane;
  const router: Demand = { ...user, networks: [], role: 'router' };
  const { candidates, ruledOut } = explainPlacement(state, { vm: 0, account: 0, demand: router }, null);
  expect(candidates).toEqual([{ host: 1, by: null, nodes: [0], criteria: null, rank: null }]);
  expect(ruledOut.map(({ host, by }) => [host, by])).toEqual([
    [0, 'routing-host-first'],
    [2, 'role'],
  ]);
});

test('in any zone: every host once, candidates are those that fit, the first is what the policy chooses', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(zone, demand, fc.constantFrom(...PLACEMENT_POLICIES), (random, wanted, policy) => {
      const { state, view } = play(random).plane;
      const request = { vm: 0, account: 1, demand: demandIn(state, wanted) };
      const { candidates, ruledOut } = explainPlacement(state, request, policy);
      const all = [...candidates, ...ruledOut].map(({ host }) => host).sort((a, b) => a - b);
      expect(all).toEqual(state.hosts.map(({ id }) => id));
      expect(candidates.map(({ host }) => host).sort((a, b) => a - b)).toEqual(fittingHosts(state, request.demand));
      for (const { by, short } of ruledOut) {
        seen.add(by);
        // Who lacks nothing is ruled out for something else, and the other way round.
        if (by === 'cpu') expect([short.cpuMillis > 0, short.memoryBytes]).toEqual([true, 0]);
        if (by === 'numa' || by === 'bridge-memory') expect(short).toEqual({ cpuMillis: 0, memoryBytes: 0 });
      }
      if (!policy.judge) return;
      const decision = policy.place(request, view, { draw: () => 0, keepGoing: () => true });
      expect(decision).toEqual(candidates.length === 0 ? { refuse: 'no-capacity' } : { host: candidates[0]!.host });
      expect(candidates.map(({ rank }) => rank)).toEqual(candidates.map((_, at) => at + 1));
    }),
    { seed: 31, numRuns: 400 },
  );
  // Only who migrates may not go where he is.
  expect([...seen].sort()).toEqual(RULED_OUT_BY.filter((by) => by !== 'not-wanted').sort());
});
