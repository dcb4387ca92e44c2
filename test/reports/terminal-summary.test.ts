import { describe, expect, test } from 'vitest';
import { terminalSummary } from '../../reports/terminal-summary.js';
import type { NetworkTables } from '../../sim/store/network-types.js';
import type { Summary } from '../../sim/store/types.js';
import { syntheticBills } from '../store/synthetic-bills.js';
import { SWITCH_PEAKS, syntheticNetwork } from '../store/synthetic-network.js';
import { OVERCOMMITTED } from '../store/synthetic-run.js';
import { recordedRun, summaryOfRun } from './recorded-run.js';

const plain = (summary: Summary, width = 100): string => terminalSummary(summary, { colour: false, width });

const fragmentation = {
  mean: 0.31234,
  end: 0.2,
  p50: 0.25,
  p95: 0.75,
  max: 1,
  hostFragmentation: { mean: 0.5, end: 0.5 },
  podsPerCustomer: 1.456,
  hostsPerCustomer: 2.5,
  phantomDomains: 1.75,
};
const vms = {
  requested: 1543,
  started: 1470,
  stopped: 1361,
  lost: null,
  refused: { 'no-capacity': 4, 'vlan-exhausted': 69 },
  failed: {},
  runningAtEnd: 109,
};
const whole = (): Summary =>
  summaryOfRun({
    vms,
    fragmentation,
    fragmentRate: { '16': 0.4 },
    variant: 'big-pods',
    vlans: {
      z1: { capacity: 40, peakInUse: 40, meanInUse: 37.94, refused: 69, ...SWITCH_PEAKS },
      west: { capacity: 1200, peakInUse: 7, meanInUse: 5, refused: 0, ...SWITCH_PEAKS },
    },
    expect: [
      { measure: 'fragmentation.mean', atMost: 0.3, actual: 0.31234, held: false },
      { measure: 'vms.refused.no-capacity', equals: 0, actual: 4, held: false },
      { measure: 'vms.started', atLeast: 1, actual: 1470, held: true },
    ],
    warnings: [
      { code: 'no-warm-up', message: 'no warm-up is left out: the empty start weighs on all means; set warmUp' },
    ],
  });

test('the whole of it', () => {
  expect(plain(whole())).toMatchInlineSnapshot(`
    "synthetic, variant big-pods, seed 42, placement first-fit
      simulated      1 d, 123,456 events, 23,456 transactions
      customers      99
      VMs            1,543 requested, 1,470 started, 1,361 stopped, 109 running at the end
      refused        73 requests
                       69  vlan-exhausted  no VLAN ID left in the pool
                        4  no-capacity     no host with room for the VM
      failed         0 requests
      fragmentation  mean 0.312, end 0.200, p95 0.750, max 1  (0 together, 1 scattered)
      per customer   2.5 hosts in 1.46 pods, 1.75 phantom domains
      fragment rate  40 % of the free CPU is of no use to a VM of 16 cores
      packing        12.5 of 32 hosts in use, 62.5 % of their CPU held
      VLAN IDs       z1    peak   40 of 40, mean 37.9, 69 refused
                     west  peak 7 of 1,200, mean    5, 0 refused
      broadcast      3.25 frames/s a host, 0.0021 % of its CPU; 41.5 frames/s, 0.031 % if flat
      not modelled   traffic, disk use, transfers, migrations, failures, availability, CPU use, energy,
                     billing and VMs lost
      expected       2 of 3 did not hold
                       fragmentation.mean: at most 0.3 was expected, 0.312 came
                       vms.refused.no-capacity: exactly 0 was expected, 4 came
      warnings       1
                       no-warm-up: no warm-up is left out: the empty start weighs on all means; set
                       warmUp
      digest         00112233445566ff
      took           1.25 s, 98,800 events/s, 150 MiB at most
    "
  `);
});

test('bills, where something has a price', () => {
  const text = plain(summaryOfRun({ billing: syntheticBills(12).billing }));
  expect(text).toMatch(/\n {2}bills {10}117\.25 EUR from 12 customers, median 9\.00, max 18\.00\n/);
  expect(text).toMatch(/\n {2}VM-hours {7}234 charged, 228 by the clock\n/);
  expect(text).not.toMatch(/not modelled .*billing/s);
  expect(plain(summaryOfRun({ billing: syntheticBills(0).billing }))).toMatch(/bills +0\.00 EUR from 0 customers\n/);
});

describe('null is never 0', () => {
  test('what is not modelled is named, what was not measured says why', () => {
    const text = plain(summaryOfRun({ fragmentation: null, fragmentRate: { '16': null } }));
    expect(text).toMatch(/not modelled +traffic, .*\s+billing\s+and\s+VMs\s+lost/);
    expect(text).toMatch(/fragmentation +not defined: no VM of a guest network ran/);
    expect(text).toMatch(/fragment rate +not defined: no CPU was free/);
    expect(text).not.toMatch(/\b0 lost|per customer|null|NaN|undefined/);
  });

  test('VMs lost are counted where failures are modelled', () => {
    const text = plain(summaryOfRun({ vms: { ...vms, lost: 3 } }));
    expect(text).toMatch(/, 3 lost, /);
    expect(text).not.toMatch(/VMs lost/);
  });
});

test('what was promised and what was asked for stand there where they are more than nothing', () => {
  const text = plain(summaryOfRun(OVERCOMMITTED));
  expect(text).toMatch(
    /promised +at most: CPU 312 % of what hosts have, up to 400 %; memory 88 % of what hosts\s+have,\s+up to 120 %/,
  );
  expect(text).toMatch(/CPU asked for +mean 38 %, peak 71 %, of a host 210 % {2}\(over what hosts have\)/);
  expect(text).toMatch(/CPU short +2.1 % of it; hosts 4 % of their time, with 5.2 % of VM time on them/);
  expect(text).not.toMatch(/CPU use/);
  const idle = { ...OVERCOMMITTED.cpu!, shortRatio: null, vmTimeShortRatio: null };
  expect(plain(summaryOfRun({ cpu: idle }))).toMatch(/CPU short +not defined of it/);
  expect(plain(summaryOfRun())).not.toMatch(/promised|CPU asked|CPU short/);
});

test('an expectation that was not measured did not hold, and says so', () => {
  const expectation = { measure: 'migrations.completed', atLeast: 1, actual: null, held: false };
  expect(plain(summaryOfRun({ expect: [expectation] }))).toMatch(
    /migrations\.completed: at least 1 was expected, not modelled came/,
  );
});

test('every line keeps to the width, and wrapped lines hang below their text', () => {
  const lines = plain(whole(), 60).split('\n');
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
  expect(lines.some((line) => /^ {17}traffic|^ {17}\S/.test(line))).toBe(true);
  expect(lines.slice(1).every((line) => line === '' || line.startsWith('  '))).toBe(true);
});

test('colour is paint only', () => {
  const painted = terminalSummary(whole(), { colour: true, width: 100 });
  expect(painted).toContain('\u001b[31m');
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(plain(whole()));
});

test('many reasons and many zones are cut short, and the rest is counted', () => {
  const refused = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`reason-${at}`, 10 - at]));
  const pool = { capacity: 40, meanInUse: 5, refused: 0, ...SWITCH_PEAKS };
  const vlans = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`z${at}`, { ...pool, peakInUse: at }]));
  const text = plain(summaryOfRun({ vms: { ...vms, refused }, vlans }));
  expect(text).toMatch(/refused +54 requests/);
  expect(text).toMatch(/ 9 for 3 other reasons/);
  expect(text).toMatch(/VLAN IDs +z11 +peak 11 of 40/);
  expect(text).toMatch(/and 4 zones with more of their pool to spare/);
  expect(text.trimEnd().split('\n').length).toBeLessThan(34);
});

test('a run that took no time has no rate', () => {
  const machine = { wallSeconds: 0, cpuSeconds: 0, peakRssBytes: 1024, node: 'v20.0.0' };
  expect(plain(summaryOfRun({ machine }))).toMatch(/took +0 s, 1 KiB at most/);
});

describe('the network', () => {
  const { header } = recordedRun({ days: 0 });
  const tables = (): NetworkTables => syntheticNetwork(header.zones);
  const text = (summary: Summary, names: NetworkTables | null): string =>
    terminalSummary(summary, { colour: false, width: 120 }, names);
  const carried = (of: Partial<Summary> = {}): Summary => summaryOfRun(of, { network: true });

  test('where traffic goes, what is full, what broadcast costs, what runs out first', () => {
    const lines = text(carried(), tables());
    expect(lines).toMatch(
      /\n {2}traffic {8}1\.2 Gbps in hosts, 3\.4 Gbps in pods, 2\.3 Gbps across pods \(33\.3 % of that between VMs\), 850 Mbps\s+public\n/,
    );
    expect(lines).toMatch(/\n {2}hottest link {3}pod uplink z1\/p04 up, 112 % at 3\.25 d; zone switch 62 % at most\n/);
    expect(lines).toMatch(/\n {2}overloaded {5}1 link asked for more than there is\n/);
    expect(lines).toMatch(/\n {2}disks {10}21,500 IOPS asked for; 2\.1 % short, on 1 server\n/);
    expect(lines).toMatch(/\n {2}transfers {6}43 of 46 done, median 48\.2 s, p99 5\.17 min\n/);
    expect(lines).toMatch(
      /\n {2}broadcast {6}3\.25 frames\/s a host, 0\.0021 % of its CPU; 41\.5 frames\/s, 0\.031 % if flat\n/,
    );
    expect(lines).toMatch(/\n {2}runs out first VLAN IDs of z1, after 34 d\n/);
    expect(lines).not.toMatch(/not modelled +.*(traffic|disk use|transfers)/);
  });

  test('without the tables links have no names; what is not modelled has no line, broadcast always', () => {
    expect(text(carried(), null)).toMatch(/hottest link {3}112 %; zone switch/);
    expect(text(carried(), null)).not.toMatch(/runs out/);
    const still = text(summaryOfRun(), null);
    expect(still).toMatch(/\n {2}broadcast/);
    expect(still).not.toMatch(/\n {2}(traffic|hottest link|overloaded|disks|transfers|switches)/);
  });

  test('what should be looked at is yellow, and only that', () => {
    const yellow = (summary: Summary): string[] =>
      [...terminalSummary(summary, { colour: true, width: 120 }).matchAll(/\u001b\[33m(.*?)\u001b/g)].map(
        (match) => match[1]!,
      );
    expect(yellow(carried())).toEqual([expect.stringMatching(/^1 link asked/), expect.stringMatching(/^21,500 IOPS/)]);
    const { traffic, storage } = carried();
    const calm = {
      traffic: { ...traffic!, linksOverloaded: 0 },
      storage: { ...storage!, shortRatio: 0, serversShort: 0 },
    };
    expect(yellow(carried(calm))).toEqual([]);
    const pool = { capacity: 40, peakInUse: 9, meanInUse: 5, refused: 0, ...SWITCH_PEAKS, refusedBySwitch: 12 };
    expect(yellow(carried({ ...calm, vlans: { z1: pool } }))).toEqual([
      'z1  12 refused by full switches; VLANs 34 of 1,024, virtual ports 2,210 of 3,000 of a pod switch',
    ]);
  });
});
