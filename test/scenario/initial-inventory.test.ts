import { describe, expect, it } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { scenarioYaml } from '../../sim/scenario/loader.js';
import { readBalconInventory } from '../../sim/traces/balcon.js';
import { readInventoryCsv } from '../../sim/traces/inventory-csv.js';
import { readVmRescheduling } from '../../sim/traces/vm-rescheduling.js';
import { load, problemsOf, scenario } from './load.js';

const OPTIONS = {
  readers: {
    'vm-rescheduling': readVmRescheduling,
    balcon: readBalconInventory,
    'inventory-csv': { read: readInventoryCsv, tables: ['vms', 'accounts'] },
  },
} as const;
const FILES = {
  'in/hosts.csv': 'pod,host,cpu,memory,role\neast 1,h1,8 cores,32 GiB,\neast 1,h2,8 cores,32 GiB,routing\n',
  'in/vms.csv':
    'account,vm,host,cpu,memory,role\nacme,web,h1,2 cores,4 GiB,\nacme,r-1,h2,1 core,1 GiB,router\n,old,h1,1 core,1 GiB,\n',
  'in/accounts.csv': 'account,vlan\nacme,605\n"beta",\r\n',
  'b.json': '{"hosts": [{"cpu": 8, "mem": 4096}], "vms": [{"cpu": 2, "mem": 1024}], "mapping": [0]}',
};
const TABLES = 'initial: {format: inventory-csv, file: in/hosts.csv, vms: in/vms.csv, accounts: in/accounts.csv}';

describe('initial from tables', () => {
  it('brings hosts with their roles, and VMs of their accounts', () => {
    const { zones, initial } = load(scenario({ more: TABLES }), OPTIONS, FILES);
    const pod = zones[0]!.pods[2]!;
    expect(pod.hosts.map(({ name, role }) => [name, role])).toEqual([
      ['z1/east-1/h1', 'both'],
      ['z1/east-1/h2', 'routing'],
    ]);
    const size = (cores: number, gib: number) => ({ cpuMillis: cores * 1000, memoryBytes: gib * GIB, nodes: [0] });
    expect(initial).toEqual({
      ...{ zone: 'z1', account: 'initial', lifetimeSeconds: null },
      accounts: [
        { name: 'acme', vlan: 605 },
        { name: 'beta', vlan: null },
      ],
      vms: [
        { name: 'web', host: 'z1/east-1/h1', ...size(2, 4), account: 'acme', vlan: 605 },
        { name: 'r-1', host: 'z1/east-1/h2', ...size(1, 1), account: 'acme', role: 'router', vlan: 605 },
        { name: 'old', host: 'z1/east-1/h1', ...size(1, 1) },
      ],
    });
  });

  it('stands on its own once it has run: the tables are in the text, and it loads to the same', () => {
    const first = load(scenario({ more: TABLES }), OPTIONS, FILES);
    const text = scenarioYaml(first);
    expect(text).not.toMatch(/\.csv/);
    expect(load(text, OPTIONS)).toEqual(first);
    const hosts = load(scenario({ more: 'initial: {format: inventory-csv, file: in/hosts.csv}' }), OPTIONS, FILES);
    expect(load(scenarioYaml(hosts), OPTIONS)).toEqual(hosts);
    expect(hosts.initial).toMatchObject({ accounts: [], vms: [] });
  });

  it('reads BalCon instances: a pod, an account for all', () => {
    const { zones, initial } = load(scenario({ more: 'initial: {format: balcon, file: b.json}' }), OPTIONS, FILES);
    expect(zones[0]!.pods[2]).toMatchObject({ name: 'z1/pod', hosts: [{ name: 'z1/pod/h1' }] });
    expect(initial).toMatchObject({ account: 'initial', vms: [{ name: 'vm-1', host: 'z1/pod/h1' }] });
    expect(initial).not.toHaveProperty('accounts');
  });

  it('is wrong in a table: at its place there; a missing table at its name', () => {
    const files = { ...FILES, 'in/vms.csv': FILES['in/vms.csv'].replace(',h2,', ',h3,') };
    expect(problemsOf(scenario({ more: TABLES }), OPTIONS, files)).toEqual([
      "in/vms.csv:3:10: host: there is no host 'h3' in the table of hosts",
    ]);
    expect(problemsOf(scenario({ more: TABLES.replace('in/vms', 'vms') }), OPTIONS, FILES)).toEqual([
      "f.yaml:13:59: 'vms.csv': there is no such file",
    ]);
  });

  it('is wrong in the scenario: tables that the format does not take, twice the same, accounts of other zones', () => {
    const more = (initial: string) => problemsOf(scenario({ more: `initial: ${initial}` }), OPTIONS, FILES);
    expect(more('{format: balcon, file: b.json, vms: in/vms.csv}')).toEqual([
      'f.yaml:13:41: initial.vms: this format is one file and takes no such table; remove it',
    ]);
    expect(more('{format: inventory-csv, file: in/hosts.csv, vms: in/vms.csv, vmsData: "vm,host,cpu,memory"}')).toEqual(
      ['f.yaml:13:71: initial.vmsData: vms and vmsData say the same thing twice; keep one of them'],
    );
    const elsewhere = scenario({ more: TABLES }).replace(
      'offerings:',
      '  - {name: z2, pods: [{name: p, hosts: [{}]}]}\naccounts: [{name: beta, zone: z2}]\nofferings:',
    );
    expect(problemsOf(elsewhere, OPTIONS, FILES)).toEqual([
      "f.yaml:15:10: initial: its account 'beta' is of zone 'z2', its hosts are in zone 'z1'; let them be one",
    ]);
  });

  it('has VLAN IDs of the pool only', () => {
    const files = { ...FILES, 'in/accounts.csv': 'account,vlan\nacme,700\nbeta,\n' };
    expect(problemsOf(scenario({ more: TABLES }), OPTIONS, files)).toEqual([
      "f.yaml:13:10: initial: its account 'acme' has VLAN ID 700, which is not in the pool of zone 'z1': add it to network.vlans there",
    ]);
  });

  it('has guest networks in one pod where VLAN IDs are a pod’s, and no VLAN IDs in an overlay', () => {
    const two = {
      ...FILES,
      'in/hosts.csv': FILES['in/hosts.csv'].replace('east 1,h2', 'west,h2'),
    };
    const inScope = (scope: string, files: typeof FILES): string[] =>
      problemsOf(scenario({ network: `{vlanScope: ${scope}, vlans: [600-609]}`, more: TABLES }), OPTIONS, files);
    expect(inScope('zone', two)).toEqual([]);
    expect(inScope('pod', FILES)).toEqual([]);
    expect(inScope('pod', two)).toEqual([
      "f.yaml:13:10: initial: VMs of its account 'acme' are in pods 'east 1' and 'west' (VM 'r-1'): with vlanScope: pod its guest network can be in one only; write zone",
    ]);
    expect(inScope('overlay', FILES)).toEqual([
      "f.yaml:13:10: initial: its accounts have VLAN IDs, and guest networks of zone 'z1' are in an overlay; leave the IDs out, or write vlanScope: zone",
    ]);
    expect(inScope('overlay', { ...FILES, 'in/accounts.csv': 'account\nacme\nbeta\n' })).toEqual([]);
  });

  it('lets events name its accounts, and no account that nobody has', () => {
    const event = (account: string): string => `events: [{at: 1h, start: {account: ${account}, offering: small}}]`;
    const problems = (account: string, files: Record<string, string> = FILES): string[] =>
      problemsOf(scenario({ more: `${TABLES}\n${event(account)}` }), OPTIONS, files);
    expect(problems('beta')).toEqual([]);
    expect(problems('initial')).toEqual([]);
    const owned = { ...FILES, 'in/vms.csv': FILES['in/vms.csv'].replace('\n,old', '\nbeta,old') };
    expect(problems('initial', owned)).toEqual([
      "f.yaml:14:36: events.0.start.account: no account 'initial' is declared; known: acme, beta",
    ]);
    const customer = { ...FILES, 'in/accounts.csv': 'account,vlan\ncustomer-0001,\n' };
    expect(problemsOf(scenario({ more: `${TABLES}\nworkload: {}` }), OPTIONS, customer)).toEqual([
      "f.yaml:13:10: initial: its account 'customer-0001' is called as the workload's customers are; rename it",
    ]);
  });
});
