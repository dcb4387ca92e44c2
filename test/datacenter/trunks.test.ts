/** What switches carry: by hand, and random bridges against the checker, which counts port by port. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { switchLimits } from '../../sim/datacenter/checkers/switch-limits.js';
import { vlanOfOneNetwork } from '../../sim/datacenter/checkers/vlan-of-one-network.js';
import { Plant, type PlantConfig } from '../../sim/datacenter/plant.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import type { TrunksConfig } from '../../sim/datacenter/trunks.js';
import { podSwitchPorts, podSwitchVlans, zoneSwitchPorts, zoneSwitchVlans } from '../../sim/measures/switch-load.js';

const WIDE = { vlans: 4094, virtualPorts: 16_000 };

/** Three pods of 2, 1 and 3 hosts. */
function plantOf(trunks?: Partial<TrunksConfig>): Plant {
  const nodes = [{ cpuMillis: 1000, memoryBytes: 1000 }];
  const config: PlantConfig = { hosts: [0, 0, 1, 2, 2, 2].map((pod) => ({ pod, nodes })), servers: [] };
  if (trunks)
    config.trunks = {
      ...{ vlanScope: 'zone', trunks: 'pruned', podSwitches: [WIDE, WIDE, WIDE], zoneSwitch: WIDE },
      ...trunks,
    };
  return new Plant(config);
}

describe('a bridge that a switch cannot carry', () => {
  test('is refused for want of room, and leaves nothing behind', () => {
    const plant = plantOf({ podSwitches: [{ vlans: 1, virtualPorts: 3 }, WIDE, WIDE] });
    expect(plant.bridges.add(0, 7, 600, 0, 10)).toBeNull();
    expect(plant.bridges.add(0, 8, 601, 0, 10), 'a second VLAN in pod 0').toBe('no-room');
    expect(plant.ledger.usedMemoryBytes[0], 'the memory of the first one').toBe(10);
    expect(plant.bridges.add(1, 7, 600, 0, 10), 'the same VLAN on another host').toBeNull();
    expect(plant.bridges.add(0, 7, 600, 0, 10), 'that stands already').toBeNull();
    expect(plant.bridges.add(2, 8, 601, 0, 10), 'in another pod').toBeNull();
    const { trunks } = plant.bridges;
    expect([trunks.activeVlans(0), trunks.virtualPorts(0)], '2 host ports and the uplink').toEqual([1, 3]);
    expect([trunks.activeVlans(null), trunks.virtualPorts(null)]).toEqual([2, 2]);
    expect([trunks.bridgesIn(0, 7), trunks.bridgesIn(0, 8), trunks.bridgesIn(1, 8)]).toEqual([2, 0, 1]);
    expect(plant.bridges.remove(0, 7)).toBeNull();
    expect(plant.bridges.remove(1, 7)).toBeNull();
    expect(plant.bridges.add(0, 8, 601, 0, 10), 'the VLAN before it is gone').toBeNull();
  });

  test('was found, stays, and nothing is added to it', () => {
    const plant = plantOf({ podSwitches: [{ vlans: 1, virtualPorts: 99 }, WIDE, WIDE] });
    for (const network of [7, 8, 9]) expect(plant.bridges.add(0, network, 600 + network, 0, 1, true)).toBeNull();
    expect(switchLimits.violations(snapshotOf(plant))).toEqual([]);
    expect(plant.bridges.add(1, 7, 607, 0, 1), 'no further VLAN').toBeNull();
    expect(plant.bridges.add(1, 6, 606, 0, 1)).toBe('no-room');
    plant.bridges.remove(0, 9);
    expect(plant.bridges.add(1, 9, 609, 0, 1), 'still two').toBe('no-room');
  });
});

test('IDs are 1 to 4094, and of an overlay 24 bits', () => {
  expect(plantOf().bridges.add(0, 1, 4095, 0, 1)).toBe('refused');
  expect(plantOf({ vlanScope: 'overlay' }).bridges.add(0, 1, 16_777_215, 0, 1)).toBeNull();
  expect(plantOf({ vlanScope: 'overlay' }).bridges.add(0, 1, 16_777_216, 0, 1)).toBe('refused');
});

test('one ID in two pods is no fault where IDs are a pod’s; one guest network in two is', () => {
  const bridgesOf = (vlanScope: 'zone' | 'pod', ...bridges: [number, number, number][]): string[] => {
    const plant = plantOf({ vlanScope });
    for (const [host, network, vlan] of bridges) expect(plant.bridges.add(host, network, vlan, 0, 1)).toBeNull();
    return vlanOfOneNetwork.violations(snapshotOf(plant));
  };
  expect(bridgesOf('pod', [0, 1, 600], [2, 2, 600])).toEqual([]);
  expect(bridgesOf('zone', [0, 1, 600], [2, 2, 600])).toHaveLength(1);
  expect(bridgesOf('pod', [0, 1, 600], [2, 1, 600])).toHaveLength(1);
  expect(bridgesOf('pod', [0, 1, 600], [1, 2, 600])).toHaveLength(1);
});

const limits = fc.record({ vlans: fc.integer({ min: 1, max: 4 }), virtualPorts: fc.integer({ min: 1, max: 12 }) });
const bridge = fc.record({
  host: fc.nat(5),
  network: fc.nat(5),
  what: fc.constantFrom('add', 'add', 'add', 'remove', 'found'),
});

test('whatever is asked for, switches carry what the checker counts, and no more than they can', () => {
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('zone' as const, 'pod' as const, 'overlay' as const),
      fc.constantFrom('pruned' as const, 'unpruned' as const),
      fc.array(limits, { minLength: 4, maxLength: 4 }),
      fc.array(bridge, { maxLength: 40 }),
      (vlanScope, trunks, [zoneSwitch, ...podSwitches], steps) => {
        const plant = plantOf({ vlanScope, trunks, podSwitches, zoneSwitch: zoneSwitch! });
        const counts = plant.bridges.trunks;
        // What is found is found first.
        const found = steps.filter(({ what }) => what === 'found').slice(0, 3);
        const rest = steps.filter(({ what }) => what !== 'found');
        for (const { host, network, what } of [...found, ...rest]) {
          const before = snapshotOf(plant);
          const failed =
            what === 'remove'
              ? plant.bridges.remove(host, network)
              : plant.bridges.add(host, network, 100 + network, 0, 1, what === 'found');
          const after = snapshotOf(plant);
          expect(switchLimits.violations(after)).toEqual([]);
          if (failed !== null) {
            expect(failed).toBe('no-room');
            expect(after).toEqual(before);
            refused++;
          }
          expectFormulas(after, counts.podCount);
        }
      },
    ),
    { seed: 3, numRuns: 300 },
  );
  expect(refused, 'it came to that').toBeGreaterThan(100);
});

/** The formulas that plane and measures share say the same of the same bridges. */
function expectFormulas({ bridges, hosts, switches, vlanScope, trunks }: ReturnType<typeof snapshotOf>, pods: number) {
  const trunking = { vlanScope, trunks };
  const networks = (pod: number | null): number =>
    new Set(bridges.filter(({ host }) => pod === null || hosts[host]!.pod === pod).map(({ network }) => network)).size;
  let inPods = 0;
  for (const { pod, carries } of switches) {
    if (pod === null) continue;
    const there = bridges.filter(({ host }) => hosts[host]!.pod === pod).length;
    const count = hosts.filter((host) => host.pod === pod).length;
    inPods += networks(pod);
    expect(carries).toEqual({
      vlans: podSwitchVlans(trunking, networks(pod), networks(null)),
      virtualPorts: podSwitchPorts(trunking, count, there, networks(pod), networks(null)),
    });
  }
  expect(switches.at(-1)!.carries).toEqual({
    vlans: zoneSwitchVlans(trunking, networks(null)),
    virtualPorts: zoneSwitchPorts(trunking, pods, inPods, networks(null)),
  });
}
