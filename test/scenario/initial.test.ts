import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GIB, MIB } from '../../sim/base/units.js';
import type { InventoryReader } from '../../sim/scenario/inventory.js';
import { loadScenario } from '../../sim/scenario/loader.js';
import { readVmRescheduling } from '../../sim/traces/vm-rescheduling.js';
import { load, problemsOf, scenario } from './load.js';

const host = (node_id: string | number, status = 'ACTIVE') => ({
  node_id,
  status,
  numa: [0, 1].map((node) => ({ node, total_cpu: 4, memory_huge_total_mb: 8192 })),
});
const vm = (instance_id: string, host_id: string | number, nodes: number[]) => ({
  instance_id,
  host_id,
  numa: nodes.map((node) => ({ node, cpu: 2, mem_mb: 1024 })),
});
const MAPPING = JSON.stringify({
  cluster_list: [
    { cluster_name: 'east/1', host_info: [host('pm_0'), host(7, 'DOWN')], vm_instance: [vm('vm_0', 'pm_0', [1])] },
    { cluster_name: 2, host_info: [host('pm_0')], vm_instance: [vm('vm_1', 'pm_0', [0, 1])] },
  ],
});
const FILES = { 'data/m.json': MAPPING };
const INITIAL = 'initial: {format: vm-rescheduling, file: ./data/m.json}';

describe('initial', () => {
  it("adds the file's clusters as pods and its VMs where they run", () => {
    const { zones, initial } = load(scenario({ more: INITIAL }), {}, FILES);
    expect(zones[0]!.pods.map(({ name }) => name)).toEqual(['z1/p01', 'z1/p02', 'z1/east-1', 'z1/2']);
    const pod = zones[0]!.pods[2]!;
    const node = { cpuMillis: 4000, memoryBytes: 8 * GIB };
    expect(pod.hosts.map(({ name, inService, nodes, role }) => ({ name, inService, nodes, role }))).toEqual([
      { name: 'z1/east-1/pm_0', inService: true, nodes: [node, node], role: 'both' },
      { name: 'z1/east-1/7', inService: false, nodes: [node, node], role: 'both' },
    ]);
    expect(pod.storage.map(({ name, type }) => [name, type])).toEqual([['z1/east-1/s1', 'filer']]);
    expect(pod.podSwitches.map(({ name }) => name)).toEqual(['z1/east-1/a', 'z1/east-1/b']);
    expect(initial).toEqual({
      zone: 'z1',
      account: 'initial',
      lifetimeSeconds: null,
      vms: [
        { name: 'vm_0', host: 'z1/east-1/pm_0', cpuMillis: 2000, memoryBytes: 1024 * MIB, nodes: [1] },
        { name: 'vm_1', host: 'z1/2/pm_0', cpuMillis: 4000, memoryBytes: 2048 * MIB, nodes: [0, 1] },
      ],
    });
  });

  it('goes to the zone, account and storage that are named, with a lifetime, and lets that zone have no pods of its own', () => {
    const text = `podtwin: 1
name: t
duration: 1d
storageTypes: {fast: {capacity: 1 TiB}, slow: {capacity: 9 TiB}}
zones:
  - {name: z1, pods: [{name: p, hosts: [{}], storage: [{type: slow}]}]}
  - {name: z2}
offerings: {small: {cpu: 1 core, memory: 2 GiB}}
accounts: [{name: old, zone: z2}]
initial: {format: vm-rescheduling, file: data/m.json, zone: z2, account: old, storage: fast, lifetime: {exponential: {mean: 1d}}}`;
    const { zones, initial } = load(text, {}, FILES);
    expect(zones[1]!.pods.map(({ name, storage }) => [name, storage[0]!.type])).toEqual([
      ['z2/east-1', 'fast'],
      ['z2/2', 'fast'],
    ]);
    expect(initial).toMatchObject({
      zone: 'z2',
      account: 'old',
      lifetimeSeconds: { kind: 'exponential', mean: 86_400 },
    });
  });

  it('is wrong in the scenario: at its place there', () => {
    const more = (initial: string) => problemsOf(scenario({ more: `initial: ${initial}` }), {}, FILES);
    expect(more('{format: vmresched, file: data/m.json, zone: z2}')).toEqual([
      "f.yaml:13:19: initial.format: there is no reader for the format 'vmresched'; known: vm-rescheduling",
      "f.yaml:13:55: initial.zone: no zone 'z2' is declared; did you mean 'z1'?",
    ]);
    expect(more('{format: vm-rescheduling, file: ./n.json}')).toEqual([
      "f.yaml:13:42: 'n.json': there is no such file",
    ]);
    expect(more('{format: vm-rescheduling}')).toEqual([
      "f.yaml:13:10: initial: the file is missing; add e.g. 'file: ./mapping.json'",
    ]);
    const elsewhere = scenario({ more: INITIAL }).replace(
      'offerings:',
      '  - {name: z2, pods: [{name: p, hosts: [{}]}]}\naccounts: [{name: initial, zone: z2}]\nofferings:',
    );
    expect(problemsOf(elsewhere, {}, FILES)).toEqual([
      "f.yaml:15:10: initial: its account is of zone 'z2', its hosts are in zone 'z1'; let them be one",
    ]);
    const taken = scenario({ more: INITIAL }).replace('name: p, count: 2', 'name: east-1');
    expect(problemsOf(taken, {}, FILES)).toEqual([
      "f.yaml:7:5: zones.z1: a pod of the inventory is called 'east/1', as a pod of the zone is; call the pod otherwise in its file",
    ]);
  });

  it('is damaged in its file: at its place there, beside what is wrong in the scenario', () => {
    const files = { 'data/m.json': MAPPING.replace('"total_cpu":4', '"total_cpu":"four"') };
    const column = files['data/m.json'].indexOf('"four"') + 1;
    expect(problemsOf(scenario({ more: INITIAL, duration: '7' }), {}, files)).toEqual([
      expect.stringContaining('f.yaml:3:11: duration: 7 has no unit'),
      `data/m.json:1:${column}: cluster_list[0].host_info[0].numa[0].total_cpu: a number of at least 0 is expected here (found "four")`,
    ]);
  });

  it('is read once for a file and its variants', () => {
    let reads = 0;
    const counting: InventoryReader = (text, file) => {
      reads++;
      return readVmRescheduling(text, file);
    };
    const text = scenario({ more: `${INITIAL}\nvariants: {a: {seed: 2}, b: {seed: 3}}` });
    load(text, { readers: { 'vm-rescheduling': counting } }, FILES);
    expect(reads).toBe(1);
  });
});

const data = path.resolve('../shared/data/vmr2l');

describe.skipIf(!existsSync(data))('published mappings (skipped where ../shared/data is not there)', () => {
  it.each([
    ['small-r1.json', 40, 272],
    ['medium.json', 279, 2089],
    ['large-c2a.json', 412, 1923],
  ])('%s', (file, hosts, vms) => {
    const text = `podtwin: 1
name: t
duration: 1d
zones: [{name: z1}]
offerings: {small: {cpu: 1 core, memory: 2 GiB}}
initial: {format: vm-rescheduling, file: ${path.join(data, file)}}`;
    const loaded = loadScenario('f.yaml', {
      policies: ['first-fit'],
      readers: { 'vm-rescheduling': readVmRescheduling },
      readFile: (wanted) => (wanted === 'f.yaml' ? text : readFileSync(wanted, 'utf8')),
    });
    const names = loaded.zones[0]!.pods.flatMap((pod) => pod.hosts.map(({ name }) => name));
    expect(names).toHaveLength(hosts);
    expect(loaded.initial!.vms).toHaveLength(vms);
    expect(loaded.initial!.vms.every(({ host }) => names.includes(host))).toBe(true);
  });
});
