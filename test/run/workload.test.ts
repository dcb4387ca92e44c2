/** What customers ask for in a run, and when, is what the scenario says: held against the published figures. */
import { describe, expect, test } from 'vitest';
import { ARRIVAL_CURVES, ArrivalRate } from '../../models/workload/arrival-curves.js';
import { AZURE_VMS_PER_CUSTOMER_AND_SECOND } from '../../models/workload/azure-arrivals.js';
import { AZURE_DEPLOYMENTS } from '../../models/workload/azure-deployments.js';
import { AZURE_LIFETIMES } from '../../models/workload/azure-lifetimes.js';
import { azureSizes } from '../../models/workload/azure-sizes.js';
import type { Transaction } from '../../sim/control/history.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { Simulation } from '../../sim/run/simulation.js';
import { AZURE, CURVES } from '../../sim/scenario/schema/arrivals.js';
import { chiSquare, chiSquareBound, ksBound } from '../models/workload/sampling.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Room for everybody, and everything done at once. */
const scenario = (workload: string, duration = '12h') => `
podtwin: 1
name: w
duration: ${duration}
record: summary
hostTypes: { vast: { cpu: 100000 cores, memory: 900 TiB } }
storageTypes: { vast: { capacity: 8000 TiB } }
switchTypes: { tor: { vlans: 4094, virtualPorts: 16000 } }
zones:
  - name: z1
    network: { vlans: [2-4094], publicAddresses: [198.18.0.0/15] }
    # A pod switch as of the zone: more customers than the preset one has VLANs for are in this pod.
    pods: [{ name: p, hosts: [{ name: h, type: vast }], storage: [{ type: vast }], podSwitch: { type: core } }]
offerings: { small: { cpu: 1 core, memory: 1 GiB } }
durations: { boot: 0 s, shutdown: 0 s, diskCreate: 0 s }
workload: ${workload}
`;

type Of<Kind extends Transaction['kind']> = Extract<Transaction, { kind: Kind }>;

interface Asked {
  vm: Of<'vm'>;
  running: number | null;
  stopping: number | null;
}

/** What became of every VM of a customer, in seconds. */
function play(text: string): Asked[] {
  const loaded = loadScenario('w.yaml', { readFile: () => text });
  const asked = new Map<number, Asked>();
  const simulation = new Simulation(loaded, {
    recorder: {
      transaction(lane, _number, tx) {
        if (lane === 0) return;
        if (tx.kind === 'vm' && tx.role === 'user') asked.set(tx.vm, { vm: tx, running: null, stopping: null });
        const one = tx.kind === 'vm-state' && asked.get(tx.vm);
        if (one && tx.event === 'started') one.running = tx.at / 1e6;
        if (one && tx.event === 'stop') one.stopping = tx.at / 1e6;
      },
    },
  });
  simulation.advance(loaded.durationMicros);
  return [...asked.values()];
}

function within(values: readonly number[], cumulative: (value: number) => number, points: readonly number[]): void {
  for (const point of points) {
    const share = values.filter((value) => value <= point).length / values.length;
    expect(Math.abs(share - cumulative(point)), `up to ${point}`).toBeLessThan(ksBound(values.length));
  }
}

describe.each([2017, 2019] as const)('customers of %i', (year) => {
  const all = `{accounts: {initial: 1500, vms: azure-${year}-deployments, sizes: azure-${year}}, vms: {lifetime: azure-${year}}}`;
  const asked = play(scenario(all));

  test('start as many VMs on arrival as the published deployments have', () => {
    const counts = new Map<number, number>();
    for (const { vm } of asked) counts.set(vm.account, (counts.get(vm.account) ?? 0) + 1);
    expect(counts.size).toBe(1500);
    within([...counts.values()], (vms) => AZURE_DEPLOYMENTS[year].cumulative(vms), [1, 2, 3, 6, 10, 20, 50, 200]);
  });

  test('of the published sizes, with a disk and without an offering', () => {
    const sizes = azureSizes(year);
    const counts = sizes.map(
      ({ size }) =>
        asked.filter(({ vm }) => vm.cpuMillis === size.cpuMillis && vm.memoryBytes === size.memoryBytes).length,
    );
    expect(counts.reduce((a, b) => a + b)).toBe(asked.length);
    const expected = sizes.map(({ share }) => share * asked.length);
    expect(chiSquare(counts, expected)).toBeLessThan(chiSquareBound(sizes.length - 1));
    expect(asked.every(({ vm }) => vm.offering === null && vm.diskBytes === sizes[0]!.size.diskBytes)).toBe(true);
  });

  test('that live as long as published', () => {
    expect(asked.every(({ running }) => running !== null)).toBe(true);
    // Those that run at the end are longer-lived than any point before.
    const lives = asked.map(({ running, stopping }) => (stopping === null ? Infinity : stopping - running!));
    const hours = [0.5, 1, 2, 4, 6, 8, 10, 11.9];
    within(
      lives,
      (seconds) => AZURE_LIFETIMES[year].cumulative(seconds),
      hours.map((one) => one * HOUR),
    );
  });
});

test('where nothing is said, all is of 2019', async () => {
  const written =
    '{accounts: {initial: 40, vms: azure-2019-deployments, sizes: azure-2019}, vms: {lifetime: azure-2019}}';
  const digest = async (workload: string) =>
    (await simulate(loadScenario('w.yaml', { readFile: () => scenario(workload) }))).digest;
  expect(await digest('{accounts: {initial: 40}}')).toBe(await digest(written));
});

test('the names that files may use are those of the models', () => {
  expect([...CURVES]).toEqual(Object.keys(ARRIVAL_CURVES));
  expect(AZURE.map((name) => name.slice(-4))).toEqual(Object.keys(AZURE_LIFETIMES));
});

/** Times at which VMs were asked for, without those on arrival at 0. */
function arrivalsOf(workload: string, duration: string): number[] {
  return play(scenario(workload, duration)).flatMap(({ vm }) => (vm.at > HOUR * 1e4 ? [vm.at / 1e6] : []));
}

describe('further VMs', () => {
  const week = (curve: string, poisson = 'poisson: 12 per d, ', growth = '') =>
    `{accounts: {initial: 40, vms: 1}, vms: {lifetime: 1 min, arrivals: {${poisson}curve: ${curve}${growth}}}}`;

  test.each([
    ['office-day', ARRIVAL_CURVES['office-day'], 0],
    ['office-week', ARRIVAL_CURVES['office-week'], 0],
    ['office-week', ARRIVAL_CURVES['office-week'], Math.log1p(0.5) / (7 * DAY)],
    [
      '{points: [[0 h, 1], [12h, 5]], period: 1d}',
      ...([
        {
          periodSeconds: DAY,
          points: [
            { seconds: 0, relative: 1 },
            { seconds: 12 * HOUR, relative: 5 },
          ],
        },
        0,
      ] as const),
    ],
  ] as const)(
    'along %s come by the hour as the integral says (chi-square, level 0.001)',
    (name, curve, growthPerSecond) => {
      const text = week(name, undefined, growthPerSecond > 0 ? ', growth: 50 % per 7d' : '');
      const times = arrivalsOf(text, '7d');
      const rate = new ArrivalRate({ perSecond: (40 * 12) / DAY, curve, growthPerSecond });
      const pieces = 56;
      const length = (7 * DAY) / pieces;
      const counts = Array.from({ length: pieces }, () => 0);
      for (const time of times) counts[Math.min(pieces - 1, Math.floor(time / length))]!++;
      const expected = counts.map((_, at) => rate.expected((at + 1) * length) - rate.expected(at * length));
      expect(chiSquare(counts, expected)).toBeLessThan(chiSquareBound(pieces));
    },
  );

  /** The mean of a Poisson count, 3.3 deviations to either side. */
  const close = (count: number, mean: number, spread = 1): void =>
    expect(Math.abs(count - mean)).toBeLessThan(3.3 * spread * Math.sqrt(mean));

  test("at Azure's rate are 13.4 a day and customer, more in office hours; in groups as many, several at once", () => {
    const mean = 40 * 7 * DAY * AZURE_VMS_PER_CUSTOMER_AND_SECOND[2019];
    const text = (arrivals: string) =>
      `{accounts: {initial: 40, vms: 1}, vms: {lifetime: 1 min, arrivals: ${arrivals}}}`;
    const single = arrivalsOf(text('{}'), '7d');
    close(single.length, mean);
    expect(single.filter((time) => time > 5 * DAY).length / single.length).toBeLessThan(0.2);
    const inThrees = arrivalsOf(text('{group: 3}'), '7d');
    close(inThrees.length, mean, Math.sqrt(3));
    expect(new Set(inThrees).size).toBe(inThrees.length / 3);
    const deployed = arrivalsOf(text('{group: azure-2019-deployments}'), '7d');
    const groups = new Set(deployed).size;
    close(groups, mean / AZURE_DEPLOYMENTS[2019].mean);
    const sizes = [...new Set(deployed)].map((time) => deployed.filter((other) => other === time).length);
    within(sizes, (vms) => AZURE_DEPLOYMENTS[2019].cumulative(vms), [1, 2, 4, 10, 30]);
  });
});

test('customers come along a curve, ever more', () => {
  const text = scenario(
    '{accounts: {arrivals: {poisson: 100 per d, curve: office-day, growth: 20 % per d}, vms: 1}, vms: {lifetime: 1 min}}',
    '4d',
  );
  const times = play(text).map(({ vm }) => vm.at / 1e6);
  const curve = ARRIVAL_CURVES['office-day'];
  const rate = new ArrivalRate({ perSecond: 100 / DAY, curve, growthPerSecond: Math.log1p(0.2) / DAY });
  const counts = Array.from(
    { length: 16 },
    (_, at) => times.filter((time) => Math.floor(time / (6 * HOUR)) === at).length,
  );
  const expected = counts.map((_, at) => rate.expected((at + 1) * 6 * HOUR) - rate.expected(at * 6 * HOUR));
  expect(chiSquare(counts, expected)).toBeLessThan(chiSquareBound(16));
  expect(times.filter((time) => time > 3 * DAY).length).toBeGreaterThan(
    1.3 * times.filter((time) => time < DAY).length,
  );
});

test('sizes that no host could hold are warned of, with their share', async () => {
  const text = scenario('{accounts: {initial: 2}}', '1h').replace(
    'cpu: 100000 cores, memory: 900 TiB',
    'cpu: 16 cores, memory: 32 GiB',
  );
  const summary = await simulate(loadScenario('w.yaml', { readFile: () => text }));
  const [warning] = summary.warnings.filter(({ code }) => code === 'size-fits-no-host');
  // 32 GiB and more: 28.9, 6.4 and 3.5 of 99.8.
  expect(warning!.message).toMatch(/^38\.9 % of the VMs that customers of zone z1 ask for \(azure-2019\) fit none/);
  const wide = await simulate(loadScenario('w.yaml', { readFile: () => scenario('{accounts: {initial: 2}}', '1h') }));
  expect(wide.warnings).toEqual([]);
});
