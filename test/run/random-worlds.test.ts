/**
 * Random customers, faults and small zones, plane and plant together. Throughout, the plant's truth keeps its invariants;
 * then messages heal, and what the plane believes must be what is so, every request have ended, and the fold of each
 * history be the state.
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
const ACCOUNTS = ['acme', 'bolt', 'cosy', 'dune'];

const account = fc.constantFrom(...ACCOUNTS);
const vm = fc.constantFrom('vm-0001', 'vm-0001', 'vm-0001', 'vm-0002', 'own');
const network = fc.constantFrom('default', 'back');
const name = fc.constantFrom('one', 'two');

/** An event's action as it stands in a scenario. */
const anyAction = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(account, fc.constantFrom('small', 'large', 'imaged', 'near'), fc.integer({ min: 1, max: 3 }))
      .map(([who, offering, count]) => `start: { account: ${who}, offering: ${offering}, count: ${count} }`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(account, fc.constantFrom('[default, back]', '[back]'))
      .map(([who, networks]) => `start: { account: ${who}, cpu: 1 core, memory: 1 GiB, networks: ${networks} }`),
  },
  {
    weight: 1,
    arbitrary: account.map(
      (who) => `start: { account: ${who}, function: serve, name: own, addresses: [10.1.1.77], template: debian }`,
    ),
  },
  {
    weight: 7,
    arbitrary: fc
      .tuple(fc.constantFrom('start', 'stop', 'reboot', 'destroy'), account, fc.integer({ min: 1, max: 3 }))
      .map(([what, who, count]) => `${what}: { account: ${who}, count: ${count} }`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(account, vm, fc.constantFrom('small', 'large'))
      .map(([who, one, offering]) => `resize: { account: ${who}, vm: ${one}, offering: ${offering} }`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('snapshot', 'revert', 'deleteSnapshot'), account, vm, name)
      .map(([what, who, one, snapshot]) => `${what}: { account: ${who}, vm: ${one}, snapshot: ${snapshot} }`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('createNetwork', 'deleteNetwork', 'acquireAddress'), account, network)
      .map(([what, who, of]) => `${what}: { account: ${who}, network: ${of} }`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        account,
        network,
        name,
        fc.oneof(
          vm.map((one) => `portForward: { port: 80, vm: ${one} }`),
          vm.map((one) => `loadBalancer: { port: 80, vms: [vm-0001, ${one === 'vm-0001' ? 'own' : one}] }`),
          vm.map((one) => `dns: { host: www, vm: ${one} }`),
          fc.constant('firewall: { ports: [22, 22] }'),
        ),
      )
      .map(([who, of, rule, what]) => `addRule: { account: ${who}, network: ${of}, rule: ${rule}, ${what} }`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(account, network, name)
      .map(([who, of, rule]) => `removeRule: { account: ${who}, network: ${of}, rule: ${rule} }`),
  },
  {
    weight: 9,
    arbitrary: fc
      .tuple(account, vm, fc.constantFrom('p01/h01', 'p01/h01', 'p01/h02', 'p02/h02', 'p02/h01'))
      .map(([who, one, host]) => `migrate: { account: ${who}, vm: ${one}, to: z1/${host} }`),
  },
  { weight: 3, arbitrary: fc.tuple(account, vm).map(([who, one]) => `migrate: { account: ${who}, vm: ${one} }`) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(account, vm, fc.constantFrom('p01/h01', 'p01/h02', 'p02/h02', 'p02/h01'))
      .map(([who, one, host]) => `migrate: { account: ${who}, vm: ${one}, to: z1/${host}, cold: true }`),
  },
  { weight: 3, arbitrary: fc.constantFrom('p01/h01', 'p01/h02', 'p02/h01').map((host) => `evacuate: [z1/${host}]`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('p01', 'p01/h01', 'p02/h01', 'p01/h02'),
        fc.constantFrom('', ', until: 150 min', ', until: 400 min'),
      )
      .map(([place, until]) => `drain: z1/${place}${until}`),
  },
  { weight: 1, arbitrary: fc.constantFrom(1, 2).map((n) => `maintain: { zone: z1, atOnce: ${n}, each: 7 min }`) },
  { weight: 2, arbitrary: fc.constant('defragment: z1') },
  { weight: 1, arbitrary: fc.tuple(account, vm).map(([who, one]) => `console: { account: ${who}, vm: ${one} }`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(account, fc.constantFrom('none', '10 Mbps', '90 Mbps'), fc.constantFrom('none', '250', '700'))
      .map(([who, rate, iops]) => `throttle: { account: ${who}, network: ${rate}, iops: ${iops} }`),
  },
);
const event = fc.record({ minute: fc.nat(120), action: anyAction });

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
  drop: fc.constantFrom(0, 0, 0, 10, 40),
  duplicate: fc.constantFrom(0, 20, 100),
  delay: fc.constantFrom(0, 30, 80),
  hold: fc.constantFrom('0 s', '15 min'),
  servers: fc.constantFrom(1, 3),
  agents: fc.constantFrom('host', 'cluster'),
  overprovision: fc.constantFrom('{}', '{cpu: 2.5, memory: 1.3}', '{cpu: 0.9}'),
  /** Customers' VMs run already, one beside its routing appliance, one without. */
  inventory: fc.constantFrom(false, false, true),
  events: fc.array(event, { minLength: 3, maxLength: 30 }),
  vlanScope: fc.constantFrom('zone', 'zone', 'pod', 'overlay'),
  trunks: fc.constantFrom('pruned', 'unpruned'),
  /** Of pod switches: VLANs and virtual ports. */
  tor: fc.constantFrom('{}', '{}', '{ vlans: 2, virtualPorts: 9 }', '{ vlans: 3, virtualPorts: 5 }'),
  migration: fc.record({
    perHost: fc.constantFrom('1', '2', 'any'),
    timeout: fc.constantFrom('1 s', '30 s', '800 s'),
    ending: fc.constantFrom('abort', 'pause', 'post-copy', 'auto-converge'),
    disks: fc.constantFrom('mirror', 'snapshot'),
    diskTimeout: fc.constantFrom('4 h', '4 h', '2 min'),
    /** What VMs write: converging, or not. */
    rate: fc.constantFrom('20 MBps', '5 GBps'),
  }),
  defrag: fc.constantFrom('router-affinity', 'consolidate-pod', 'traffic-aware'),
  every: fc.constantFrom('on-request', '20 min'),
  throttle: fc.constantFrom('{}', '{}', '{ network: 50 Mbps, iops: 600 }'),
  core: fc.constantFrom('{}', '{}', '{ vlans: 3 }', '{ virtualPorts: 4 }'),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const NEWCOMERS = `accounts: [${ACCOUNTS.map((name) => `{ name: ${name}, zone: z1, vms: { small: 1 }, networks: { back: { addresses: 192.168.7.0/24 } } }`).join(', ')}]`;
const INVENTORY = `initial:
  format: inventory-csv
  storage: filer
  data: "pod,host,cpu,memory,numaNodes\\ni,h1,8 cores,16 GiB,2\\ni,h2,8 cores,16 GiB,2\\n"
  vmsData: "account,vm,host,cpu,memory,numa,role\\n\
acme,vm-0001,h1,2 cores,2 GiB,0,user\\nacme,gateway,h1,1 core,1 GiB,1,router\\n\
bolt,vm-0001,h1,1 core,1 GiB,0,user\\nbolt,own,h2,1 core,1 GiB,0,user\\n\
cosy,own,h2,1 core,1 GiB,0,user\\ndune,own,h2,1 core,1 GiB,1,user\\n"`;

function textOf(one: World): string {
  // Where pods have one host, that is the one.
  const there = (action: string): string => (one.hosts === 1 ? action.replace('/h02', '/h01') : action);
  // Where nothing ever converges, hosts that are to be empty and rounds would try for ever.
  const isStubborn = one.migration.ending === 'abort' && one.migration.rate === '5 GBps';
  const wanted = one.events.filter(({ action }) => !isStubborn || !/^(drain|maintain|defragment)/.test(action));
  const events = wanted.map(({ minute, action }) => `  - { at: ${minute} min, ${there(action)} }`);
  return `
podtwin: 1
name: random
about: Whatever comes.
seed: ${one.seed}
duration: 30d
hostTypes: { small: { cpu: 8 cores, memory: 16 GiB, numaNodes: 2, localDisk: 60 GiB } }
storageTypes: { filer: { capacity: ${one.disk} } }
switchTypes: { tor: ${one.tor}, core: ${one.core} }
zones:
  - name: z1
    network:
      vlans: ${one.vlans}
      vlanScope: ${one.vlanScope === 'pod' && one.vlanAssigned === 'at-registration' ? 'zone' : one.vlanScope}
      trunks: ${one.trunks}
      publicAddresses: [203.0.113.0/29]
      zoneSwitch: { type: core }
    pods:
      - name: p
        count: 2
        hosts: [{ name: h, type: small, count: ${one.hosts} }]
        storage: [{ type: filer }]
        podSwitch: { type: tor }
offerings:
  small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB, iops: 500 }
  large: { cpu: 4 cores, memory: 8 GiB, disk: 40 GiB }
  imaged: { cpu: 1 core, memory: 2 GiB, disk: 10 GiB, template: debian }
  near: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB, storage: local, template: debian }
functions: { serve: { atLeast: { memory: 2 GiB } } }
templates: { debian: { size: 2 GiB } }
management:
  vlanAssigned: ${one.vlanAssigned}
  latency: ${one.latency}
  collectAfter: 10 min
  throttle: ${one.throttle}
  servers: ${one.servers}
  holdStopped: ${one.hold}
  agents: { per: ${one.agents} }
  overprovision: ${one.inventory ? one.overprovision.replace('0.9', '1.1') : one.overprovision}
  commands: { timeout: 2 min, attempts: ${one.attempts}, retry: 5 min }
durations: { boot: ${one.boot} }
policies:
  placement: ${one.placement}
  defrag: ${isStubborn ? 'none' : `{ name: ${one.defrag}, every: ${one.every}, maxMigrations: 6 }`}
  migration: { perHost: ${one.migration.perHost}, timeout: ${one.migration.timeout}, ifNotConverging: ${one.migration.ending}, disks: ${one.migration.disks}, diskTimeout: ${one.migration.diskTimeout} }
workload: { memory: { hot: { size: 40 %, rate: ${one.migration.rate} } } }
faults:
  { drop: ${one.drop} %, duplicate: ${one.duplicate} %, delay: ${one.delay} %, delayBy: { uniform: [0 s, 300 s] } }
${one.inventory ? INVENTORY : NEWCOMERS}
events:
${events.join('\n')}
`;
}

const ends = new Map<string, number>();

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
        checkInvariants(plane.state, { inventory: one.inventory });
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
      expect(plane.state.migrations.size, 'a migration without an end').toBe(0);
      // No host has failed: no VM may have been lost.
      expect(history.filter((tx) => tx.kind === 'vm-state' && tx.event === 'lost')).toEqual([]);
      for (const tx of history) {
        const end = tx.kind === 'migration-state' ? tx.to : tx.kind;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
      expect(plane.state.requests.size, 'an acknowledged request without an end').toBe(0);
      expect(snapshotOfState(foldHistory(plane.state.config, history))).toEqual(snapshotOfState(plane.state));
    }),
    { seed: 11, numRuns: 100 },
  );
  // Migrations came to every end, by every way.
  expect(ends.get('done')).toBeGreaterThan(5);
  expect(ends.get('rolled-back')).toBeGreaterThan(2);
  // With their disks, and cold.
  expect(ends.get('vm-disk')).toBeGreaterThan(5);
  expect(ends.get('vm-held')).toBeGreaterThan(2);
}, 240_000);
