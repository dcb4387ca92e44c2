/**
 * Plans for random small clouds, by every policy: each is made in the plane step by step, agents answered by hand, while a checker that
 * shares no code with the planner sums up capacity, virtual NICs and limits from the records; and nobody is more scattered afterwards.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFRAG_POLICIES } from '../../../sim/control/defrag/policies/registry.js';
import type { DefragPlan, MoveEstimate } from '../../../sim/control/defrag/policy.js';
import { ZoneDefragView } from '../../../sim/control/defrag/view.js';
import type { ZoneState } from '../../../sim/control/state.js';
import { networkFigures, zoneLayout, type NetworkFigures } from '../../../sim/measures/fragmentation.js';
import type { Harness } from '../harness.js';
import { checkInvariants } from '../invariants.js';
import { play, zone, type RandomZone } from '../random-zone.js';

const LIMITS = { migrations: 4, bytes: 12 * 1024 ** 3, downtimeSeconds: 1 };

function estimateOf(state: ZoneState, vm: number): MoveEstimate {
  return { bytes: state.vm(vm).memoryBytes, totalSeconds: 1, downtimeSeconds: 0.3 };
}

/** Of each guest network, by number. */
function figures({ hosts, networks, vms }: ZoneState): Map<number, NetworkFigures> {
  const layout = zoneLayout(
    hosts.map(({ pod, nodes, role }) => ({
      pod,
      cpuMillis: role === 'routing' ? 0 : nodes.reduce((sum, node) => sum + node.cpuMillis, 0),
      memoryBytes: role === 'routing' ? 0 : nodes.reduce((sum, node) => sum + node.memoryBytes, 0),
    })),
  );
  return new Map(
    networks.map((network) => {
      const its = [...vms.values()].filter(
        ({ role, state, host, networks: of }) =>
          role === 'user' && state === 'running' && host !== null && of[0] === network.id,
      );
      const router = network.appliance.vm === null ? null : (vms.get(network.appliance.vm)?.host ?? null);
      return [
        network.id,
        networkFigures(
          its.map((vm) => ({ ...vm, host: vm.host! })),
          router,
          layout,
        ),
      ];
    }),
  );
}

function planned(harness: Harness, policy: (typeof DEFRAG_POLICIES)[number], limits: typeof LIMITS | null): DefragPlan {
  const { state } = harness.plane;
  let made: DefragPlan | null = null;
  harness.plan = (question) => {
    const view = new ZoneDefragView(state);
    const before = JSON.stringify([...state.hosts, ...state.servers.map(({ freeBytes }) => freeBytes)]);
    made = policy.plan(question, view, {
      ...{ draw: () => 0, keepGoing: () => true, trafficBetween: () => null },
      estimate: (vm) => estimateOf(state, vm),
    });
    const after = JSON.stringify([...state.hosts, ...state.servers.map(({ freeBytes }) => freeBytes)]);
    expect(after, 'a policy changes nothing').toBe(before);
    return made;
  };
  const any = { migrations: null, bytes: null, downtimeSeconds: null };
  Object.assign(harness.config, { defrag: { everyMicros: null, limits: limits ?? any, horizonSeconds: null } });
  for (const { id, vms } of state.networks) if (vms.size > 0) state.defrag.changed.add(id);
  harness.request({ kind: 'defragment' });
  return made!;
}

describe.each(DEFRAG_POLICIES.map((policy) => [policy.name, policy] as const))('%s', (_, policy) => {
  test('its plans can be made in their order, within limits, and leave nobody more scattered', () => {
    let moves = 0;
    fc.assert(
      fc.property(zone, fc.constantFrom(null, LIMITS), (random: RandomZone, limits) => {
        const harness = play({ ...random, switches: null });
        const { state } = harness.plane;
        const before = figures(state);
        const from = new Map([...state.vms.values()].map(({ id, host }) => [id, host]));
        const plan = planned(harness, policy, limits);
        const made = harness.history.filter((tx) => tx.kind === 'migration');
        expect(
          made.map(({ vm }) => vm),
          'every move is sound',
        ).toEqual(plan.moves.map(({ vm }) => vm));
        expect(new Set(made.map(({ vm }) => vm)).size, 'each VM once').toBe(made.length);
        for (const { vm, source } of made) expect(source).toBe(from.get(vm));
        if (limits !== null) {
          expect(made.length).toBeLessThanOrEqual(limits.migrations);
          const sum = (of: (one: MoveEstimate) => number): number =>
            plan.moves.reduce((all, { estimate }) => all + of(estimate), 0);
          expect(sum(({ bytes }) => bytes)).toBeLessThanOrEqual(limits.bytes);
          expect(sum(({ downtimeSeconds }) => downtimeSeconds)).toBeLessThanOrEqual(limits.downtimeSeconds);
        }
        while (harness.outstanding.length > 0) {
          harness.answer();
          checkInvariants(state);
        }
        const ends = harness.history.flatMap((tx) =>
          tx.kind === 'migration-state' && ['done', 'dropped', 'rolled-back'].includes(tx.to)
            ? [tx.reason ?? tx.to]
            : [],
        );
        expect(ends, 'each is made').toEqual(made.map(() => 'done'));
        expect(state.defrag.underWay).toBeNull();
        const after = figures(state);
        for (const [network, { pods, fragmentation }] of after) {
          expect(pods, `pods of guest network ${network}`).toBeLessThanOrEqual(before.get(network)!.pods);
          expect(fragmentation).toBeLessThanOrEqual(before.get(network)!.fragmentation);
        }
        moves += made.length;
      }),
      { seed: 19, numRuns: 300 },
    );
    if (policy.name !== 'none') expect(moves).toBeGreaterThan(20);
    else expect(moves).toBe(0);
  }, 120_000);
});
