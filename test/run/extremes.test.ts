/** Values that are odd but legal: what lies beyond the end never happens, and nothing of it is a bug. */
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { validateScenario } from '../../sim/run/load.js';

const BASE = `
podtwin: 1
name: t
duration: 1h
zones: [{ name: z1, pods: [{ name: p, count: 2, hosts: [{ name: h, count: 2 }] }] }]
offerings: { small: { cpu: 1 core, memory: 2 GiB, disk: 20 GiB } }
workload: { accounts: { initial: 3, vms: 2, offerings: { small: 1 } }, vms: { lifetime: 10 min, arrivals: { poisson: 6 per h } } }
`;

const run = (set: string[], text = BASE) => simulate(loadScenario('t.yaml', { set, readFile: () => text }));
const problems = (set: string[], text = BASE) =>
  validateScenario('t.yaml', { set, readFile: () => text }).problems.map(({ message }) => message);

describe('times beyond the end of time', () => {
  test.each([
    'workload.vms.lifetime={weibull: {scale: 1d, shape: 0.01}}',
    'workload.vms.lifetime={lognormal: {median: 1h, sigma: 1000}}',
    'workload.vms.lifetime={exponential: {mean: 36500 d}}',
    'durations.boot={weibull: {scale: 1 s, shape: 0.001}}',
    'durations.shutdown={lognormal: {median: 1 s, sigma: 1000}}',
    'durations.diskCreate={lognormal: {median: 1 s, sigma: 1000}}',
    'durations.templateCopy=1e-6 Bps',
    'management.collectAfter=36500 d',
    'management.commands={timeout: 36500 d, retry: 36500 d}',
    'workload.vms.arrivals.poisson=1e-300 per y',
    'workload.vms.arrivals={poisson: 1e-300 per y, curve: office-week}',
    'workload.vms.arrivals={poisson: 1e-300 per y, curve: office-week, growth: 1 % per d}',
    'workload.vms.arrivals={curve: office-day, growth: 1e-12 % per 36500 d}',
    'workload.vms.arrivals={curve: {points: [[0 h, 1]], period: 1 min}, growth: 10 % per h}',
    'workload.vms.arrivals={poisson: 6 per h, curve: {points: [[0 h, 0], [1 us, 1]], period: 36500 d}}',
    'faults={delay: 1, delayBy: 36500 d}',
  ])('%s', async (set) => {
    const { events, vms } = await run([set]);
    expect(events).toBeGreaterThan(10);
    expect(vms.requested).toBeGreaterThanOrEqual(6);
  });

  test('a century is the most, and a run may last it', async () => {
    expect(problems(['duration=40000 d'])).toEqual([
      "--set duration=40000 d: duration: '40000 d' is more than podtwin can simulate; write 36500 d at most",
    ]);
    const century = ['duration=36500 d', 'samples=36500 d', 'workload.vms.arrivals.poisson=1 per y'];
    expect((await run(century)).vms.requested).toBeGreaterThan(200);
  });
});

describe('too much of something is told, not tried:', () => {
  test.each([
    ['workload.accounts.arrivals.poisson=1e15 per s', /more than podtwin can simulate; write 1000000 per s at most/],
    ['workload.vms.arrivals={growth: 900 % per s}', /more than 1000000 would come a second/],
    ['workload.accounts.vms=1000000000', /write a number from 0 to 100000/],
    ['management.commands={timeout: 1 us}', /write 1 s or more/],
    ['management.commands={retry: 1 ms}', /write 1 s or more/],
    ['management.latency=6 min', /a message takes 6 min each way, commands.timeout is 10 min/],
    ['workload.vms.lifetime={lognormal: {mean: 1h, sigma: 40}}', /leaves no median above 0/],
    ['name=a'.padEnd(400, 'b'), /at most 100 of them/],
    ['offerings.small.disk=200 TiB', /no storage server can hold this disk: the largest has 40 TiB/],
    ['accounts=[{name: customer-0001, zone: z1}]', /the workload's customers are called so/],
  ])('%s', (set, message) => {
    expect(problems([set]).join('\n')).toMatch(message);
  });

  test('a heavy tail of VMs a customer is cut', async () => {
    const set = [
      'workload.accounts.vms={weibull: {scale: 2, shape: 0.01}}',
      'workload.accounts.initial=1',
      'duration=1 s',
    ];
    expect((await run(set)).vms.requested).toBeLessThanOrEqual(100_000);
  });
});

test('events after the end are warned of', async () => {
  const set = ['accounts=[{name: acme, zone: z1}]', 'events=[{at: 2h, start: {account: acme, offering: small}}]'];
  expect((await run(set)).warnings.map(({ code }) => code)).toEqual(['events-after-end']);
});

test('a customer whose inventory has VMs of the names that he would give goes on counting', async () => {
  const host = { node_id: 'h', status: 'ACTIVE', numa: [{ node: 0, total_cpu: 16, memory_huge_total_mb: 65536 }] };
  const vm = { instance_id: 'vm-0001', host_id: 'h', numa: [{ node: 0, cpu: 1, mem_mb: 1024 }] };
  const mapping = { cluster_list: [{ cluster_name: 'c', host_info: [host], vm_instance: [vm] }] };
  const text = `
podtwin: 1
name: t
duration: 1h
zones: [{ name: z1 }]
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
initial: { format: vm-rescheduling, data: '${JSON.stringify(mapping)}' }
events:
  - { at: 1 min, start: { account: initial, offering: small } }
  - { at: 10 min, stop: { account: initial, vm: vm-0001 } }
`;
  const { vms } = await run([], text);
  expect(vms).toMatchObject({ requested: 1, started: 1, stopped: 1, runningAtEnd: 1, refused: {} });
});

test('hosts and clusters of a file whose names are written alike are told', () => {
  const host = (node_id: string) => ({
    ...{ node_id, status: 'ACTIVE', numa: [{ node: 0, total_cpu: 16, memory_huge_total_mb: 65536 }] },
  });
  const cluster = (cluster_name: string) => ({ cluster_name, host_info: [host('h.1'), host('h-1')], vm_instance: [] });
  const text = `
podtwin: 1
name: t
duration: 1h
zones: [{ name: z1 }]
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
initial: { format: vm-rescheduling, data: '${JSON.stringify({ cluster_list: [cluster('c.1'), cluster('c-1')] })}' }
`;
  const told = problems([], text);
  expect(told).toContainEqual(expect.stringMatching(/clusters 'c\.1' and 'c-1', which would both be named 'c-1'/));
  expect(told).toContainEqual(expect.stringMatching(/hosts 'h\.1' and 'h-1', which would both be named 'h-1'/));
});

test('names of prototypes are no keys', () => {
  expect(problems(['zones.z1.network.__proto__={vlans: [7]}'])).toEqual([
    "--set zones.z1.network.__proto__={vlans: [7]}: '__proto__' is no key of a scenario",
  ]);
});

test('a misspelt key without a value is told', () => {
  expect(problems([], `${BASE}\nacounts:\n`)).toEqual([expect.stringMatching(/unknown key 'acounts'.*'accounts'/)]);
  expect(problems([], BASE.replace('memory: 2 GiB', 'memory: 2, 000 GiB'))).toHaveLength(2);
});

test('a quarter of a million mistakes are told', () => {
  const text = `${BASE}\nevents:\n${'  - { at: 1 sx }\n'.repeat(125_000)}`;
  expect(problems([], text)).toHaveLength(250_000);
});
