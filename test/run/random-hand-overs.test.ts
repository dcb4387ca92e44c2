/**
 * Random hand-overs of VMs between two zones, with messages to agents that are lost, doubled and late: every VM is in one zone once
 * nothing is under way any more, disk and all, and each zone's belief is what is so.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Transaction } from '../../sim/control/history.js';
import { foldHistory } from '../../sim/control/fold/fold.js';
import { violationsOf } from '../../sim/datacenter/checkers/registry.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { checkInvariants } from '../control/invariants.js';
import { snapshotOfState } from '../control/snapshot.js';
import { expectBeliefIsTruth } from './belief-and-truth.js';

const MINUTE = 60_000_000;
const VMS = ['vm-0001', 'vm-0002', 'vm-0003'];

const account = fc.constantFrom('acme', 'bolt');
const vm = fc.constantFrom(...VMS);
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(account, vm).map(([who, one]) => `migrate: { account: ${who}, vm: ${one}, zone: z2 }`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(account, vm).map(([who, one]) => `migrate: { account: ${who}, vm: ${one}, cold: true }`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('stop', 'start', 'reboot'), account, vm)
      .map(([what, who, one]) => `${what}: { account: ${who}, vm: ${one} }`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(account, vm).map(([who, one]) => `snapshot: { account: ${who}, vm: ${one}, snapshot: s }`),
  },
);
const world = fc.record({
  seed: fc.nat(1000),
  events: fc.array(fc.record({ minute: fc.nat(90), action }), { minLength: 2, maxLength: 12 }),
  there: fc.constantFrom('filer', 'shelf'),
  latency: fc.constantFrom('1 ms', '700 ms'),
  boot: fc.constantFrom('34 s', '{uniform: [1 s, 400 s]}'),
  drop: fc.constantFrom(0, 0, 10, 40),
  duplicate: fc.constantFrom(0, 50),
  delay: fc.constantFrom(0, 50),
  diskTimeout: fc.constantFrom('4 h', '100 s'),
  storageCopy: fc.constantFrom('125 MBps', '20 MBps'),
  hold: fc.constantFrom('0 s', '15 min'),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function textOf(one: World): string {
  const zone = (name: string, vlans: string, addresses: string, storage: string): string => `
  - name: ${name}
    network: { vlans: [${vlans}], publicAddresses: [${addresses}] }
    pods: [{ name: p, count: 2, hosts: [{ name: h, type: small, count: 2 }], storage: [{ type: ${storage} }] }]`;
  return `
podtwin: 1
name: random
about: Whatever comes.
seed: ${one.seed}
duration: 30d
hostTypes: { small: { cpu: 8 cores, memory: 16 GiB, numaNodes: 2, localDisk: 60 GiB } }
storageTypes: { filer: { capacity: 1 TiB }, shelf: { capacity: 30 GiB } }
zones:${zone('z1', '600-602', '203.0.113.0/29', 'filer')}${zone('z2', '700-701', '203.0.113.8/30', one.there)}
offerings:
  small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB }
  near: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB, storage: local }
management: { latency: ${one.latency}, holdStopped: ${one.hold}, commands: { timeout: 2 min, attempts: 3, retry: 5 min } }
durations: { boot: ${one.boot}, storageCopy: ${one.storageCopy} }
policies: { migration: { diskTimeout: ${one.diskTimeout} } }
faults: { drop: ${one.drop} %, duplicate: ${one.duplicate} %, delay: ${one.delay} % }
accounts:
  - { name: acme, zone: z1, otherZones: [z2], vms: { small: 2, near: 1 } }
  - { name: bolt, zone: z1, vms: { small: 1 } }
events:
${one.events.map(({ minute, action: what }) => `  - { at: ${minute} min, ${what} }`).join('\n')}
`;
}

const ends = new Map<string, number>();

test('whatever comes, each VM is in one zone', () => {
  fc.assert(
    fc.property(world, (one) => {
      const histories: Transaction[][] = [[], [], []];
      const scenario = loadScenario('random.yaml', { readFile: () => textOf(one) });
      const simulation = new Simulation(scenario, {
        recorder: { transaction: (lane, _number, tx) => void histories[lane]!.push(tx) },
      });
      const { zones } = simulation;
      let now = 0;
      const step = (): void => {
        now += 5 * MINUTE;
        simulation.advance(now);
        for (const { plane, plant } of zones) {
          expect(violationsOf(snapshotOf(plant), 'orderly')).toEqual([]);
          checkInvariants(plane.state);
        }
        // In neither zone twice, and nowhere run by both.
        const running = zones.flatMap(({ plane, plant }) =>
          [...plant.allDomains()]
            .filter(({ role }) => role === 'user')
            .map(
              ({ vm: id }) => `${plane.state.accounts[plane.state.vm(id).account]!.name}/${plane.state.vm(id).name}`,
            ),
        );
        expect(new Set(running).size, 'a VM runs in both zones').toBe(running.length);
      };
      while (now < 100 * MINUTE) step();
      for (const zone of zones) zone.heal();
      for (let steps = 0; steps < 20 || !zones.every(({ atRest }) => atRest); steps++) {
        expect(steps, 'comes to rest').toBeLessThan(1000);
        step();
      }
      const there: string[] = [];
      zones.forEach((zone, at) => {
        const { plane, plant } = zone;
        expect(violationsOf(snapshotOf(plant), 'at rest')).toEqual([]);
        expectBeliefIsTruth(zone);
        expect([plane.state.migrations.size, plane.state.awaited.size, plane.state.requests.size]).toEqual([0, 0, 0]);
        expect(snapshotOfState(foldHistory(plane.state.config, histories[1 + at]!))).toEqual(
          snapshotOfState(plane.state),
        );
        for (const { name, role, account: owner } of plane.state.vms.values())
          if (role === 'user') there.push(`${plane.state.accounts[owner]!.name}/${name}`);
      });
      // Nobody destroys any: each that ever ran is somewhere, once.
      const ran = new Set<string>();
      const names = new Map<number, string>();
      for (const tx of histories[1]!) {
        if (tx.kind === 'vm' && tx.role === 'user')
          names.set(tx.vm, `${tx.account === 0 ? 'acme' : 'bolt'}/${tx.name}`);
        if (tx.kind === 'vm-state' && tx.to === 'running' && names.has(tx.vm)) ran.add(names.get(tx.vm)!);
        if (tx.kind === 'migration-state') ends.set(tx.to, (ends.get(tx.to) ?? 0) + 1);
      }
      expect(there.sort()).toEqual([...ran].sort());
    }),
    { seed: 7, numRuns: 60 },
  );
  for (const end of ['handing-over', 'done', 'dropped', 'rolled-back']) expect(ends.get(end), end).toBeGreaterThan(1);
}, 240_000);
