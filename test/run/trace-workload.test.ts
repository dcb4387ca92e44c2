/** A recorded trace as workload: who comes, when, for how long; beside customers that are drawn, whom it does not move. */
import { describe, expect, test } from 'vitest';
import { JournalRecorder } from '../../sim/run/journal-recorder.js';
import { simulate } from '../../sim/run/simulate.js';
import { Simulation } from '../../sim/run/simulation.js';
import { expectBeliefIsTruth } from './belief-and-truth.js';
import { loadWithRows, type Row } from './trace-reader.js';

const BASE = `
podtwin: 1
name: traced
duration: 2h
samples: 1h
hostTypes: { std: { cpu: 16 cores, memory: 64 GiB } }
zones:
  - { name: z1, network: { vlans: [600-607] }, pods: [{ name: p, count: 2, hosts: [{ name: h, type: std, count: 2 }] }] }
offerings: { small: { cpu: 1 core, memory: 2 GiB } }
workload: { trace: { format: rows, file: rows.txt } }
`;

async function run(rows: readonly Row[], set: string[] = [], text = BASE) {
  const recorder = new JournalRecorder();
  const summary = await simulate(loadWithRows(text, rows, set), { recorder });
  return { summary, lines: recorder.lines };
}

/** [VM, from, to] of every running span, in seconds; null: to the end. */
function spans(rows: readonly Row[], text = BASE, set: string[] = []): [string, number, number | null][] {
  const loaded = loadWithRows(text, rows, set);
  const found = new Map<number, [string, number, number | null]>();
  const names = new Map<number, string>();
  const simulation = new Simulation(loaded, {
    recorder: {
      transaction(lane, _number, tx) {
        if (lane === 0) return;
        if (tx.kind === 'vm' && tx.role === 'user') names.set(tx.vm, tx.name);
        if (tx.kind !== 'vm-state' || !names.has(tx.vm)) return;
        if (tx.event === 'started') found.set(tx.vm, [names.get(tx.vm)!, tx.at / 1e6, null]);
        if (tx.event === 'stop') found.get(tx.vm)![2] = tx.at / 1e6;
      },
    },
  });
  simulation.advance(loaded.durationMicros);
  for (const zone of simulation.zones) expectBeliefIsTruth(zone);
  return [...found.values()];
}

const ROWS: Row[] = [
  ['a', 'ran-already', -500, 1800, 2, 4],
  ['b', 'stays', 0, null, 4, 8],
  ['a', 'later', 600, 3600, 1, 1],
  ['c', 'short', 1200, 1210, 1, 2],
  ['d', 'too-late', 7300, 7400, 1, 2],
];

test('each VM is asked for at its start, and destroyed at its end whatever its start took', () => {
  const seen = spans(ROWS);
  expect(seen.map(([name]) => name)).toEqual(['ran-already', 'stays', 'later', 'short']);
  const [already, stays, later, short] = seen as [string, number, number | null][];
  // The routing appliance and the VM boot one after the other, 34 s each.
  for (const [, from] of [already!, stays!]) expect(from).toBeGreaterThan(68);
  for (const [, from] of [already!, stays!]) expect(from).toBeLessThan(75);
  expect(later![1]).toBeGreaterThan(600 + 34);
  expect(later![1]).toBeLessThan(600 + 37);
  expect([already![2], stays![2], later![2]]).toEqual([1800, null, 3600]);
  // It was over before it came up: it goes at once.
  expect(short![2]).toBe(short![1]);
});

test('every account registers when the first of its VMs starts', async () => {
  const { lines, summary } = await run(ROWS);
  expect(summary.accounts).toBe(3);
  expect(summary.vms).toMatchObject({ requested: 4, started: 4, stopped: 3, runningAtEnd: 1, refused: {} });
  const registered = lines.filter((line) => /account (a|b|c|d)\b/.test(line) && /z1/.test(line));
  expect(registered.length).toBeGreaterThanOrEqual(3);
});

test('times can be stretched, the rest cut off, and what ran before starts at 0', () => {
  const set = ['workload.trace.timeScale=0.5', 'workload.trace.limit=3'];
  const seen = spans(ROWS, BASE, set);
  expect(seen.map(([name, , to]) => [name, to])).toEqual([
    ['ran-already', 900],
    ['stays', null],
    ['later', 1800],
  ]);
  expect(seen[2]![1]).toBeGreaterThan(300 + 34);
  expect(seen[2]![1]).toBeLessThan(300 + 37);
});

test('a VM that is refused is not asked for again; its customer’s others are', async () => {
  const rows: Row[] = [
    ['a', 'huge', 0, 3000, 64, 8],
    ['a', 'nothing', 0, 3000, 0, 8],
    ['a', 'fits', 100, null, 1, 1],
  ];
  const { summary } = await run(rows);
  expect(summary.vms).toMatchObject({ requested: 3, started: 1, refused: { 'no-capacity': 1, 'bad-request': 1 } });
});

test('VMs of a customer whose registration is refused are refused one by one', async () => {
  const rows: Row[] = ['a', 'b', 'c'].flatMap((account, at): Row[] => [
    [account, 'x', at * 100, null, 1, 1],
    [account, 'y', at * 100 + 50, null, 1, 1],
  ]);
  const set = ['management.vlanAssigned=at-registration', 'zones.z1.network.vlans=[7]'];
  const { summary } = await run(rows, set);
  expect(summary.vms).toMatchObject({ started: 2, refused: { 'vlan-exhausted': 2, 'unknown-account': 4 } });
});

test('a thousand VMs at one instant keep the order of the trace, and the same digest', async () => {
  const rows = Array.from({ length: 1000 }, (_, n): Row => [`t${n % 7}`, `v${n}`, 60, 600 + n, 0.01, 0.01]);
  const whole = rows.map(([account, vm, start, end]): Row => [account, vm, start, end, 0.016, 1 / 1024]);
  const { summary, lines } = await run(whole);
  expect(summary.vms.started).toBe(1000);
  expect(summary.vms.runningAtEnd).toBe(0);
  const again = await run(whole);
  expect(again.summary.digest).toBe(summary.digest);
  expect(again.lines).toEqual(lines);
});

describe('beside customers that are drawn', () => {
  const both = (trace: string) =>
    BASE.replace(
      'workload: { trace',
      `workload: { accounts: { initial: 5, vms: { uniform: [1, 3] } }, vms: { arrivals: { poisson: 2 per h, curve: office-day, group: { uniform: [1, 3] } } }, ${trace}`,
    ).replace('count: 2, hosts', 'count: 8, hosts');
  const lives = (lines: readonly string[]) =>
    lines.filter((line) => /VM customer-\S+ .*->/.test(line) && !/router/.test(line));

  test('it moves none of their draws, nor they its VMs', async () => {
    const text = both('trace');
    const alone = text.replace(/, trace: \{.*\} \}/, ' }');
    expect(alone).not.toBe(text);
    const [withTrace, without] = [await run(ROWS, [], text), await run(ROWS, [], alone)];
    expect(lives(withTrace.lines).length).toBeGreaterThan(50);
    expect(lives(withTrace.lines)).toEqual(lives(without.lines));
    expect(withTrace.summary.accounts).toBe(without.summary.accounts + 3);
    expect(
      spans(ROWS, text)
        .filter(([name]) => !name.startsWith('vm-'))
        .map(([name, , to]) => [name, to]),
    ).toEqual(spans(ROWS).map(([name, , to]) => [name, to]));
  });

  test('another customer in the trace moves nothing either', async () => {
    const text = both('trace');
    const more: Row[] = [...ROWS, ['e', 'extra', 300, 900, 1, 2]];
    const [before, after] = [await run(ROWS, [], text), await run(more, [], text)];
    expect(lives(after.lines)).toEqual(lives(before.lines));
    expect(after.lines.some((line) => /VM e\b.*extra|extra/.test(line))).toBe(true);
  });
});

test('it comes to the zone that it names', async () => {
  const two = BASE.replace(
    'offerings:',
    '  - { name: z2, network: { vlans: [600-607], publicAddresses: [198.19.0.0/24] }, pods: [{ name: p, hosts: [{ name: h, type: std }] }] }\nofferings:',
  );
  const { summary } = await run(ROWS, ['workload.trace.zone=z2'], two);
  expect(summary.vlans['z1']!.peakInUse).toBe(0);
  expect(summary.vlans['z2']!.peakInUse).toBe(3);
});
