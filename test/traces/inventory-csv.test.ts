import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GIB } from '../../sim/base/units.js';
import { inventoryTexts } from '../../sim/bench/inventory.js';
import { lowerBoundHosts } from '../../sim/measures/resources.js';
import { readBalconInventory } from '../../sim/traces/balcon.js';
import { readInventoryCsv } from '../../sim/traces/inventory-csv.js';
import { inventoryFigures } from '../../sim/traces/inventory-figures.js';
import type { HostInventory } from '../../sim/traces/inventory.js';
import { readVmRescheduling } from '../../sim/traces/vm-rescheduling.js';
import { writeInventoryCsv } from '../../sim/traces/write-inventory-csv.js';
import { hasSharedData, sharedData } from '../shared-data.js';
import { problemsIn } from './refusal.js';

const HOSTS = `pod,host,cpu,memoryGiB,numaNodes,role,inService
east,h1,8 cores,32,2,both,yes
east,h2,8 cores,32,,computing,no
west,h1,4 cores,16,1,routing,
`;
const VMS = `account,vm,host,cpu,memory,numa,role,vlan
acme,web,east/h1,4 cores,8 GiB,0+1,,700
acme,db,h2,8 cores,32 GiB,,user,
beta,web,east/h1,2 cores,4 GiB,1,,
beta,router,west/h1,1 core,512 MiB,,router,
,old,east/h1,500 millicores,1 GiB,,,
`;
const ACCOUNTS = 'account,vlan\nacme,700\ngone,701\nbeta,\n';

function read(hosts = HOSTS, vms: string | null = VMS, accounts: string | null = ACCOUNTS): HostInventory {
  return readInventoryCsv(hosts, 'hosts.csv', {
    vms: vms === null ? undefined : { text: vms, file: 'vms.csv' },
    accounts: accounts === null ? undefined : { text: accounts, file: 'accounts.csv' },
  });
}

describe('inventory-csv', () => {
  it('reads hosts in pods, VMs of accounts on NUMA nodes, VLAN IDs', () => {
    const node = (cores: number, gib: number) => ({ cpuMillis: cores * 1000, memoryBytes: gib * GIB });
    const { clusters, vms, accounts } = read();
    expect(clusters).toEqual([
      {
        name: 'east',
        hosts: [
          { name: 'h1', inService: true, role: 'both', nodes: [node(4, 16), node(4, 16)] },
          { name: 'h2', inService: false, role: 'computing', nodes: [node(8, 32)] },
        ],
      },
      { name: 'west', hosts: [{ name: 'h1', inService: true, role: 'routing', nodes: [node(4, 16)] }] },
    ]);
    expect(vms).toEqual([
      { name: 'web', account: 'acme', vlan: 700, cluster: 0, host: 0, ...node(4, 8), nodes: [0, 1] },
      { name: 'db', account: 'acme', vlan: 700, cluster: 0, host: 1, ...node(8, 32), nodes: [0] },
      { name: 'web', account: 'beta', cluster: 0, host: 0, ...node(2, 4), nodes: [1] },
      { name: 'router', account: 'beta', role: 'router', cluster: 1, host: 0, ...node(1, 0.5), nodes: [0] },
      // Node 1 has no CPU left: the tightest that it fits on is node 0.
      { name: 'old', cluster: 0, host: 0, ...node(0.5, 1), nodes: [0] },
    ]);
    expect(accounts).toEqual([
      { name: 'acme', vlan: 700 },
      { name: 'gone', vlan: 701 },
      { name: 'beta', vlan: null },
    ]);
  });

  it('needs hosts only', () => {
    expect(read(HOSTS, null, null)).toMatchObject({ vms: [], accounts: [] });
    expect(read(HOSTS, 'vm,host,cpu,memory\nx,h2,1 core,1 GiB\n', null).vms[0]).not.toHaveProperty('account');
  });

  it('tells all that is wrong, each at its place', () => {
    const hosts = `pod,host,cpu,memory,numaNodes,role,inService
east,h1,4 cores,16 GiB,2,both,yes
east,h1,4 cores,16 GiB,2,both,yes
east,h2,4,16 GB/s,0,any,maybe
,a/b,0 cores,,1,both,yes
`;
    const vms = `account,vm,host,cpu,memory,numa,role,vlan
acme,a,h1,1 core,1 GiB,2,user,1
acme,a,h1,1 core,1 GiB,0,user,2
a b,c,h9,1 core,1 GiB,0,boss,
acme,d,h1,3 cores,1 GiB,0,user,
,e,,1 core,1 GiB,,,4095
acme,f,h2,64 cores,1 TiB,,,5000
`;
    expect(problemsIn(() => read(hosts, vms, 'account,vlan\nbeta,1\nbeta,2\n'))).toEqual([
      "hosts.csv:3:6: host: pod east has a host 'h1' further up",
      "hosts.csv:4:9: cpu: '4' has no unit; write e.g. 2 cores, or the unit into the header (units: core, cores, millicore, millicores)",
      "hosts.csv:4:11: memory: 'GB/s' is no unit here; write e.g. 4 GiB (units: B, KiB, MiB, GiB, TiB, PiB, kB, MB, GB, TB, PB)",
      "hosts.csv:4:19: numaNodes: '0' is no number of NUMA nodes; write 1 to 64",
      "hosts.csv:4:21: role: 'any' is no role of a host; write computing, routing, both",
      'hosts.csv:4:25: inService: write yes or no',
      'hosts.csv:5:1: pod: no pod is named',
      "hosts.csv:5:2: host: 'a/b': a name has no slash",
      'hosts.csv:5:6: cpu: the cpu is 0; write more',
      'hosts.csv:5:14: memory: no memory is given',
      "accounts.csv:3:1: account: account 'beta' stands further up",
      "vms.csv:2:31: vlan: VLAN ID 1 belongs to account 'beta' further up",
      'vms.csv:2:24: numa: the host has 2 NUMA nodes, 0 to 1',
      "vms.csv:3:6: vm: a VM 'a' of account 'acme' stands further up",
      "vms.csv:4:1: account: 'a b' is no name of an account; use letters, digits, - and _, at most 100",
      "vms.csv:4:7: host: there is no host 'h9' in the table of hosts",
      "vms.csv:4:25: role: 'boss' is no role of a VM; write user or router",
      'vms.csv:5:11: cpu: the VM does not fit: host east/h1, NUMA node 0, has 1 core left',
      "vms.csv:6:20: vlan: a VLAN ID is an account's; name it",
      'vms.csv:6:4: host: no host is named',
      "vms.csv:7:28: vlan: '5000' is no VLAN ID; write 1 to 4094",
    ]);
  });

  it.each([
    [
      'east/h1',
      '4 cores',
      '40 GiB',
      '',
      /vms\.csv:2:7: host: the VM does not fit: host east\/h1 has 4 cores and 16 GiB, 4 cores and 16 GiB left on its NUMA nodes$/,
    ],
    ['east/h1', '1 millicore', '1 GiB', '0+1', /vms\.csv:2:15: cpu: it does not part equally over 2 NUMA nodes$/],
    ['h1', '1 core', '1 GiB', '', /several pods have a host 'h1'; write pod\/host$/],
    ['h2', '1 core', '33 GiB', '', /vms\.csv:2:17: memory: the VM does not fit: host east\/h2 has 32 GiB left$/],
    ['h2', '1 core', '1 GiB', '0+0', /each NUMA node may be named once$/],
    ['h2', '1 core', '1 GiB', 'first', /'first' names no NUMA nodes; write e\.g\. 0, or 0\+1$/],
  ])('refuses a VM on %s with %s and %s on nodes %j', (host, cpu, memory, numa, said) => {
    const vms = `account,vm,host,cpu,memory,numa\na,bcd,${host},${cpu},${memory},${numa}\n`;
    expect(problemsIn(() => read(HOSTS, vms, null)).join('\n')).toMatch(said);
  });

  it('gives back what is written, whatever fits', () => {
    const host = fc.record({
      cores: fc.integer({ min: 1, max: 96 }),
      nodes: fc.integer({ min: 1, max: 4 }),
      inService: fc.boolean(),
    });
    const vm = fc.record({
      host: fc.nat(),
      cores: fc.integer({ min: 1, max: 8 }),
      account: fc.constantFrom('a', 'b', 'c-1'),
    });
    fc.assert(
      fc.property(fc.array(host, { minLength: 1, maxLength: 6 }), fc.array(vm, { maxLength: 20 }), (hosts, wanted) => {
        const hostRows = hosts.map(
          ({ cores, nodes, inService }, at) =>
            `p${at % 2},h${at},${cores * nodes} cores,${cores * nodes} GiB,${nodes},${inService ? 'yes' : 'no'}`,
        );
        const free = hosts.map(({ cores }) => cores);
        const vmRows = wanted.flatMap(({ host: any, cores, account }, at) => {
          const chosen = any % hosts.length;
          if (free[chosen]! < cores) return [];
          free[chosen]! -= cores;
          return [`${account},v${at},h${chosen},${cores} cores,${cores} GiB`];
        });
        const first = read(
          ['pod,host,cpu,memory,numaNodes,inService', ...hostRows].join('\n'),
          ['account,vm,host,cpu,memory', ...vmRows].join('\n'),
          null,
        );
        const written = writeInventoryCsv(first);
        expect(read(written.hosts, written.vms, written.accounts)).toEqual(first);
      }),
    );
  });

  it('of 10,000 hosts and 100,000 VMs reads all, and names the one damaged row', () => {
    const { hosts, vms, accounts } = inventoryTexts({ hosts: 10_000, vms: 100_000, accounts: 3000 });
    const { cpuMillis, ...figures } = inventoryFigures(read(hosts, vms, accounts));
    expect(figures).toMatchObject({ pods: 625, hosts: 10_000, inService: 10_000, vms: 100_000, accounts: 3000 });
    expect(cpuMillis).toMatchObject({ min: 1000, max: 8000 });
    const lines = vms.split('\n');
    lines[77_776] = lines[77_776]!.replace(/,h\d+,/, ',h99999,');
    expect(problemsIn(() => read(hosts, lines.join('\n'), accounts))).toEqual([
      expect.stringMatching(/^vms\.csv:77777:\d+: host: there is no host 'h99999' in the table of hosts$/),
    ]);
  });
});

describe.skipIf(!hasSharedData)('published inventories (skipped where ../shared/data is not there)', () => {
  const rows = hasSharedData
    ? readFileSync(sharedData('balcon/reference_policies.csv'), 'utf8').trim().split('\n').slice(1)
    : [];
  const instances = [
    ...new Map(rows.map((row) => row.split(',')).map((cells) => [cells[0]!, cells.slice(1, 5).map(Number)])),
  ];

  it('has ten BalCon instances', () => expect(instances).toHaveLength(10));

  it.each(instances)('balcon/%s: hosts, VMs, hosts in use, least hosts %j', (name, [hosts, vms, active, least]) => {
    const inventory = readBalconInventory(readFileSync(sharedData(`balcon/${name}`), 'utf8'), name);
    const figures = inventoryFigures(inventory);
    expect([figures.hosts, figures.vms]).toEqual([hosts, vms]);
    expect(new Set(inventory.vms.map(({ host }) => host)).size).toBe(active);
    const nodes = inventory.clusters[0]!.hosts.map((host) => host.nodes[0]!);
    expect(lowerBoundHosts(figures.used, nodes)).toBe(least);
  });

  it('a mapping with NUMA nodes is the same as CSV, VM by VM', () => {
    const mapping = readVmRescheduling(readFileSync(sharedData('vmr2l/medium.json'), 'utf8'), 'medium.json');
    const { hosts, vms, accounts } = writeInventoryCsv(mapping);
    const again = read(hosts, vms, accounts);
    expect(again.vms).toEqual(
      mapping.vms.map(({ name, cluster, host, cpuMillis, memoryBytes, nodes }) => ({
        ...{ name, account: 'initial', cluster, host, cpuMillis, memoryBytes, nodes },
      })),
    );
    expect(again.clusters.map(({ hosts: list }) => list.map(({ nodes }) => nodes))).toEqual(
      mapping.clusters.map(({ hosts: list }) => list.map(({ nodes }) => nodes)),
    );
  });
});
