/** What the view answers from its indexes against plain scans: random zones, demands, roles, pods, hosts out of service. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resource, Scope } from '../../sim/control/policy.js';
import type { Demand, HostId } from '../../sim/control/ports.js';
import type { ZoneState } from '../../sim/control/state.js';
import { podsWithStorage, roomiest } from '../../sim/control/placement.js';
import { GIB, Harness, smallZone } from './harness.js';
import { accounts, demand, demandIn, fittingHosts, play, zone } from './random-zone.js';

const RUNS = { seed: 23, numRuns: 250 };

function freeOf(state: ZoneState, host: HostId): { cpu: number; memory: number } {
  const { nodes } = state.host(host);
  return {
    cpu: nodes.reduce((sum, node) => sum + node.freeCpuMillis, 0),
    memory: nodes.reduce((sum, node) => sum + node.freeMemoryBytes, 0),
  };
}

/** The first in the order, by sorting all. */
function first(state: ZoneState, hosts: readonly HostId[], by: Resource, sign: 1 | -1): HostId | null {
  const other = by === 'cpu' ? 'memory' : 'cpu';
  const sorted = [...hosts].sort((a, b) => {
    const [one, two] = [freeOf(state, a), freeOf(state, b)];
    return sign * (one[by] - two[by]) || sign * (one[other] - two[other]) || a - b;
  });
  return sorted[0] ?? null;
}

function expectScans({ plane: { state, view } }: Harness, wanted: Demand, scope: Scope): void {
  const inScope = (host: HostId): boolean => {
    const { pod } = state.host(host);
    return scope === null || scope === pod || (typeof scope !== 'number' && scope.includes(pod));
  };
  const everywhere = fittingHosts(state, wanted);
  const fitting = everywhere.filter(inScope);
  for (const { id } of state.hosts) expect(view.fits(id, wanted), `fits ${id}`).toBe(everywhere.includes(id));
  expect(view.firstFit(wanted, scope)).toBe(fitting[0] ?? null);
  expect(view.firstFit(wanted, scope, 3)).toBe(fitting.find((host) => host >= 3) ?? null);
  for (const by of ['cpu', 'memory'] as const) {
    expect(view.bestFit(wanted, scope, by), `best by ${by}`).toBe(first(state, fitting, by, 1));
    expect(view.worstFit(wanted, scope, by), `worst by ${by}`).toBe(first(state, fitting, by, -1));
  }
  for (const u of [0, 0.4, 0.999]) {
    const host = view.randomFit(wanted, u, scope);
    expect(host).toBe(fitting[Math.floor(u * fitting.length)] ?? null);
  }
}

test('every search finds what a scan finds, after any change, whichever index was made when', () => {
  fc.assert(
    fc.property(zone, fc.array(fc.tuple(demand, fc.nat(7)), { minLength: 1, maxLength: 4 }), (random, questions) => {
      let turn = 0;
      const look = (harness: Harness): void => {
        // Some indexes exist from the start, others are made in the middle of things.
        const [wanted, where] = questions[turn++ % questions.length]!;
        const { state } = harness.plane;
        const podCount = state.config.pods.length;
        const scope =
          where < podCount ? where : where === 6 ? state.config.pods.flatMap((_, at) => (at % 2 ? [] : [at])) : null;
        expectScans(harness, demandIn(state, wanted), scope);
      };
      play(random, { look });
    }),
    RUNS,
  );
});

test('accounts, their VMs by pod and host, and pods by used share, as counted from all VMs', () => {
  fc.assert(
    fc.property(zone, fc.boolean(), (random, early) => {
      let looks = 0;
      const look = (harness: Harness): void => {
        if (!early && looks++ < 5) return;
        expectCounts(harness);
      };
      play(random, { look });
    }),
    RUNS,
  );
});

function expectCounts({ plane: { state, view } }: Harness): void {
  expect([...view.accounts()].map(({ name }) => name)).toEqual(accounts);
  for (const { id } of view.accounts()) {
    const vms = [...state.vms.values()].filter((vm) => vm.account === id && vm.role === 'user' && vm.host !== null);
    expect([...view.vmsOf(id)].map((vm) => vm.id)).toEqual(vms.map((vm) => vm.id));
    expect(view.vmCount(id)).toBe(vms.length);
    const inPod = (pod: number): number => vms.filter((vm) => state.host(vm.host!).pod === pod).length;
    const pods = state.config.pods.map((_, pod) => ({ pod, vms: inPod(pod) })).filter((one) => one.vms > 0);
    expect(view.podsOf(id)).toEqual(pods.sort((a, b) => b.vms - a.vms || a.pod - b.pod));
    for (const [pod] of state.config.pods.entries()) expect(view.vmCountIn(id, pod)).toBe(inPod(pod));
    for (const host of state.hosts)
      expect(view.vmCountOn(id, host.id)).toBe(vms.filter((vm) => vm.host === host.id).length);
  }
  for (const by of ['cpu', 'memory'] as const) {
    const used = state.config.pods.map((_, pod) => {
      const hosts = state.hosts.filter((host) => host.pod === pod && host.inService && host.role !== 'routing');
      const nodes = hosts.flatMap((host) => host.nodes);
      const whole = nodes.reduce((sum, node) => sum + (by === 'cpu' ? node.cpuMillis : node.memoryBytes), 0);
      const free = nodes.reduce((sum, node) => sum + (by === 'cpu' ? node.freeCpuMillis : node.freeMemoryBytes), 0);
      return whole === 0 ? 1 : (whole - free) / whole;
    });
    used.forEach((share, pod) => expect(view.usedShare(pod, by)).toBe(share));
    const order = used.map((_, pod) => pod).sort((a, b) => used[a]! - used[b]! || a - b);
    expect([...view.podsByFree(by)]).toEqual(order);
  }
}

test('pods with room for a disk, and their roomiest server, as scanned', () => {
  fc.assert(
    fc.property(zone, (random) => {
      play(random, {
        look: ({ plane: { state } }) => {
          for (const gib of [1, 10, 20, 40]) {
            const bytes = gib * GIB;
            const roomy = state.config.pods.flatMap((_, pod) => (mostIn(state, pod) >= bytes ? [pod] : []));
            const vm = { disk: null, diskBytes: bytes, template: null } as Parameters<typeof podsWithStorage>[1];
            expect(podsWithStorage(state, vm)).toEqual(roomy.length === state.config.pods.length ? null : roomy);
            for (const [pod] of state.config.pods.entries()) {
              const server = roomiest(state, pod, vm);
              const most = mostIn(state, pod);
              const best = state.servers.findIndex(
                (one) => one.pod === pod && one.host === null && one.freeBytes === most,
              );
              expect(server).toBe(most >= bytes ? best : null);
            }
          }
        },
      });
    }),
    RUNS,
  );
});

function mostIn(state: ZoneState, pod: number): number {
  return Math.max(
    -1,
    ...state.servers.filter((server) => server.pod === pod && server.host === null).map(({ freeBytes }) => freeBytes),
  );
}

describe('routing appliances', () => {
  const router: Demand = {
    cpuMillis: 500,
    memoryBytes: GIB,
    bridgeBytes: 0,
    networks: [],
    role: 'router',
    pods: null,
    host: null,
    localBytes: 0,
  };
  /**
   * Pod 0: h0 both, h1 routing (a core), h2 both. Pod 1: h3 both, h4 computing.
   */
  const roles = ['both', 'routing', 'both', 'both', 'computing'] as const;
  const cloud = (): Harness =>
    new Harness(
      smallZone({
        hosts: roles.map((role, at) => ({
          ...{ name: `h${at}`, pod: at < 3 ? 0 : 1, role, inService: true, agent: 0 },
          nodes: [{ cpuMillis: role === 'routing' ? 1000 : 4000, memoryBytes: 8 * GIB }],
        })),
      }),
    );

  test("go to their pod's routing hosts, elsewhere to hosts for both, never to hosts for computing", () => {
    const { state, view } = cloud().plane;
    expect(state.hosts.map(({ id }) => view.fits(id, router))).toEqual([false, true, false, true, false]);
    expect(view.firstFit(router)).toBe(1);
    expect(view.worstFit(router), 'h3 has more free').toBe(3);
    expect(view.firstFit(router, 1)).toBe(3);
  });

  test('to hosts for both of the pod too once its routing host is full or out of service', () => {
    for (const change of ['full', 'out of service']) {
      const { state, view } = cloud().plane;
      expect(view.firstFit(router)).toBe(1);
      if (change === 'full') state.hosts[1]!.nodes[0]!.freeCpuMillis = 0;
      else state.hosts[1]!.inService = false;
      state.indexes.hostChanged(1);
      expect(view.firstFit(router)).toBe(0);
      expect(state.hosts.map(({ id }) => view.fits(id, router))).toEqual([true, false, true, true, false]);
    }
  });

  test('a policy that names a host for both beside a routing host with room is asked again, and refused in the end', () => {
    const harness = cloud();
    harness.register('acme');
    harness.decide = () => ({ host: 0 });
    harness.start('acme', 'a');
    harness.settle();
    expect(harness.lastOutcome()).toBe('policy-failed');
  });
});

describe('a host at random', () => {
  const wide = (hosts: number): Harness =>
    new Harness(
      smallZone({
        hosts: Array.from({ length: hosts }, (_, at) => ({
          ...{ name: `h${at}`, pod: at < hosts / 2 ? 0 : 1, role: 'both' as const, inService: true, agent: 0 },
          nodes: [{ cpuMillis: 4000, memoryBytes: 8 * GIB }],
        })),
      }),
    );
  const wanted: Demand = {
    cpuMillis: 1000,
    memoryBytes: GIB,
    bridgeBytes: 0,
    networks: [],
    role: 'user',
    pods: null,
    host: null,
    localBytes: 0,
  };
  /** Draws that are in no relation to the mixing: the fractional parts of multiples of the golden ratio. */
  const draws = (count: number): number[] => Array.from({ length: count }, (_, at) => (at * 0.6180339887498949) % 1);

  /** Chi-square over `fitting` classes; far beyond what chance gives (mean k, deviation sqrt 2k) is uneven. */
  test.each([
    ['all of them fit', 400, (at: number) => at >= 0],
    ['every third fits', 400, (at: number) => at % 3 === 0],
    ['few fit, so that they are counted out', 2000, (at: number) => at % 250 === 7],
  ])('is as likely as any other: %s', (_name, hosts, mayFit) => {
    const { state, view } = wide(hosts).plane;
    for (const host of state.hosts)
      if (!mayFit(host.id)) {
        host.nodes[0]!.freeCpuMillis = 0;
        state.indexes.hostChanged(host.id);
      }
    const fitting = fittingHosts(state, wanted);
    const counts = new Map(fitting.map((host) => [host, 0]));
    const each = 200;
    for (const u of draws(each * fitting.length)) {
      const host = view.randomFit(wanted, u)!;
      counts.set(host, counts.get(host)! + 1);
    }
    expect(counts.size, 'only hosts that fit').toBe(fitting.length);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
    const freedom = fitting.length - 1;
    expect(chiSquare).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom));
    // Not evener than chance either, where the draw is mixed and not just divided among the hosts.
    if (hosts < 1000) expect(chiSquare).toBeGreaterThan(freedom - 5 * Math.sqrt(2 * freedom));
  });

  test('neighbouring draws give unrelated hosts, the same draw the same', () => {
    const { view } = wide(400).plane;
    const chosen = Array.from({ length: 200 }, (_, at) => view.randomFit(wanted, 0.5 + at / 2 ** 53)!);
    expect(new Set(chosen).size).toBeGreaterThan(130);
    expect(view.randomFit(wanted, 0.5)).toBe(chosen[0]);
  });

  test('keeps to the pods', () => {
    const { state, view } = wide(400).plane;
    for (const u of draws(200)) {
      expect(state.host(view.randomFit(wanted, u, 1)!).pod).toBe(1);
      expect(state.host(view.randomFit({ ...wanted, pods: [0], host: null, localBytes: 0 }, u)!).pod).toBe(0);
      expect(view.randomFit({ ...wanted, pods: [0], host: null, localBytes: 0 }, u, 1)).toBeNull();
    }
  });
});

describe('how far hosts are from each other', () => {
  test('is what the operator says', () => {
    const distances = {
      switchesBetween: (a: HostId, b: HostId) => 10 * a + b,
      latencyBetween: (a: HostId, b: HostId) => (a + b) / 1000,
    };
    const { view } = new Harness(smallZone({ distances })).plane;
    expect([view.switchesBetween(1, 3), view.latencyBetween(1, 3)]).toEqual([13, 0.004]);
  });

  test('is as in a plain zone where nobody says: 0, 1 and 3 switches, no latency', () => {
    const { view } = new Harness().plane;
    // Hosts 0 and 1 are in the first pod, 2 and 3 in the second.
    expect([0, 1, 2].map((host) => view.switchesBetween(0, host))).toEqual([0, 1, 3]);
    expect(view.latencyBetween(0, 2)).toBe(0);
  });
});
