import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../sim/base/errors.js';
import { GIB, MIB } from '../../sim/base/units.js';
import { readVmRescheduling, type VmRescheduling } from '../../sim/traces/vm-rescheduling.js';

const HOST = {
  node_id: 'pm_0',
  status: 'ACTIVE',
  numa: [
    { node: 0, total_cpu: 8, free_cpu: 0, memory_huge_total_mb: 16384, memory_huge_free_mb: 7 },
    { node: 1, total_cpu: 8, free_cpu: 0, memory_huge_total_mb: 16384, memory_huge_free_mb: 7 },
  ],
};
const VM = { instance_id: 'vm_0', host_id: 'pm_0', numa: [{ node: 1, cpu: 4, mem_mb: 8192 }], allow_migration: true };

function mapping(changes: { hosts?: unknown[]; vms?: unknown[] } = {}): string {
  const cluster = { cluster_name: 'c1', host_info: changes.hosts ?? [HOST], vm_instance: changes.vms ?? [VM] };
  return JSON.stringify({ cluster_list: [cluster] }, null, 1);
}

function problemOf(text: string): string {
  try {
    readVmRescheduling(text, 'm.json');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error('accepted');
}

describe('vm-rescheduling mappings', () => {
  it('reads hosts with their NUMA nodes and VMs with theirs; MB are binary', () => {
    const { clusters, vms } = readVmRescheduling(mapping(), 'm.json');
    const node = { cpuMillis: 8000, memoryBytes: 16 * GIB };
    expect(clusters).toEqual([{ name: 'c1', hosts: [{ name: 'pm_0', inService: true, nodes: [node, node] }] }]);
    expect(vms).toEqual([
      { name: 'vm_0', cluster: 0, host: 0, cpuMillis: 4000, memoryBytes: 8192 * MIB, nodes: [1], mayMigrate: true },
    ]);
  });

  it('sums the equal parts of a VM in two NUMA nodes, in whatever order the file names them', () => {
    const numa = [1, 0].map((node) => ({ node, cpu: 3, mem_mb: 1000 }));
    const { vms } = readVmRescheduling(mapping({ vms: [{ ...VM, numa, allow_migration: false }] }), 'm.json');
    expect(vms[0]).toMatchObject({ cpuMillis: 6000, memoryBytes: 2000 * MIB, nodes: [0, 1], mayMigrate: false });
  });

  it('takes ids as numbers and as strings for the same thing, and keeps inactive hosts out of service', () => {
    const hosts = [{ ...HOST, node_id: 7, status: 'INACTIVE' }];
    const vms = [{ ...VM, instance_id: 3, host_id: '7', numa: [{ node: '1', cpu: 1, mem_mb: 1 }] }];
    const read = readVmRescheduling(mapping({ hosts, vms }), 'm.json');
    expect(read.clusters[0]!.hosts[0]).toMatchObject({ name: '7', inService: false });
    expect(read.vms[0]).toMatchObject({ name: '3', host: 0, nodes: [1] });
  });

  it('does not believe stated free capacity: the second VM does not fit beside the first', () => {
    const vms = ['vm_0', 'vm_1', 'vm_2'].map((instance_id) => ({ ...VM, instance_id }));
    expect(problemOf(mapping({ vms }))).toBe(
      'm.json:58:15: cluster_list[0].vm_instance[2].numa[0].cpu: more cores than NUMA node 1 of host pm_0 has left (found 4)',
    );
  });

  it.each<[string, { hosts?: unknown[]; vms?: unknown[] }, string]>([
    [
      'unknown host',
      { vms: [{ ...VM, host_id: 'pm_9' }] },
      'vm_instance[0].host_id: the cluster has no host of this id',
    ],
    [
      'no node list',
      { vms: [{ ...VM, numa: undefined }] },
      'vm_instance[0].numa: a list is expected here (found nothing)',
    ],
    ['no nodes', { hosts: [{ ...HOST, numa: [] }], vms: [] }, 'host_info[0].numa: a host has at least one NUMA node'],
    [
      'text for number',
      { hosts: [{ ...HOST, numa: [{ ...HOST.numa[0], total_cpu: '8' }] }] },
      'numa[0].total_cpu: a num',
    ],
    [
      'half a core',
      { vms: [{ ...VM, numa: [{ node: 0, cpu: 0.5, mem_mb: 1 }] }] },
      'numa[0].cpu: a number of at least 1',
    ],
    ['parts of a core', { vms: [{ ...VM, numa: [{ node: 0, cpu: 1.5, mem_mb: 1 }] }] }, 'numa[0].cpu: a whole number'],
    [
      'unequal parts',
      { vms: [{ ...VM, numa: [0, 1].map((node) => ({ node, cpu: 1 + node, mem_mb: 1 })) }] },
      'numa[1].cpu: the parts of a VM are equal (found 2)',
    ],
    ['same node twice', { vms: [{ ...VM, numa: [VM.numa[0], VM.numa[0]] }] }, 'numa: each NUMA node may be named once'],
    [
      'no such node',
      { vms: [{ ...VM, numa: [{ node: 2, cpu: 1, mem_mb: 1 }] }] },
      'pm_0 has no NUMA node of this number',
    ],
    ['host twice', { hosts: [HOST, HOST] }, 'host_info[1].node_id: a host of this id stands further up'],
    ['VM twice', { vms: [VM, VM] }, 'vm_instance[1].instance_id: a VM of this id stands further up'],
    ['memory', { vms: [{ ...VM, numa: [{ node: 0, cpu: 1, mem_mb: 16385 }] }] }, 'more memory than NUMA node 0'],
  ])('refuses damage: %s', (_, changes, message) => {
    const problem = problemOf(mapping(changes));
    expect(problem).toContain(message);
    expect(problem).toMatch(/^m\.json:\d+:\d+: cluster_list\[0\]/);
  });

  it.each([
    ['{"a": [\n  }', '2:3', "'}'"],
    ['{"a": [', '1:8', 'the end of the file'],
    ['{"a": [1, 2}', '1:12', "'}'"],
    ['{"a": [1,\n 2,]}', '2:4', "']'"],
    ['{"a" 1}', '1:6', "'1'"],
    ['{a: 1}', '1:2', "'a'"],
    ['{"a": 1} x', '1:10', "'x'"],
    ['{"a": 01}', '1:7', "'0'"],
    ['{"a": "b\nc"}', '1:7', `'"'`],
    ['{"a": nul}', '1:7', "'n'"],
  ])('names the place where %j stops being JSON', (text, place, found) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(problemOf(text)).toBe(`m.json:${place}: this is no JSON: ${found} is unexpected here`);
  });

  it('refuses what is no mapping, at the place where it stops being any', () => {
    expect(problemOf('')).toBe('m.json:1:1: the file is empty');
    expect(problemOf('[]')).toBe('m.json:1:1: the document: a map is expected here (found [])');
    expect(problemOf('{"cluster_list": {}}')).toBe('m.json:1:18: cluster_list: a list is expected here (found {})');
  });
});

const data = path.resolve('../shared/data/vmr2l');
const reference = path.join(data, 'reference_initial.csv');

describe.skipIf(!existsSync(reference))('published mappings (skipped where ../shared/data is not there)', () => {
  const rows = existsSync(reference) ? readFileSync(reference, 'utf8').trim().split('\n').slice(1) : [];
  it.each(rows.map((row) => row.split(',')))('%s', (file, hosts, vms, empty, freeCpu, slots16) => {
    const mapping = readVmRescheduling(readFileSync(path.join(data, file!), 'utf8'), file!);
    expect(figures(mapping)).toEqual({
      hosts: Number(hosts),
      vms: Number(vms),
      empty: Number(empty),
      freeCpu: Number(freeCpu),
      slots16: Number(slots16),
    });
  });
});

/** Counted from the reader's answer alone, as the data's README defines them. */
function figures({ clusters, vms }: VmRescheduling): Record<string, number> {
  const free = clusters.map(({ hosts }) => hosts.map(({ nodes }) => nodes.map(({ cpuMillis }) => cpuMillis / 1000)));
  for (const { cluster, host, nodes, cpuMillis } of vms)
    for (const node of nodes) free[cluster]![host]![node]! -= cpuMillis / 1000 / nodes.length;
  const perHost = free.flat();
  const perNode = perHost.flat();
  return {
    hosts: perHost.length,
    vms: vms.length,
    empty: perHost.filter((nodes) => nodes.every((cores) => cores === 44)).length,
    freeCpu: perNode.reduce((sum, cores) => sum + cores, 0),
    slots16: perNode.reduce((sum, cores) => sum + Math.floor(cores / 16), 0),
  };
}
