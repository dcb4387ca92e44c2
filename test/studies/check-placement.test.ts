import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkPlacement } from '../../sim/studies/check-placement.js';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const folder = mkdtempSync(join(tmpdir(), 'podtwin-placement-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, document: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document));
  return file;
}

/** Rows of a CSV file by column name. */
function rowsOf(file: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])));
}

const host = (node_id: string, status = 'ACTIVE') => ({
  node_id,
  status,
  numa: [0, 1].map((node) => ({
    node,
    total_cpu: 44,
    free_cpu: 0,
    memory_huge_total_mb: 1000,
    memory_huge_free_mb: 0,
  })),
});
const vm = (instance_id: string, host_id: string, cpu: number, nodes: number[]) => ({
  instance_id,
  host_id,
  numa: nodes.map((node) => ({ node, cpu, mem_mb: 10 })),
  allow_migration: true,
});

test('a VM-rescheduling mapping: one case a cluster, and the whole', () => {
  const cluster = (cluster_name: string, host_info: unknown[], vm_instance: unknown[]) => ({
    cluster_name,
    host_info,
    vm_instance,
  });
  const file = written('mapping.json', {
    cluster_list: [
      // Free: 12 + 32 cores on the first host's nodes, 44 + 44 on the empty one; the one out of service is not counted.
      cluster(
        'a',
        [host('h1'), host('h2'), host('h3', 'OFFLINE')],
        [vm('v1', 'h1', 12, [0, 1]), vm('v2', 'h1', 20, [0])],
      ),
      cluster('b', [host('h4')], [vm('v3', 'h4', 44, [0, 1])]),
    ],
  });
  const a = { hosts: 3, vms: 2, freeCpus: 132, fragmentRate16: (12 + 12 + 12) / 132, slots16: 6, activeHosts: 1 };
  expect(checkPlacement(file)).toEqual({
    kind: 'placement',
    cases: [
      { case: 'a', ...a, lowerBoundHosts: 1 },
      {
        case: 'b',
        hosts: 1,
        vms: 1,
        freeCpus: 0,
        fragmentRate16: null,
        slots16: 0,
        activeHosts: 1,
        lowerBoundHosts: 1,
      },
    ],
    // 132 cores in all are asked for: two hosts at the least.
    summary: { ...a, hosts: 4, vms: 3, activeHosts: 2, lowerBoundHosts: 2 },
  });
});

test('a BalCon instance, and what is wrong with one', () => {
  const hosts = [
    { cpu: 20, mem: 100 },
    { cpu: 20, mem: 100 },
    { cpu: 20, mem: 100 },
  ];
  const vms = [
    { cpu: 2, mem: 60 },
    { cpu: 3, mem: 60 },
  ];
  expect(checkPlacement(written('balcon.json', { hosts, vms, mapping: [0, 2] })).summary).toEqual({
    hosts: 3,
    vms: 2,
    freeCpus: 55,
    fragmentRate16: 7 / 55,
    slots16: 3,
    activeHosts: 2,
    lowerBoundHosts: 2,
  });
  const wrong = (document: unknown, message: RegExp): void =>
    expect(() => checkPlacement(written('wrong.json', document))).toThrow(message);
  wrong({ hosts, vms, mapping: [0, 3] }, /wrong\.json:1:\d+: mapping\[1\]: the index of one of 3 hosts/);
  wrong({ hosts, vms, mapping: [0] }, /a host for each of 2 VMs/);
  wrong({ hosts, vms, mapping: [1, 1] }, /vms\[1\]\.mem: more memory than host 1 has left/);
  wrong({ hosts, vms: [{ cpu: 21, mem: 1 }], mapping: [0] }, /more cores than host 0/);
  wrong({ nothing: 1 }, /cluster_list: a list is expected/);
  wrong('{', /no JSON/);
  expect(() => checkPlacement(join(folder, 'absent.json'))).toThrow(/absent\.json:1:1: the mapping cannot be read/);
});

const absent = !existsSync(DATA);
const why = absent ? ' (skipped: no reference data beside the project)' : '';

test.skipIf(absent)(`published VM-rescheduling mappings${why}`, () => {
  for (const row of rowsOf(join(DATA, 'vmr2l/reference_initial.csv'))) {
    const { summary, cases } = checkPlacement(join(DATA, 'vmr2l', row.file!));
    const { hosts, vms, activeHosts, freeCpus, slots16, fragmentRate16 } = summary;
    expect({ file: row.file, hosts, vms, empty: hosts - activeHosts, freeCpus, slots16 }).toEqual({
      file: row.file,
      hosts: Number(row.n_pm),
      vms: Number(row.n_vm),
      empty: Number(row.empty_pm),
      freeCpus: Number(row.free_cpu),
      slots16: Number(row.slots16),
    });
    expect(Math.abs(fragmentRate16! - Number(row.FR16)), row.file).toBeLessThan(1e-9);
    expect(cases.reduce((sum, one) => sum + one.slots16, 0)).toBe(slots16);
  }
});

test.skipIf(absent)(`published BalCon instances${why}`, () => {
  for (const row of rowsOf(join(DATA, 'balcon/reference_policies.csv')).filter(({ policy }) => policy === 'balcon')) {
    const { hosts, vms, activeHosts, lowerBoundHosts } = checkPlacement(join(DATA, 'balcon', row.file!)).summary;
    expect({ file: row.file, hosts, vms, activeHosts, lowerBoundHosts }).toEqual({
      file: row.file,
      hosts: Number(row.n_hosts),
      vms: Number(row.n_vms),
      activeHosts: Number(row.active_initial),
      lowerBoundHosts: Number(row.lower_bound_hosts),
    });
  }
});
