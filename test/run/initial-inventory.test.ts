/** An inventory of one's own as the start of a run: every VM its account's, where the table says, and customers like others. */
import { expect, test } from 'vitest';
import { violationsOf } from '../../sim/datacenter/checkers/registry.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import { loadScenario } from '../../sim/run/load.js';
import { Simulation } from '../../sim/run/simulation.js';
import { warningsOf } from '../../sim/run/warnings.js';
import { expectBeliefIsTruth } from './belief-and-truth.js';

const FILES: Readonly<Record<string, string>> = {
  's.yaml': `podtwin: 1
name: own
duration: 2d
zones: [{ name: z1 }]
offerings: { small: { cpu: 2 cores, memory: 4 GiB } }
workload: { accounts: { initial: 2 } }
accounts: [{ name: beta, vms: { small: 1 } }]
events:
  - { at: 1h, start: { account: acme, offering: small } }
  - { at: 2h, stop: { account: acme, vm: web } }
  - { at: 3h, destroy: { account: gone, vm: web } }
initial: { format: inventory-csv, file: hosts.csv, vms: vms.csv, accounts: accounts.csv }
`,
  'hosts.csv':
    'pod,host,cpu,memory,numaNodes\np1,h1,32 cores,128 GiB,2\np1,h2,32 cores,128 GiB,2\np2,h3,32 cores,128 GiB,1\n',
  'vms.csv': `account,vm,host,cpu,memory,numa,role
acme,web,h1,4 cores,8 GiB,0+1,user
gone,web,h3,4 cores,8 GiB,,user
acme,r-acme,h2,1 core,1 GiB,1,router
beta,db,h2,8 cores,64 GiB,0,
`,
  'accounts.csv': 'account,vlan\nacme,700\nidle,701\n',
};

test('accounts are registered each once, VMs taken over under their own, and live on as customers', () => {
  const scenario = loadScenario('s.yaml', { readFile: (path) => FILES[path]! });
  const simulation = new Simulation(scenario);
  const [zone] = simulation.zones;
  const { state } = zone!.plane;
  simulation.advance(0);
  const accounts = state.accounts.map(({ name }) => name);
  expect(accounts.slice(0, 4)).toEqual(['acme', 'idle', 'gone', 'beta']);
  const names = zone!.plane.state.hosts.map(({ name }) => name);
  const found = [...zone!.plant.allDomains()].map(({ vm, host, nodes }) => [
    ...[accounts[state.vm(vm).account], state.vm(vm).name, names[host], nodes.join('+')],
  ]);
  expect(found).toEqual([
    ['acme', 'r-acme', 'z1/p1/h2', '1'],
    ['acme', 'web', 'z1/p1/h1', '0+1'],
    ['gone', 'web', 'z1/p2/h3', '0'],
    ['beta', 'db', 'z1/p1/h2', '0'],
  ]);

  simulation.advance(86_400_000_000);
  expectBeliefIsTruth(zone!);
  const inZone = ['acme', 'idle', 'gone', 'beta', 'customer-0001', 'customer-0002'];
  expect(state.accounts.map(({ name }) => name)).toEqual(inZone);
  const vmsOf = (name: string): string[] =>
    [...state.accounts.find((account) => account.name === name)!.vms.keys()].sort();
  expect(vmsOf('gone')).toEqual([]);
  expect(vmsOf('idle')).toEqual([]);
  expect(vmsOf('beta')).toEqual(['db', 'vm-0001']);
  expect(vmsOf('acme')).toEqual(['vm-0001', 'web']);
  const web = [...state.accounts[0]!.vms.values()].find((id) => state.vm(id).name === 'web')!;
  expect(state.vm(web).state).toBe('stopped');
});

test('lives are drawn for each VM by account and name: those of one name differ', () => {
  const text = FILES['s.yaml']!.replace(
    'accounts.csv }',
    'accounts.csv, lifetime: { exponential: { mean: 1d } } }',
  ).replace(/events:[^]*initial:/, 'initial:');
  const scenario = loadScenario('s.yaml', { readFile: (path) => (path === 's.yaml' ? text : FILES[path]!) });
  const simulation = new Simulation(scenario);
  const [zone] = simulation.zones;
  const gone: string[] = [];
  for (let hour = 0; hour <= 48; hour++) {
    simulation.advance(hour * 3_600_000_000);
    const present = new Set([...zone!.plant.allDomains()].map(({ vm }) => vm));
    gone.push([1, 2].map((vm) => (present.has(vm) ? 1 : 0)).join(''));
  }
  expect(gone.some((both) => both === '01' || both === '10')).toBe(true);
});

test('switches that carry more than they can are told of, and the VMs behind them stay', () => {
  const narrow = FILES['s.yaml']!.replace(
    'offerings:',
    'switchTypes: { tor: { vlans: 1, virtualPorts: 3 } }\nofferings:',
  );
  const run = (text: string): Simulation => {
    const scenario = loadScenario('s.yaml', { readFile: (path) => (path === 's.yaml' ? text : FILES[path]!) });
    const simulation = new Simulation(scenario);
    simulation.advance(60_000_000);
    return simulation;
  };
  const warningsIn = (simulation: Simulation): string[] =>
    warningsOf(simulation)
      .map(({ code }) => code)
      .filter((code) => code === 'switches-found-overloaded');
  expect(warningsIn(run(FILES['s.yaml']!))).toEqual([]);
  const simulation = run(narrow);
  // acme and beta in pod p1, of which acme is on two hosts: two VLANs, three host ports and two on the uplink.
  expect(warningsIn(simulation)).toEqual(['switches-found-overloaded']);
  const { plant, plane } = simulation.zones[0]!;
  expect(plant.bridges.trunks.foundLoad(0)).toEqual({ vlans: 2, virtualPorts: 5 });
  expect(plane.state.trunks.podLoad(0)).toEqual({ vlans: 2, virtualPorts: 5 });
  expect(violationsOf(snapshotOf(plant), 'orderly')).toEqual([]);
});
