/**
 * Each policy's choice in small zones, computed by hand. A zone is drawn as its hosts' free cores; every host has one NUMA
 * node of 8 cores and 16 GiB, unless a line says otherwise, and a bridge costs nothing.
 */
import { describe, expect, test } from 'vitest';
import type { Decision, Demand } from '../../../sim/control/ports.js';
import { placementPolicy } from '../../../sim/control/scheduler/registry.js';
import { GIB, Harness, smallZone } from '../harness.js';

type Role = 'both' | 'computing' | 'routing';
/** [pod, cores in use], with memory in use (GiB) and role where it matters. */
type Drawn = readonly [pod: number, used: number, more?: { usedGib?: number; role?: Role }];

class Cloud extends Harness {
  constructor(hosts: readonly Drawn[]) {
    const pods = Math.max(...hosts.map(([pod]) => pod)) + 1;
    super(
      smallZone({
        pods: Array.from({ length: pods }, (_, at) => ({ name: `p${at}` })),
        hosts: hosts.map(([pod, , more], at) => ({
          ...{ name: `h${at}`, pod, role: more?.role ?? 'both', inService: true, agent: 0 },
          nodes: [{ cpuMillis: 8000, memoryBytes: 16 * GIB }],
        })),
        servers: Array.from({ length: pods }, (_, pod) => ({
          name: `s${pod}`,
          pod,
          host: null,
          capacityBytes: 1000 * GIB,
        })),
        bridgeMemoryBytes: 0,
      }),
    );
    this.register('acme', 'bolt', 'filler');
    hosts.forEach(([, used, more], host) => this.take('filler', host, used, more?.usedGib ?? used));
  }

  /** A VM of the account that is there already. */
  take(account: string, host: number, cores = 1, gib = 1): void {
    if (cores === 0 && gib === 0) return;
    const size = { cpuMillis: 1000 * cores, memoryBytes: gib * GIB };
    this.request({
      kind: 'adopt',
      account,
      vm: `${account}-${this.history.length}`,
      host,
      nodes: [0],
      role: 'user',
      guestNetwork: null,
      ...size,
    });
    expect(this.lastOutcome()).toBe('done');
  }

  /** Where a VM of acme's would go, or of whom is said. */
  place(
    policy: string,
    cores: number,
    { account = 0, options = {}, ...more }: Partial<Demand> & { account?: number; options?: object } = {},
  ): number | string {
    const demand: Demand = {
      ...{
        cpuMillis: 1000 * cores,
        memoryBytes: GIB,
        bridgeBytes: 0,
        networks: [],
        role: 'user' as const,
        pods: null,
        host: null,
        localBytes: 0,
      },
      ...more,
    };
    const context = { draw: () => 0.5, keepGoing: () => true };
    const chosen = placementPolicy(policy, { ...options })!;
    const decision: Decision = chosen.place({ vm: 99, account, demand }, this.plane.view, context);
    return 'host' in decision ? decision.host : decision.refuse;
  }
}

describe('capacity', () => {
  //  p0: h0 has 2 free, h1 5, h2 8     p1: h3 5, h4 3, h5 8
  const cloud = new Cloud([
    [0, 6],
    [0, 3],
    [0, 0],
    [1, 3],
    [1, 5],
    [1, 0],
  ]);

  test.each([
    // Of hosts with enough: the first; the one with least free (h1 and h3 tie at 5: h1); the one with most (h2, h5: h2).
    [1, 0, 0, 2],
    [3, 1, 4, 2],
    [4, 1, 1, 2],
    [6, 2, 2, 2],
  ])('%i cores', (cores, first, best, worst) => {
    expect(cloud.place('first-fit', cores)).toBe(first);
    expect(cloud.place('best-fit', cores)).toBe(best);
    expect(cloud.place('worst-fit', cores)).toBe(worst);
  });

  test('nine cores fit nowhere', () => {
    for (const policy of ['first-fit', 'best-fit', 'worst-fit', 'random'])
      expect(cloud.place(policy, 9)).toBe('no-capacity');
  });

  test('in pod 1 only', () => {
    expect(cloud.place('first-fit', 3, { pods: [1] })).toBe(3);
    expect(cloud.place('best-fit', 3, { pods: [1] })).toBe(4);
    expect(cloud.place('worst-fit', 3, { pods: [1] })).toBe(5);
  });

  test('equal CPU: memory decides, then the inventory; by memory it is the other way round', () => {
    //  free cores / GiB:  h0 4/10   h1 4/6   h2 4/6   h3 5/3
    const uneven = new Cloud([
      [0, 4, { usedGib: 6 }],
      [0, 4, { usedGib: 10 }],
      [0, 4, { usedGib: 10 }],
      [0, 3, { usedGib: 13 }],
    ]);
    expect(uneven.place('best-fit', 2)).toBe(1);
    expect(uneven.place('worst-fit', 2)).toBe(3);
    expect(uneven.place('best-fit', 2, { options: { by: 'memory' } })).toBe(3);
    expect(uneven.place('worst-fit', 2, { options: { by: 'memory' } })).toBe(0);
    // 5 GiB do not fit h3.
    expect(uneven.place('worst-fit', 2, { memoryBytes: 5 * GIB })).toBe(0);
  });

  test('random: the draw 0.5 takes the middle one of those that fit', () => {
    // 3 cores fit h1, h2, h3, h4, h5: the third of five is h3. 6 cores fit h2 and h5: the second is h5.
    expect(cloud.place('random', 3)).toBe(3);
    expect(cloud.place('random', 6)).toBe(5);
  });
});

describe('user-concentrated-pod', () => {
  //  p0: h0 full, h1 free   p1: h2, h3 free   p2: h4, h5 free; acme has a VM on h2 and two on h5
  const cloud = (): Cloud => {
    const made = new Cloud([
      [0, 8],
      [0, 0],
      [1, 0],
      [1, 0],
      [2, 0],
      [2, 0],
    ]);
    made.take('acme', 2);
    made.take('acme', 5);
    made.take('acme', 5);
    return made;
  };

  test('the pod with most of the account: its first host, not the one where the VMs are', () => {
    expect(cloud().place('user-concentrated-pod', 1)).toBe(4);
  });

  test('the next pod of the account where that one has no room', () => {
    const full = cloud();
    full.take('filler', 4, 8, 8);
    full.take('filler', 5, 6, 6);
    expect(full.place('user-concentrated-pod', 1)).toBe(2);
  });

  test("another pod only where none of the account's has room", () => {
    const full = cloud();
    for (const [host, cores] of [
      [2, 7],
      [3, 8],
      [4, 8],
      [5, 6],
    ] as const)
      full.take('filler', host, cores, cores);
    expect(full.place('user-concentrated-pod', 1)).toBe(1);
  });

  test('an account without VMs: the pod with the least used share of CPU', () => {
    // Used of 16 cores: p0 8, p1 1, p2 2.
    expect(cloud().place('user-concentrated-pod', 1, { account: 1 })).toBe(2);
    // Of 16 GiB each: p0 8 GiB, p1 1, p2 2; 9 more on h2 make p2 the emptiest.
    const other = cloud();
    other.take('filler', 2, 0, 9);
    expect(other.place('user-concentrated-pod', 1, { account: 1 })).toBe(2);
    expect(other.place('user-concentrated-pod', 1, { account: 1, options: { by: 'memory' } })).toBe(4);
  });
});

describe('user-dispersing', () => {
  //  p0: h0 half full, h1   p1: h2, h3   p2: h4, h5;  acme: one VM on h0, one on h2, none in p2
  const cloud = (): Cloud => {
    const made = new Cloud([
      [0, 4],
      [0, 0],
      [1, 0],
      [1, 0],
      [2, 7],
      [2, 7],
    ]);
    made.take('acme', 0);
    made.take('acme', 2);
    return made;
  };

  test('the pod without a VM of the account, however full', () => {
    expect(cloud().place('user-dispersing', 1)).toBe(4);
  });

  test('of pods with equally many, the emptier; there the host without one', () => {
    // p2 cannot take 2 cores; p0 has 5 of 16 cores in use, p1 1.
    expect(cloud().place('user-dispersing', 2)).toBe(3);
  });

  test('the host with fewest where all have some', () => {
    const more = cloud();
    more.take('acme', 2);
    more.take('acme', 3);
    more.take('acme', 0);
    more.take('acme', 1);
    more.take('acme', 1);
    more.take('acme', 1);
    // acme: p0 h0 2, h1 3; p1 h2 2, h3 1: p1 has 3, p0 5, and h3 has one.
    expect(more.place('user-dispersing', 2)).toBe(3);
  });

  test('a weight of 0 looks at capacity alone; one in between at both', () => {
    // Used shares: p0 5/16, p1 1/16, p2 14/16; of acme's two VMs: p0 1/2, p1 1/2, p2 0.
    // w = 0: p1. w = 0.5: p0 .41, p1 .28, p2 .44: p1. w = 0.8: p0 .46, p1 .41, p2 .175: p2.
    expect(cloud().place('user-dispersing', 1, { options: { weight: 0 } })).toBe(3);
    expect(cloud().place('user-dispersing', 1, { options: { weight: 0.5 } })).toBe(3);
    expect(cloud().place('user-dispersing', 1, { options: { weight: 0.8 } })).toBe(4);
  });
});

describe('router-affinity', () => {
  //  p0: h0, h1   p1: h2 (2 free), h3   p2: h4
  const cloud = (): Cloud => {
    const made = new Cloud([
      [0, 1],
      [0, 1],
      [1, 6],
      [1, 1],
      [2, 1],
    ]);
    // acme's routing appliance is put on h2.
    made.decide = () => ({ host: 2 });
    made.start('acme', 'a');
    made.settle();
    expect(made.plane.view.routerOf(0)).toBe(2);
    return made;
  };

  test('its host, then its pod, then anywhere', () => {
    // h2 has 8 - 6 - 0.5 - 1 = 0.5 cores free.
    const one = cloud();
    expect(one.place('router-affinity', 0.5, { networks: [0] })).toBe(2);
    expect(one.place('router-affinity', 1, { networks: [0] })).toBe(3);
    one.take('filler', 3, 7, 7);
    expect(one.place('router-affinity', 1, { networks: [0] })).toBe(0);
  });

  test('no routing appliance, or no guest network: the first host', () => {
    expect(cloud().place('router-affinity', 1, { networks: [1] })).toBe(0);
    expect(cloud().place('router-affinity', 1)).toBe(0);
  });

  test('the routing appliance itself: the roomiest host', () => {
    const one = cloud();
    one.take('filler', 0);
    one.take('filler', 1);
    one.take('filler', 3);
    expect(one.place('router-affinity', 0.5, { networks: [1], role: 'router' })).toBe(4);
  });

  test('from a routing host into its pod', () => {
    const made = new Cloud([
      [0, 0],
      [1, 0, { role: 'routing' }],
      [1, 0, { role: 'computing' }],
    ]);
    made.decide = ({ demand }) => (demand.role === 'router' ? { host: 1 } : { host: 0 });
    made.start('acme', 'a');
    made.settle();
    expect(made.place('router-affinity', 1, { networks: [0] })).toBe(2);
  });
});
