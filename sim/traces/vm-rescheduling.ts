/**
 * Reader of VM-rescheduling mappings (ByteDance, "VMR2L"; github.com/bytedance/DRL-based-VM-Rescheduling): the hosts of
 * production clusters with their NUMA nodes, and the VMs that run on them.
 *
 * Guarantees: ids unique, every VM on a host that exists and on NUMA nodes that it has, in equal parts, and no node over
 * its capacity. Only totals and VMs are read: free capacity as stated in the files is wrong in places (memory of the
 * second node is a copy of the first's), so it follows from the VMs. Cores become thousandths of a core; the files' MB
 * are binary (a node's 184,388 MB hold VMs of 180,224 = 176 x 1024). A host whose status is not ACTIVE is not in service.
 */
import { MIB, MILLIS_PER_CORE } from '../base/units.js';
import { mostOf, tooMuch } from './amounts.js';
import { JsonReader } from './json-reader.js';

export interface VmRescheduling {
  clusters: { name: string; hosts: ReschedulingHost[] }[];
  /** In the order of the file: published greedy rules break ties by it. */
  vms: ReschedulingVm[];
}

export interface ReschedulingHost {
  name: string;
  inService: boolean;
  nodes: { cpuMillis: number; memoryBytes: number }[];
}

export interface ReschedulingVm {
  name: string;
  /** Indices into `clusters` and its hosts. */
  cluster: number;
  host: number;
  /** Of the whole VM: the sum over its NUMA nodes. */
  cpuMillis: number;
  memoryBytes: number;
  /** NUMA nodes of its host, ascending; with equal parts in each. */
  nodes: number[];
  mayMigrate: boolean;
}

/** Throws InputError with file, line, column and JSON path where the text is damaged. */
export function readVmRescheduling(text: string, file: string): VmRescheduling {
  const result: VmRescheduling = { clusters: [], vms: [] };
  const seen = { clusters: new Set<string>(), vms: new Set<string>() };
  for (const cluster of JsonReader.parse(text, file).get('cluster_list').items()) {
    const name = cluster.get('cluster_name');
    if (repeated(seen.clusters, name)) throw name.error('a cluster of this name stands further up');
    const hosts = new Hosts(cluster.get('host_info'));
    for (const vm of cluster.get('vm_instance').items()) {
      const id = vm.get('instance_id');
      if (repeated(seen.vms, id)) throw id.error('a VM of this id stands further up');
      result.vms.push({ name: id.id(), cluster: result.clusters.length, ...hosts.take(vm) });
    }
    result.clusters.push({ name: name.id(), hosts: hosts.list });
  }
  return result;
}

function repeated(seen: Set<string>, reader: JsonReader): boolean {
  const id = reader.id();
  if (seen.has(id)) return true;
  seen.add(id);
  return false;
}

/** The hosts of a cluster, and what their VMs leave free. */
class Hosts {
  readonly list: ReschedulingHost[] = [];
  private readonly indexById = new Map<string, number>();
  /** Per host: the file's number of each NUMA node, and what is free on it. */
  private readonly numbers: string[][] = [];
  private readonly free: { cpuMillis: number; memoryBytes: number }[][] = [];

  constructor(hostInfo: JsonReader) {
    for (const host of hostInfo.items()) {
      const id = host.get('node_id');
      if (this.indexById.has(id.id())) throw id.error('a host of this id stands further up');
      this.indexById.set(id.id(), this.list.length);
      const numa = host.get('numa').items();
      if (numa.length === 0) throw host.get('numa').error('a host has at least one NUMA node');
      const nodes = numa.map((node) => ({
        cpuMillis: node.get('total_cpu').amount('cpu', 0, MILLIS_PER_CORE),
        memoryBytes: node.get('memory_huge_total_mb').amount('memory', 0, MIB),
      }));
      // Of a VM over all of them too, then.
      for (const [kind, of] of [
        ['cpu', 'cpuMillis'],
        ['memory', 'memoryBytes'],
      ] as const) {
        const whole = nodes.reduce((sum, node) => sum + node[of], 0);
        if (whole > mostOf(kind)) throw host.get('numa').error(`the nodes' ${kind}: ${tooMuch(kind, 'the sum')}`);
      }
      this.numbers.push(numa.map((node) => node.get('node').id()));
      this.free.push(nodes.map((node) => ({ ...node })));
      this.list.push({ name: id.id(), inService: host.get('status').id().toUpperCase() === 'ACTIVE', nodes });
    }
  }

  /** Takes the VM's parts off its host. */
  take(vm: JsonReader): Omit<ReschedulingVm, 'name' | 'cluster'> {
    const hostId = vm.get('host_id');
    const host = this.indexById.get(hostId.id());
    if (host === undefined) throw hostId.error('the cluster has no host of this id');
    const parts = vm.get('numa').items();
    if (parts.length === 0) throw vm.get('numa').error('a VM sits in at least one NUMA node');
    const nodes = parts.map((part) => this.takePart(host, part, parts[0]!));
    if (new Set(nodes).size !== nodes.length) throw vm.get('numa').error('each NUMA node may be named once');
    return {
      host,
      cpuMillis: parts.length * parts[0]!.get('cpu').integer(1) * MILLIS_PER_CORE,
      memoryBytes: parts.length * parts[0]!.get('mem_mb').integer(1) * MIB,
      nodes: nodes.sort((a, b) => a - b),
      mayMigrate: !vm.has('allow_migration') || vm.get('allow_migration').flag(),
    };
  }

  private takePart(host: number, part: JsonReader, first: JsonReader): number {
    const number = part.get('node');
    const node = this.numbers[host]!.indexOf(number.id());
    if (node < 0) throw number.error(`host ${this.list[host]!.name} has no NUMA node of this number`);
    const [cpu, memory] = [part.get('cpu'), part.get('mem_mb')];
    if (cpu.integer(1) !== first.get('cpu').integer(1)) throw cpu.error('the parts of a VM are equal');
    if (memory.integer(1) !== first.get('mem_mb').integer(1)) throw memory.error('the parts of a VM are equal');
    const free = this.free[host]![node]!;
    free.cpuMillis -= cpu.amount('cpu', 1, MILLIS_PER_CORE);
    free.memoryBytes -= memory.amount('memory', 1, MIB);
    const where = `NUMA node ${number.id()} of host ${this.list[host]!.name}`;
    if (free.cpuMillis < 0) throw cpu.error(`more cores than ${where} has left`);
    if (free.memoryBytes < 0) throw memory.error(`more memory than ${where} has left`);
    return node;
  }
}
