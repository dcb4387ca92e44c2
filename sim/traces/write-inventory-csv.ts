/**
 * An inventory as the CSV that `inventory-csv` reads. Guarantees that what is read back is the same inventory, with names
 * made safe; what the tables cannot say (NUMA nodes of different sizes) is an InputError.
 */
import { InputError } from '../base/errors.js';
import { exactQuantity } from '../base/units.js';
import type { HostInventory, InventoryHost } from './inventory.js';

export interface InventoryCsv {
  hosts: string;
  vms: string;
  /** null: no customer has a VLAN ID, so that the table of VMs says everything. */
  accounts: string | null;
}

/** `account`: whom VMs belong to in formats that know no customers. */
export function writeInventoryCsv(inventory: HostInventory, account = 'initial'): InventoryCsv {
  const { clusters, vms, accounts = [] } = inventory;
  const hosts = clusters.flatMap(({ name: pod, hosts }) =>
    hosts.map((host) => [
      placeName(pod),
      placeName(host.name),
      ...sizeOf(host),
      host.role ?? 'both',
      host.inService ? 'yes' : 'no',
    ]),
  );
  const rows = vms.map(
    ({ name, account: owner = account, role = 'user', cluster, host, cpuMillis, memoryBytes, nodes }) => {
      const { name: pod, hosts } = clusters[cluster]!;
      const place = `${placeName(pod)}/${placeName(hosts[host]!.name)}`;
      const size = [exactQuantity('cpu', cpuMillis), exactQuantity('memory', memoryBytes)];
      return [owner, cell(name), place, ...size, nodes.join('+'), role];
    },
  );
  const known = accounts.filter(({ vlan }) => vlan !== null);
  return {
    hosts: table(['pod', 'host', 'cpu', 'memory', 'numaNodes', 'role', 'inService'], hosts),
    vms: table(['account', 'vm', 'host', 'cpu', 'memory', 'numa', 'role'], rows),
    accounts:
      known.length === 0
        ? null
        : table(
            ['account', 'vlan'],
            accounts.map(({ name, vlan }) => [name, vlan === null ? '' : String(vlan)]),
          ),
  };
}

function sizeOf({ name, nodes }: InventoryHost): string[] {
  const [first] = nodes;
  const equal = nodes.every(
    ({ cpuMillis, memoryBytes }) => cpuMillis === first!.cpuMillis && memoryBytes === first!.memoryBytes,
  );
  if (!equal)
    throw InputError.of(
      'trace-damaged',
      `host ${name} has NUMA nodes of different sizes, which the tables cannot say: name the file itself under initial`,
    );
  const whole = (of: 'cpuMillis' | 'memoryBytes'): number => first![of] * nodes.length;
  return [
    exactQuantity('cpu', whole('cpuMillis')),
    exactQuantity('memory', whole('memoryBytes')),
    String(nodes.length),
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => row.join(',')).join('\n') + '\n';
}

/** A slash parts pod and host. */
function placeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]/g, '-');
}

/** Names of VMs from outside may hold anything. */
function cell(text: string): string {
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
