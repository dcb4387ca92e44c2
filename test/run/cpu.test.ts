/** Overprovisioning and CPU use, through a whole run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { violationsOf } from '../../sim/datacenter/checkers/registry.js';
import { snapshotOf } from '../../sim/datacenter/plant-snapshot.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { Simulation } from '../../sim/run/simulation.js';
import type { Sample, Summary } from '../../sim/store/types.js';
import { traceUse, type CpuUse } from '../../models/workload/cpu-use.js';
import { ROOT } from '../tidy/sources.js';

const HOUR = 3_600_000_000;

/** One host of one core for customers, another for routing appliances; all is quiet after the first hour. */
const SMALL = `
podtwin: 1
name: small
duration: 3h
warmUp: 1h
hostTypes: { one: { cpu: 1 core, memory: 8 GiB }, other: { cpu: 3 cores, memory: 8 GiB } }
zones:
  - name: z1
    pods: [{ name: p, hosts: [{ name: h, type: one, role: computing }, { name: r, type: other, role: routing }] }]
offerings: { one: { cpu: 1 core, memory: 3 GiB } }
accounts: [{ name: acme, vms: { one: 2 }, cpuUse: { constant: 80 % } }]
`;

async function run(set: string[] = [], text = SMALL): Promise<{ summary: Summary; samples: Sample[] }> {
  const samples: Sample[] = [];
  const recorder = {
    begin: () => {},
    transaction: () => {},
    sample: (one: Sample) => samples.push(one),
    finish: () => {},
  };
  const summary = await simulate(loadScenario('small.yaml', { readFile: () => text, set }), { recorder });
  return { summary, samples };
}

describe('two VMs at 80 % on a host of one core', () => {
  test('one is refused where the host is promised once', async () => {
    const { summary, samples } = await run();
    expect(summary.vms.refused).toEqual({ 'no-capacity': 1 });
    expect(summary.overprovision.cpu).toEqual({ factor: 1, meanRatio: 0.5, peakRatio: 0.5 });
    expect(summary.cpu).toMatchObject({
      shortCoreSeconds: 0,
      shortRatio: 0,
      hostTimeShortRatio: 0,
      vmTimeShortRatio: 0,
    });
    expect(summary.cpu!.demandCoreSeconds).toBeCloseTo(7200 * 0.8, 6);
    expect(samples.at(-1)).toMatchObject({ cpuMillisCapacity: 4000, cpuMillisPhysical: 4000, cpuMillisDemand: 800 });
  });

  test('both run where it is promised twice, and are short of 0.6 cores', async () => {
    const { summary, samples } = await run(['management.overprovision.cpu=2']);
    expect(summary.vms).toMatchObject({ refused: {}, started: 2 });
    // Two cores of VMs and one of the routing appliance, over four.
    expect(summary.overprovision.cpu).toEqual({ factor: 2, meanRatio: 0.75, peakRatio: 0.75 });
    const { cpu } = summary;
    expect(cpu!.demandCoreSeconds).toBeCloseTo(7200 * 1.6, 6);
    expect(cpu!.shortCoreSeconds).toBeCloseTo(7200 * 0.6, 6);
    expect(cpu).toMatchObject({ shortRatio: expect.closeTo(0.375, 12), hostTimeShortRatio: 0.5, vmTimeShortRatio: 1 });
    expect(cpu).toMatchObject({ meanDemandRatio: expect.closeTo(0.4, 12), meanUseRatio: expect.closeTo(0.25, 12) });
    expect(cpu).toMatchObject({
      peakDemandRatio: expect.closeTo(0.4, 12),
      peakHostDemandRatio: expect.closeTo(1.6, 12),
    });
    expect(samples.at(-1)).toMatchObject({
      ...{ cpuMillisUsed: 3000, cpuMillisCapacity: 8000, cpuMillisPhysical: 4000 },
      ...{ cpuMillisDemand: 1600, cpuMillisShort: 600, vmsShort: 2 },
    });
  });

  test('memory holds them back where it is not promised more often, and is promised so often and no more', async () => {
    const set = ['management.overprovision.cpu=4', 'accounts.acme.vms.one=3'];
    expect((await run(set)).summary.vms.refused).toEqual({ 'no-capacity': 1 });
    const { summary } = await run([...set, 'management.overprovision.memory=1.2']);
    expect(summary.vms.refused).toEqual({});
    expect(summary.overprovision.memory).toMatchObject({ factor: 1.2 });
    expect(summary.warnings.map(({ code }) => code)).toContain('memory-use-unknown');
  });
});

test('where nobody says what VMs use, nothing is known of it', async () => {
  const { summary, samples } = await run(['accounts.acme.cpuUse=none', 'management.overprovision.cpu=2']);
  expect(summary.cpu).toBeNull();
  expect(samples.at(-1)).toMatchObject({ cpuMillisDemand: null, cpuMillisShort: null, vmsShort: null });
  expect(summary.warnings.map(({ code }) => code)).toEqual(['cpu-use-unknown']);
});

test('where only some say it, the others are named in a warning', async () => {
  const text = SMALL.replace('accounts: [', 'accounts: [{ name: bolt, vms: { one: 1 } }, ');
  const { summary } = await run(['management.overprovision.cpu=3'], text);
  expect(summary.warnings).toEqual([
    expect.objectContaining({ code: 'cpu-use-in-part', message: expect.stringMatching(/^1 times a VM came up/) }),
  ]);
  expect(summary.cpu!.demandCoreSeconds).toBeLessThanOrEqual(7200 * 1.6 + 1e-6);
});

test('a VM with a trace of 288 pieces costs an event a piece and its pieces are exact', () => {
  const pieces = Array.from({ length: 288 }, (_, at) => (at % 2 === 0 ? 0.25 : 0.75));
  const trace = traceUse({ micros: pieces.map(() => HOUR / 12), ratios: pieces });
  const play = (given: boolean): { events: number; demand: number } => {
    const set = ['duration=2d', 'warmUp=0s', 'accounts.acme.vms.one=1'];
    const simulation = new Simulation(loadScenario('small.yaml', { readFile: () => SMALL, set }));
    const { cpu } = simulation.zones[0]!;
    if (given) cpu!.uses.give('acme', 'vm-0001', trace);
    simulation.advance(48 * HOUR);
    return { events: simulation.engine.events, demand: cpu!.contention.result(48 * HOUR).demandArea / 1e9 };
  };
  const constant = play(false);
  const traced = play(true);
  expect(traced.events - constant.events).toBe(287);
  // 24 h of pieces, of a mean of 0.5, then the last one.
  const seconds = constant.demand / 0.8;
  expect(traced.demand).toBeCloseTo(86_400 * 0.5 + (seconds - 86_400) * 0.75, 6);
});

describe('chance', () => {
  const BUSY = `
podtwin: 1
name: busy
duration: 2d
zones: [{ name: z1, pods: [{ name: p, count: 2, hosts: [{ name: h, count: 2 }] }] }]
offerings: { small: { cpu: 2 cores, memory: 2 GiB }, large: { cpu: 8 cores, memory: 8 GiB } }
accounts: [{ name: acme, vms: { small: 3 }, cpuUse: { curve: office-day, mean: { uniform: [10 %, 90 %] } } }]
workload:
  accounts: { initial: 8, arrivals: { poisson: 3 per d }, vms: { uniform: [1, 6] }, offerings: { small: 1, large: 1 } }
  vms: { lifetime: { exponential: { mean: 1d } }, arrivals: { poisson: 2 per d }, cpuUse: azure-2017 }
`;
  /** Of the last run. */
  let refused = 0;

  /** What each VM uses, by its customer and name. */
  function usesOf(set: string[], change = (text: string) => text): Map<string, CpuUse | null> {
    const found = new Map<string, CpuUse | null>();
    const accounts = new Map<number, string>();
    const simulation: Simulation = new Simulation(loadScenario('b.yaml', { readFile: () => change(BUSY), set }), {
      recorder: {
        transaction(lane, _number, tx) {
          if (lane !== 1) return;
          if (tx.kind === 'account') accounts.set(tx.account, tx.name);
          if (tx.kind === 'vm' && tx.role === 'user')
            found.set(`${accounts.get(tx.account)}/${tx.name}`, simulation.zones[0]!.cpu!.uses.of(tx.vm));
        },
      },
    });
    simulation.advance(48 * HOUR);
    refused = simulation.zones[0]!.counts.refusedFor('no-capacity');
    return found;
  }
  const base = usesOf([]);
  const refusedInBase = refused;

  function expectSame(other: Map<string, CpuUse | null>): void {
    const both = [...base.keys()].filter((name) => other.has(name));
    expect(both.length).toBeGreaterThan(20);
    for (const name of both) expect(other.get(name), name).toEqual(base.get(name));
  }

  test('gives every VM a use of its own', () => {
    expect([...base.values()].every((use) => use?.kind === 'curve')).toBe(true);
    expect(new Set([...base.values()].map((use) => use?.kind === 'curve' && use.mean)).size).toBe(base.size);
  });

  test('gives a VM the same use whatever the policy, the room and the other customers', () => {
    expectSame(usesOf(['policies.placement=random']));
    const roomy = usesOf(['management.overprovision.cpu=4', 'management.overprovision.memory=2']);
    expect([refusedInBase > 10, refused]).toEqual([true, 0]);
    expectSame(roomy);
    expectSame(usesOf([], (text) => text.replace('accounts: [', 'accounts: [{ name: extra, vms: { large: 2 } }, ')));
  });

  test('moves no digest: without traces nothing is scheduled for it', async () => {
    const file = join(ROOT, 'scenarios', 'quickstart.yaml');
    const summary = await simulate(loadScenario(file, { set: ['workload.vms.cpuUse=azure-2017'] }));
    const pins = JSON.parse(readFileSync(join(ROOT, 'test', 'golden', 'pinned-digests.json'), 'utf8')) as object;
    expect(pins).toMatchObject({ 'quickstart.yaml': summary.digest });
    expect(summary.cpu!.meanDemandRatio).toBeGreaterThan(0);
    expect(summary.cpu!.shortCoreSeconds).toBe(0);
  });

  test('and looking on moves no figure', async () => {
    const of = async (samples: string): Promise<Summary> =>
      simulate(
        loadScenario('b.yaml', { readFile: () => BUSY, set: [`samples=${samples}`, 'management.overprovision.cpu=3'] }),
      );
    expect((await of('5m')).cpu).toEqual((await of('1d')).cpu);
  });
});

test('VMs of an inventory use their CPU where their account says what, also on hosts out of service', async () => {
  const host = (node_id: string, status: string) => ({
    ...{ node_id, status },
    numa: [{ node: 0, total_cpu: 4, memory_huge_total_mb: 8192 }],
  });
  const vm = (instance_id: string, host_id: string) => ({
    instance_id,
    host_id,
    numa: [{ node: 0, cpu: 4, mem_mb: 1024 }],
  });
  const cluster = { cluster_name: 'c', host_info: [host('a', 'ACTIVE'), host('b', 'DOWN'), host('c', 'DOWN')] };
  const file = JSON.stringify({ cluster_list: [{ ...cluster, vm_instance: [vm('v', 'a'), vm('w', 'b')] }] });
  const text = `
podtwin: 1
name: found
duration: 2h
zones: [{ name: z1 }]
offerings: { one: { cpu: 1 core, memory: 3 GiB } }
initial: { format: vm-rescheduling, file: m.json }
accounts: [{ name: initial, cpuUse: { constant: 50 % } }]
`;
  const readFile = (path: string): string => (path === 'f.yaml' ? text : file);
  const { cpu } = await simulate(loadScenario('f.yaml', { readFile }));
  expect(cpu).toMatchObject({ demandCoreSeconds: 2 * 2 * 7200, meanDemandRatio: 0.5, vmTimeShortRatio: 0 });
});

test('a checker that knows nothing of the ledger finds what is promised too often', () => {
  const scenario = loadScenario('small.yaml', { readFile: () => SMALL, set: ['management.overprovision.cpu=2'] });
  const simulation = new Simulation(scenario);
  simulation.advance(HOUR);
  const { plant } = simulation.zones[0]!;
  const truth = snapshotOf(plant);
  expect(violationsOf(truth, 'at rest')).toEqual([]);
  expect(truth.hosts[0]!.nodes[0]).toMatchObject({ cpuMillis: 2000, physicalCpuMillis: 1000, usedCpuMillis: 2000 });
  expect(violationsOf({ ...truth, overprovision: { cpu: 1.9, memory: 1 } }, 'at rest')).toEqual([
    'overprovision: host 0: 2000 thousandths of a core held of 1000, more than 1.9 times that',
  ]);
  expect(violationsOf({ ...truth, overprovision: { cpu: 2, memory: 0.05 } }, 'at rest')).toHaveLength(2);
});
