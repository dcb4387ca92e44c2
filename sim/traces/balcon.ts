/**
 * Reader of BalCon consolidation instances (github.com/andreigudkov/BalCon): hosts without NUMA nodes, and the VMs on
 * them. Guarantees that every VM has a host that exists and that no host is over its capacity. Cores become thousandths
 * of a core; the files' MB are binary (their TiB are MB / 1024 / 1024).
 */
import { MIB, MILLIS_PER_CORE } from '../base/units.js';
import type { HostInventory } from './inventory.js';
import { JsonReader } from './json-reader.js';

export interface BalconInstance {
  hosts: { cpuMillis: number; memoryBytes: number }[];
  /** In the order of the file; `host` is an index into `hosts`. */
  vms: { cpuMillis: number; memoryBytes: number; host: number }[];
}

/** Whether the text reads as such an instance rather than as another kind of mapping. */
export function looksLikeBalcon(text: string, file: string): boolean {
  return JsonReader.parse(text, file).has('mapping');
}

/** Throws InputError with file, line, column and JSON path where the text is damaged. */
export function readBalcon(text: string, file: string): BalconInstance {
  const document = JsonReader.parse(text, file);
  const hosts = document.get('hosts').items().map(amounts);
  const free = hosts.map((host) => ({ ...host }));
  const mapping = document.get('mapping').items();
  const items = document.get('vms').items();
  if (mapping.length !== items.length) throw document.get('mapping').error(`a host for each of ${items.length} VMs`);
  const vms = items.map((item, at) => {
    const vm = { ...amounts(item), host: mapping[at]!.integer(0) };
    const left = free[vm.host];
    if (left === undefined) throw mapping[at]!.error(`the index of one of ${hosts.length} hosts is expected here`);
    left.cpuMillis -= vm.cpuMillis;
    left.memoryBytes -= vm.memoryBytes;
    if (left.cpuMillis < 0) throw item.get('cpu').error(`more cores than host ${vm.host} has left`);
    if (left.memoryBytes < 0) throw item.get('mem').error(`more memory than host ${vm.host} has left`);
    return vm;
  });
  return { hosts, vms };
}

/** As the start of a run: one pod of hosts without NUMA nodes; hosts and VMs are numbered in the order of the file. */
export function readBalconInventory(text: string, file: string): HostInventory {
  const { hosts, vms } = readBalcon(text, file);
  const name = (prefix: string, at: number, of: readonly unknown[]): string =>
    prefix + String(at + 1).padStart(String(of.length).length, '0');
  return {
    clusters: [
      {
        name: 'pod',
        hosts: hosts.map((host, at) => ({ name: name('h', at, hosts), inService: true, nodes: [host] })),
      },
    ],
    vms: vms.map((vm, at) => ({ name: name('vm-', at, vms), cluster: 0, ...vm, nodes: [0] })),
  };
}

function amounts(of: JsonReader): { cpuMillis: number; memoryBytes: number } {
  return {
    cpuMillis: of.get('cpu').amount('cpu', 1, MILLIS_PER_CORE),
    memoryBytes: of.get('mem').amount('memory', 1, MIB),
  };
}
