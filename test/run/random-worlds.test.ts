/**
 * Random customers, faults and small zones, plane and plant together. Throughout, the plant's truth keeps its invariants;
 * then messages heal, and what the plane believes must be what is so, every request have ended, and the fold of each
 * history be the state.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Transaction } from '../../sim/control/history.js';
import { foldHistory } from '../../sim/control/fold.js';
import { violationsOf } from '../../sim/datacenter/checkers/registry.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { checkInvariants } from '../control/invariants.js';
import { snapshotOfState } from '../control/snapshot.js';
import { expectBeliefIsTruth } from './belief-and-truth.js';

const MINUTE = 60_000_000;
const ACCOUNTS = ['acme', 'bolt', 'cosy', 'dune'];

const event = fc.record({
  minute: fc.nat(120),
  do: fc.constantFrom('start', 'start', 'start', 'start-again', 'stop', 'reboot', 'destroy'),
  account: fc.constantFrom(...ACCOUNTS),
  offering: fc.constantFrom('small', 'large'),
  count: fc.integer({ min: 1, max: 3 }),
});

const world = fc.record({
  seed: fc.nat(1000),
  placement: fc.constantFrom('first-fit', 'random'),
  hosts: fc.integer({ min: 1, max: 3 }),
  disk: fc.constantFrom('1 TiB', '90 GiB'),
  vlans: fc.constantFrom('[600-602]', '[600, 700-709]'),
  vlanAssigned: fc.constantFrom('at-first-use', 'at-registration'),
  latency: fc.constantFrom('0 s', '1 ms', '700 ms'),
  boot: fc.constantFrom('34 s', '{uniform: [1 s, 400 s]}'),
  attempts: fc.integer({ min: 1, max: 4 }),
  drop: fc.constantFrom(0, 10, 40),
  duplicate: fc.constantFrom(0, 20, 100),
  delay: fc.constantFrom(0, 30, 80),
  overprovision: fc.constantFrom('{}', '{cpu: 2.5, memory: 1.3}', '{cpu: 0.9}'),
  events: fc.array(event, { minLength: 3, maxLength: 25 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function textOf(one: World): string {
  const events = one.events.map(({ minute, do: what, account, offering, count }) => {
    const kind = what === 'start-again' ? 'start' : what;
    const of = what === 'start' ? `, offering: ${offering}` : '';
    return `  - { at: ${minute} min, ${kind}: { account: ${account}${of}, count: ${count} } }`;
  });
  return `
podtwin: 1
name: random
about: Whatever comes.
seed: ${one.seed}
duration: 30d
hostTypes: { small: { cpu: 8 cores, memory: 16 GiB, numaNodes: 2 } }
storageTypes: { filer: { capacity: ${one.disk} } }
zones:
  - name: z1
    network: { vlans: ${one.vlans}, publicAddresses: [203.0.113.0/29] }
    pods: [{ name: p, count: 2, hosts: [{ name: h, type: small, count: ${one.hosts} }], storage: [{ type: filer }] }]
offerings:
  small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB }
  large: { cpu: 4 cores, memory: 8 GiB, disk: 40 GiB }
management:
  vlanAssigned: ${one.vlanAssigned}
  latency: ${one.latency}
  collectAfter: 10 min
  overprovision: ${one.overprovision}
  commands: { timeout: 2 min, attempts: ${one.attempts}, retry: 5 min }
durations: { boot: ${one.boot} }
policies: { placement: ${one.placement} }
faults:
  { drop: ${one.drop} %, duplicate: ${one.duplicate} %, delay: ${one.delay} %, delayBy: { uniform: [0 s, 300 s] } }
accounts: [${ACCOUNTS.map((name) => `{ name: ${name}, zone: z1, vms: { small: 1 } }`).join(', ')}]
events:
${events.join('\n')}
`;
}

test('whatever comes, truth keeps its invariants, and belief comes to equal it', () => {
  fc.assert(
    fc.property(world, (one) => {
      const history: Transaction[] = [];
      const scenario = loadScenario('random.yaml', { readFile: () => textOf(one) });
      const simulation = new Simulation(scenario, {
        recorder: { transaction: (lane, _number, tx) => void (lane === 1 && history.push(tx)) },
      });
      const [zone] = simulation.zones;
      const { plane, plant } = zone!;
      let now = 0;
      const step = (): void => {
        now += 5 * MINUTE;
        simulation.advance(now);
        expect(violationsOf(snapshotOf(plant), 'orderly')).toEqual([]);
        checkInvariants(plane.state);
      };
      while (now < 180 * MINUTE) step();
      zone!.heal();
      // A destroy is asked again while its VM is busy; a start of many takes its time.
      for (let steps = 0; steps < 100 || !zone!.atRest; steps++) {
        expect(steps, 'comes to rest').toBeLessThan(1000);
        step();
      }
      expect(violationsOf(snapshotOf(plant), 'at rest')).toEqual([]);
      expectBeliefIsTruth(zone!);
      expect(plane.state.requests.size, 'an acknowledged request without an end').toBe(0);
      expect(snapshotOfState(foldHistory(plane.state.config, history))).toEqual(snapshotOfState(plane.state));
    }),
    { seed: 11, numRuns: 120 },
  );
});
