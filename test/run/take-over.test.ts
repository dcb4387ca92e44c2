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

test('a VLAN ID that a customer has is given to nobody else meanwhile, whoever stands first in the tables', () => {
  const files: Record<string, string> = {
    ...FILES,
    'accounts.csv': 'account,vlan\nbolt,\nacme,600\n',
    // Without a routing appliance: those are taken over first anyway.
    'vms.csv': `account,vm,host,cpu,memory,numa,role,vlan
bolt,app,p1/h2,2 cores,4 GiB,1,user,
acme,web,p1/h1,2 cores,4 GiB,0,user,
`,
  };
  const readFile = (path: string): string => files[path.split('/').at(-1)!]!;
  const simulation = new Simulation(loadScenario('scenario.yaml', { readFile }));
  simulation.advance(0);
  const { state } = simulation.zones[0]!.plane;
  expect(state.networks.map(({ account, vlan }) => [state.accounts[account]!.name, vlan])).toEqual([
    ['acme', 600],
    ['bolt', 601],
  ]);
  expect(simulation.zones[0]!.plant.runningVms).toBe(2);
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

/** An inventory of one host, with customers' VMs as rows say, and more of a scenario. */
function simulationOf(vms: string, more: string): Simulation {
  const text = `podtwin: 1
name: taken-over
duration: 1d
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
initial:
  format: inventory-csv
  data: "pod,host,cpu,memory\\ni,h1,8 cores,16 GiB\\n"
  vmsData: "account,vm,host,cpu,memory,numa,role,vlan\\n${vms.replaceAll('\n', '\\n')}"
${more}`;
  return new Simulation(loadScenario('scenario.yaml', { readFile: () => text }));
}

const pod = 'pods: [{ name: p, hosts: [{ name: h }] }]';
const HOUR = 3_600_000_000;

test('a routing appliance that cannot be started is tried again, and no start waits for ever', () => {
  const simulation = simulationOf(
    'acme,v1,h1,1 core,1 GiB,,user,600\n',
    `zones: [{ name: z1, network: { vlans: [600-601] }, ${pod} }]
durations: { boot: 34 s }
management: { commands: { timeout: 30 s, attempts: 1, retry: 30 s } }
events: [{ at: 5 min, start: { account: acme, offering: small } }]`,
  );
  simulation.advance(HOUR);
  const { state } = simulation.zones[0]!.plane;
  // A boot takes longer than the plane waits: never to be had, and still no one waits for ever.
  expect(state.requests.size).toBe(0);
  expect(state.networks[0]).toMatchObject({ vlan: 600, active: 1 });
  expect(state.next.vm, 'VMs made for it, and taken back').toBeGreaterThan(10);
  checkInvariants(state, { inventory: true });
});

test('a guest network without a public address gets its routing appliance when one is given back', () => {
  const simulation = simulationOf(
    'acme,v1,h1,1 core,1 GiB,,user,600\nbolt,v1,h1,1 core,1 GiB,,user,601\ncosy,v1,h1,1 core,1 GiB,,user,602\n',
    `zones: [{ name: z1, network: { vlans: [600-604], publicAddresses: [203.0.113.0/30] }, ${pod} }]
management: { collectAfter: 10 min }
events: [{ at: 1 h, destroy: { account: acme, vm: v1 } }]`,
  );
  const states = (): string[] => simulation.zones[0]!.plane.state.networks.map(({ appliance }) => appliance.state);
  simulation.advance(HOUR);
  expect(states()).toEqual(['running', 'running', 'missing']);
  simulation.advance(2 * HOUR);
  expect(states()).toEqual(['absent', 'running', 'running']);
  expectBeliefIsTruth(simulation.zones[0]!);
  expect(violationsOf(snapshotOf(simulation.zones[0]!.plant), 'at rest')).toEqual([]);
});

test('customers keep their VLAN IDs where these are assigned at registration', () => {
  const simulation = simulationOf(
    'new,v1,h1,1 core,1 GiB,,user,\nacme,v1,h1,1 core,1 GiB,,user,601\nbolt,v1,h1,1 core,1 GiB,,user,600\n',
    `zones: [{ name: z1, network: { vlans: [600-602] }, ${pod} }]
management: { vlanAssigned: at-registration }`,
  );
  simulation.advance(0);
  const { state } = simulation.zones[0]!.plane;
  const vlans = state.networks.map(({ account, vlan }) => `${state.accounts[account]!.name} ${vlan}`);
  expect(vlans.sort()).toEqual(['acme 601', 'bolt 600', 'new 602']);
});
