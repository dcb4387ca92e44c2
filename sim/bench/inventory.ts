/**
 * `podtwin bench inventory`: how long an inventory of one's own takes from CSV to a scenario that is checked, in CPU
 * seconds. Guarantees the same tables for the same seed; the figures are the machine's.
 */
import { Streams } from '../engine/streams.js';
import { loadScenario } from '../run/load.js';
import type { LoadedScenario } from '../scenario/loader.js';
import { readInventoryCsv } from '../traces/inventory-csv.js';
import { cpuSeconds, machine, type Machine } from './machine.js';

export interface InventoryBenchRow {
  /** read: the tables alone; load: the scenario with all its checks; text: the scenario on its own, tables put in. */
  case: 'read' | 'load' | 'text';
  hosts: number;
  vms: number;
  cpuSeconds: number;
}

export interface InventoryBench {
  bench: 'inventory';
  machine: Machine;
  seed: number;
  rows: InventoryBenchRow[];
}

export interface InventorySize {
  hosts: number;
  vms: number;
  accounts: number;
}

const SEED = 1;
const HOSTS_A_POD = 16;
const CORES = [1, 2, 4, 8];

export interface InventoryTexts {
  hosts: string;
  vms: string;
  accounts: string;
}

/** Hosts of 2 NUMA nodes; VMs of 1 to 8 cores on hosts in turn, so that they fit as long as ten or so go to a host. */
export function inventoryTexts({ hosts, vms, accounts }: InventorySize, seed = SEED): InventoryTexts {
  const stream = new Streams(seed).stream('bench/inventory');
  const hostName = (at: number): string => `h${String(at + 1).padStart(5, '0')}`;
  const hostRows = Array.from(
    { length: hosts },
    (_, at) => `p${Math.floor(at / HOSTS_A_POD) + 1},${hostName(at)},96 cores,768 GiB,2`,
  );
  const vmRows = Array.from({ length: vms }, (_, at) => {
    const cores = CORES[Math.floor(stream.next() * CORES.length)]!;
    const account = Math.floor(stream.next() * accounts) + 1;
    return `account-${account},vm-${at + 1},${hostName(at % hosts)},${cores} cores,${cores * 4} GiB,user`;
  });
  const accountRows = Array.from({ length: accounts }, (_, at) => `account-${at + 1},${at < 4094 ? at + 1 : ''}`);
  const table = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
  return {
    hosts: table('pod,host,cpu,memory,numaNodes', hostRows),
    vms: table('account,vm,host,cpu,memory,role', vmRows),
    accounts: table('account,vlan', accountRows),
  };
}

const SCENARIO = `podtwin: 1
name: inventory
duration: 1d
zones: [{ name: z1 }]
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
initial: { format: inventory-csv, file: hosts.csv, vms: vms.csv, accounts: accounts.csv }
`;

export function benchInventory(size: InventorySize = { hosts: 10_000, vms: 100_000, accounts: 3_000 }): InventoryBench {
  const texts = inventoryTexts(size);
  const files: Readonly<Record<string, string>> = {
    'scenario.yaml': SCENARIO,
    'hosts.csv': texts.hosts,
    'vms.csv': texts.vms,
    'accounts.csv': texts.accounts,
  };
  const { hosts, vms } = size;
  const rows: InventoryBenchRow[] = [];
  const measure = (name: InventoryBenchRow['case'], work: () => void): void => {
    rows.push({ case: name, hosts, vms, cpuSeconds: cpuSeconds(work) });
  };
  const table = (file: string) => ({ text: files[file]!, file });
  measure('read', () =>
    readInventoryCsv(texts.hosts, 'hosts.csv', { vms: table('vms.csv'), accounts: table('accounts.csv') }),
  );
  let scenario: LoadedScenario | undefined;
  measure('load', () => (scenario = loadScenario('scenario.yaml', { readFile: (path) => files[path]! })));
  measure('text', () => scenario!.scenarioText);
  return { bench: 'inventory', machine: machine(), seed: SEED, rows };
}
