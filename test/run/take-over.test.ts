/** An inventory taken over with its customers' guest networks: what is so is what the plane believes, and stays so. */
import { expect, test } from 'vitest';
import { violationsOf } from '../../sim/datacenter/checkers/registry.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { checkInvariants } from '../control/invariants.js';
import { expectBeliefIsTruth } from './belief-and-truth.js';

const FILES: Record<string, string> = {
  'hosts.csv': `pod,host,cpu,memory,numaNodes
p1,h1,16 cores,32 GiB,2
p1,h2,16 cores,32 GiB,2
p2,h3,16 cores,32 GiB,2
`,
  'vms.csv': `account,vm,host,cpu,memory,numa,role,vlan
acme,web,p1/h1,2 cores,4 GiB,0,user,
acme,db,p2/h3,4 cores,8 GiB,0+1,user,
acme,gateway,p1/h2,1 cores,512 MiB,0,router,
bolt,app,p1/h2,2 cores,4 GiB,1,user,
`,
  'accounts.csv': `account,vlan
acme,700
bolt,
`,
  'scenario.yaml': `podtwin: 1
name: taken-over
duration: 1d
zones: [{ name: z1, network: { vlans: [600-601, 700] } }]
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
initial: { format: inventory-csv, file: hosts.csv, vms: vms.csv, accounts: accounts.csv }
events:
  - { at: 1h, start: { account: acme, offering: small } }
  - { at: 2h, stop: { account: acme, vm: db } }
  - { at: 3h, destroy: { account: bolt, vm: app } }
  - { at: 4h, start: { account: acme, vm: db } }
`,
};

test('customers keep their VLAN ID and routing appliance, and those without get one', () => {
  const readFile = (path: string): string => FILES[path.split('/').at(-1)!]!;
  const [zone] = (() => {
    const simulation = new Simulation(loadScenario('scenario.yaml', { readFile }));
    simulation.advance(0);
    return [simulation.zones[0]!, simulation] as const;
  })();
  const { plane, plant } = zone;
  const networkOf = (account: string) => {
    const { networks } = plane.state.accounts[plane.state.accountByName.get(account)!]!;
    return plane.state.network([...networks.values()][0]!);
  };
  expect(networkOf('acme')).toMatchObject({ state: 'implemented', vlan: 700, active: 2 });
  expect(networkOf('bolt')).toMatchObject({ state: 'implementing', vlan: 600, active: 1 });
  expect(plant.runningVms).toBe(3);
  expect(plant.runningRouters).toBe(1);
  expect([...plant.rules.appliances.values()].map((rules) => rules.size)).toEqual([3]);
  expect(violationsOf(snapshotOf(plant), 'orderly')).toEqual([]);
});

test('a day later belief is truth, and what customers asked for is done', () => {
  const readFile = (path: string): string => FILES[path.split('/').at(-1)!]!;
  const simulation = new Simulation(loadScenario('scenario.yaml', { readFile }));
  for (let hour = 0; hour <= 24; hour++) {
    simulation.advance(hour * 3_600_000_000);
    expect(violationsOf(snapshotOf(simulation.zones[0]!.plant), 'orderly')).toEqual([]);
    if (hour > 0) checkInvariants(simulation.zones[0]!.plane.state);
  }
  const [zone] = simulation.zones;
  expect(zone!.atRest).toBe(true);
  expectBeliefIsTruth(zone!);
  expect(violationsOf(snapshotOf(zone!.plant), 'at rest')).toEqual([]);
  expect([...zone!.plane.state.vms.values()].map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
    'db running',
    'gateway running',
    'vm-0001 running',
    'web running',
  ]);
  const bolt = zone!.plane.state.accountByName.get('bolt')!;
  const [network] = [...zone!.plane.state.accounts[bolt]!.networks.values()];
  expect(zone!.plane.state.network(network!)).toMatchObject({ state: 'allocated', vlan: null });
});
