/** Bills of simulated runs: held against the plane's history, and against what is recorded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Transaction } from '../../sim/control/history.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { openRun } from '../../sim/store/open-run.js';
import { openDatabase } from '../../sim/store/sqlite.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import type { BillLine, Recorder, Summary } from '../../sim/store/types.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { ROOT } from '../tidy/sources.js';

const scenarioFile = (...path: string[]): string => join(ROOT, 'scenarios', ...path);
const PRICES = ['small=0.012', 'medium=0.0243', 'large=0.0967'].map(
  (price) => `offerings.${price.replace('=', '.perHour=')}`,
);
const ALL = [...PRICES, 'offerings.router.perHour=0.005', 'prices.chargeRouters=true', 'prices.perAddressHour=0.005'];

async function billed(
  file: string,
  set: string[],
): Promise<{ summary: Summary; history: Transaction[]; bills: BillLine[] }> {
  const history: Transaction[] = [];
  const bills: BillLine[] = [];
  const recorder: Recorder = {
    begin: () => {},
    transaction: (lane, _, tx) => {
      if (lane === 1) history.push(tx);
    },
    sample: () => {},
    finish: (_, details) => bills.push(...details!.bills!),
  };
  const summary = await simulate(loadScenario(file, { set }), { recorder, expect: false });
  return { summary, history, bills };
}

/** VM-microseconds: how many were up, times how long, from one change to the next. */
function upMicros(history: readonly Transaction[], endMicros: number, routers: boolean): number {
  const counted = new Set<number>();
  const up = new Set<number>();
  let [integral, since] = [0, 0];
  for (const tx of history) {
    if (tx.kind === 'vm' && (routers || tx.role === 'user')) counted.add(tx.vm);
    if (tx.kind !== 'vm-state' || !counted.has(tx.vm)) continue;
    integral += up.size * (tx.at - since);
    since = tx.at;
    if (tx.to === 'running' || tx.to === 'rebooting') up.add(tx.vm);
    else up.delete(tx.vm);
  }
  return integral + up.size * (endMicros - since);
}

describe.each<[string, string, string[]]>([
  ['the quickstart', scenarioFile('quickstart.yaml'), ALL],
  ['lost reports', scenarioFile('golden', 'reports-lost', 'scenario.yaml'), ['offerings.small.perHour=0.012']],
  [
    'a stop and a reboot',
    scenarioFile('golden', 'stop-reboot-destroy', 'scenario.yaml'),
    ['offerings.small.perHour=1'],
  ],
])('%s', (_, file, prices) => {
  test('charged VM-hours are those of the history, to the microsecond', async () => {
    const { summary, history } = await billed(file, [...prices, 'prices.increment=1 us']);
    const routers = prices.includes('prices.chargeRouters=true');
    const micros = upMicros(history, summary.simulatedSeconds * 1e6, routers);
    expect(micros).toBeGreaterThan(0);
    expect(summary.billing!.hours).toEqual({ charged: micros / 3.6e9, clock: micros / 3.6e9 });
  });

  test('prices move no digest, and change nothing but the bill', async () => {
    const plain = await simulate(loadScenario(file), { expect: false });
    const { summary } = await billed(file, prices);
    expect(plain.billing).toBeNull();
    expect(summary.digest).toBe(plain.digest);
    expect({ ...summary, billing: null, machine: plain.machine, warnings: [] }).toEqual({ ...plain, warnings: [] });
  });

  test('starts are those that came up; lines add up to the total', async () => {
    const { summary, bills } = await billed(file, prices);
    const users = bills.filter(({ offering }) => offering !== null && offering !== 3);
    if (prices === ALL) expect(users.reduce((sum, { starts }) => sum + starts!, 0)).toBe(summary.vms.started);
    const cents = bills.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
    expect(cents).toBe(Math.round(summary.billing!.total * 100));
    expect(bills.map(({ account }) => account)).toEqual(bills.map(({ account }) => account).sort());
  });
});

test('what a customer who was refused everything pays is nothing', async () => {
  const text = readFileSync(scenarioFile('quickstart.yaml'), 'utf8').replace('vlans: [600-639]', 'vlans: [600]');
  const scenario = loadScenario('q.yaml', { set: [...PRICES, 'prices.minimum=1 h'], readFile: () => text });
  const { billing, accounts, vms } = await simulate(scenario, { expect: false });
  expect(vms.refused['vlan-exhausted']).toBeGreaterThan(100);
  expect(billing!.accounts).toBeLessThan(accounts);
  const starts = Object.values(billing!.byOffering).reduce((sum, one) => sum + one.starts, 0);
  expect(starts).toBe(vms.started);
});

test('VMs that an inventory found running are charged by their size, from the start of the run', async () => {
  const numa = [0, 1].map((node) => ({ node, total_cpu: 4, memory_huge_total_mb: 8192 }));
  const used = [0, 1].map((node) => ({ node, cpu: 2, mem_mb: 1024 }));
  const mapping = JSON.stringify({
    cluster_list: [
      {
        cluster_name: 'east',
        host_info: [{ node_id: 'h1', status: 'ACTIVE', numa }],
        vm_instance: [{ instance_id: 'vm_0', host_id: 'h1', numa: used }],
      },
    ],
  });
  const text = `
podtwin: 1
name: found
duration: 10h
zones: [{ name: z1 }]
offerings: { small: { cpu: 1 core, memory: 1 GiB } }
prices: { perCoreHour: 0.01, perGibHour: 0.002, minimum: 2d }
initial: { format: vm-rescheduling, data: '${mapping}' }
events: [{ at: 4h, destroy: { account: initial, vm: vm_0 } }]
`;
  const { billing } = await simulate(loadScenario('s.yaml', { readFile: () => text }));
  // Four cores and 2 GiB for four hours: 0.16 and 0.016.
  expect(billing).toMatchObject({
    ...{ total: 0.18, hours: { charged: 4, clock: 4 } },
    resources: { starts: 0, hours: 4, coreHours: 16, gibHours: 8, amount: 0.18 },
  });
});

test('a recorded run holds its bills, and gives the largest first', async () => {
  const path = join(temporaryFolder(), 'results.sqlite');
  const recorder = openRecorder(path);
  const summary = await simulate(loadScenario(scenarioFile('quickstart.yaml'), { set: ALL }), { recorder });
  const database = openDatabase(path);
  const rows = database
    .prepare(
      `SELECT o.name, sum(b.starts) AS starts, sum(b.charged_hours) AS hours, sum(b.amount) AS amount
       FROM bills b JOIN offerings o USING (offering) WHERE b.kind = 'offering' GROUP BY o.name ORDER BY o.name`,
    )
    .all() as { name: string; starts: number; hours: number; amount: number }[];
  database.close();
  const { byOffering, perAccount, accounts } = summary.billing!;
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(byOffering).sort());
  for (const { name, starts, hours, amount } of rows) {
    expect(starts).toBe(byOffering[name]!.starts);
    expect(hours).toBeCloseTo(byOffering[name]!.hours, 6);
    expect(amount).toBeCloseTo(byOffering[name]!.amount, 6);
  }
  const run = openRun(path);
  const bills = run.largestBills(accounts + 1);
  expect(bills).toHaveLength(accounts);
  expect(bills[0]!.amount).toBeCloseTo(perAccount!.max, 9);
  expect(bills.map(({ amount }) => amount)).toEqual(bills.map(({ amount }) => amount).sort((a, b) => b - a));
  expect(run.largestBills(3)).toEqual(bills.slice(0, 3));
  expect(run.summary.billing).toEqual(summary.billing);
  run.close();
});
