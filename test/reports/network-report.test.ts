import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../reports/html-report.js';
import type { NetworkTables } from '../../sim/store/network-types.js';
import type { RecordedRun } from '../../sim/store/open-run.js';
import { NETWORK_SUMMARY, SWITCH_PEAKS } from '../store/synthetic-network.js';
import { recordedRun } from './recorded-run.js';

const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** The chapter: as markup, and as what is read. */
function chapter(run: RecordedRun): { markup: string; text: string; headings: string[] } {
  const report = htmlReport(run, { command: 'podtwin run x.yaml' });
  const from = report.indexOf('<section id="network"');
  expect(from).toBeGreaterThan(0);
  const markup = report.slice(from, report.indexOf('</section>', from));
  const headings = [...markup.matchAll(/<h[2-5]>(.*?)<\/h/g)].map((match) => match[1]!.trim());
  return { markup, text: textOf(markup), headings };
}

/** The same run, with tables of the test's own. */
function withTables(run: RecordedRun, tables: Partial<NetworkTables>): RecordedRun {
  return Object.assign(Object.create(run) as RecordedRun, {
    network: <Key extends keyof NetworkTables>(key: Key): NetworkTables[Key] => tables[key] ?? run.network(key),
  });
}

const carried = (): RecordedRun => recordedRun({ days: 3, sampleMinutes: 30, network: true });

describe('a run that models all of it', () => {
  test('has every part, in the order in which it is read', () => {
    const { headings, markup, text } = chapter(carried());
    expect(headings).toEqual([
      'Network',
      'Traffic',
      'Links, disks and transfers',
      'Pods against one flat network',
      'Guest networks on switches',
      'What runs out, and when',
      'The network over time',
      ...['Traffic', 'How full links are', 'Operations on disks', 'Broadcast a host'],
      'Which link fills first',
      'All links by kind',
      'The 15 fullest of 82 links',
      'Links overloaded',
      'z1/p04 up, 112 %',
      'VLAN IDs and switch tables',
      'Customers across pods',
      'What broadcast costs',
      'Storage',
      'Transfers',
      'The slowest',
    ]);
    expect(markup.match(/<svg /g)).toHaveLength(5);
    expect(text).not.toMatch(/\b(null|NaN|undefined|Infinity)\b/);
  });

  test('which link fills first is said in a sentence, beside the fullest of every other kind', () => {
    expect(chapter(carried()).text).toContain(
      'First to fill is the pod uplink z1/p04 up: at 3.25 d it was asked for 112 % of its 40 Gbps. ' +
        'The fullest of other kinds, at their peaks: storage link 43.2 % (z1/p04/s1 up), public link 13.6 % (z1 public up) and host link 12.8 % (z1/p01/h08 up).',
    );
  });

  test('links, fullest first: use, when, how long above 70 %, and what they carry', () => {
    const { text } = chapter(carried());
    expect(text).toContain(
      'z1/p04 up pod uplink 40 Gbps 70 % 98 % 112 % 3.25 d 21 % of time guest 96 %, transfers 4 % ' +
        'z1/p03 up pod uplink 40 Gbps 55 % 77 % 88 % 3.25 d 4 % of time guest 96 %, transfers 4 %',
    );
    expect(text).toContain('storage 90 %, transfers 10 %');
  });

  test('what customers ask of an overloaded link, and what each gets', () => {
    const { text } = chapter(carried());
    expect(text).toContain('At 3.25 d it was asked for 44.8 Gbps of 40 Gbps, 400 Mbps of it storage and management.');
    // 40 less 0.4 for others, less 7 for who asks little: two share 32.6.
    expect(text).toContain('c13 19.4 Gbps 16.3 Gbps 84 % c12 18 Gbps 16.3 Gbps 90.6 % c11 5 Gbps 5 Gbps 100 %');
  });

  test('broadcast against one flat network, and which constants are to be calibrated', () => {
    const { text } = chapter(carried());
    expect(text).toContain(
      'A host receives 3.25 frames/s of broadcast in its pod and spends 0.0021 % of its CPU on it. With all hosts of a zone ' +
        'in one flat layer-2 network it would be 41.5 frames/s, 12.8 times as many, and 0.031 % of its CPU.',
    );
    expect(text).toMatch(/zone z1 as one flat network 32 41\.5 75 0 0\.031 % 0\.00041 % z1\/p04 8 4 8 0\.04/);
    expect(text).toContain('These figures rest on 3 constants; 2 of them nobody measured for this cloud');
    expect(text).toMatch(/bootArpFrames 3 frames to calibrate .* broadcastSolicits 3 frames sourced Linux 6\.18/);
  });

  test('when VLAN IDs, uplinks and memory run out, soonest first', () => {
    const { text } = chapter(carried());
    expect(text).toContain('First to be used up: VLAN IDs of z1, after 34 d.');
    expect(text).toMatch(
      /VLAN IDs z1 36\.5 IDs 40 IDs 91\.3 % \+0\.13 IDs runs out after 34 d pod uplink z1\/p01 z1 11 Gbps 40 Gbps 27\.5 % \+900 Mbps runs out after 39 d memory/,
    );
    expect(text).toContain('CPU z1 310 cores 992 cores 31.3 % -1.2 cores does not grow ');
    expect(text).toContain('storage servers&#39; operations z1 22,000 IOPS 160,000 IOPS 13.8 % +310 IOPS not in sight');
  });

  test('switch tables, customers across pods, storage, pod sizes, transfers', () => {
    const { text } = chapter(carried());
    expect(text).toContain('The table that is full first: virtual ports of pod switch z1/p04, 73.7 %.');
    expect(text).toContain('z1/p04 pod 34 of 1,024 2,210 of 3,000 912 of 32,768 73.7 % 8.1 Gbps 21 Gbps');
    // 12 times 8 terabits in the pod, twice that across: 61.5 % of all between VMs.
    expect(text).toContain('c21 z1 2.73 TiB 10.9 TiB 21.8 TiB 61.5 %');
    expect(text).toContain('z1/p04/s1 40,000 IOPS 32,000 IOPS 46,000 IOPS 115 % 3.4 % 12 %');
    expect(text).toContain(
      'The storage of z1/p01 to z1/p04 carries 80 VMs of small each (500 IOPS a VM); their hosts carry 248: storage is full first.',
    );
    expect(text).toContain(
      '43 of 46 transfers came to their end, with 2.27 TiB; 2 were cancelled, 1 under way at the end.',
    );
    expect(text).toMatch(/Half of them took 48\.2 s at most, 99 % 5\.17 min, the slowest 6\.71 min/);
    expect(text).toMatch(/template 7 z1 templates z1\/p04\/s1 25\.1 GiB 7 h 5\.25 min 686 Mbps/);
  });
});

describe('where there is less', () => {
  test('of what a run does not model the chapter says nothing', () => {
    const { headings, markup, text } = chapter(recordedRun({ days: 1, sampleMinutes: 60 }));
    expect(headings).toEqual([
      'Network',
      'Pods against one flat network',
      'Guest networks on switches',
      'The network over time',
      'Broadcast a host',
      'VLAN IDs and switch tables',
      'What broadcast costs',
    ]);
    expect(markup.match(/<svg /g)).toHaveLength(1);
    expect(text).not.toMatch(/\b(null|NaN|undefined|Infinity)\b/);
  });

  test('links that carried nothing, customers that stay in their pods, nothing that grows', () => {
    const run = carried();
    const { text } = chapter(
      withTables(run, {
        links: run.network('links').map((link) => ({ ...link, mean: 0, p95: 0, peak: 0 })),
        customers: run.network('customers').map((one) => ({ ...one, crossPod: 0 })),
        runOuts: run.network('runOuts').map((row) => ({ ...row, atMicros: null })),
        overloads: [],
      }),
    );
    expect(text).toContain('No link carried anything.');
    expect(text).toContain("No customer's traffic left a pod.");
    expect(text).toContain(
      'Nothing runs out: what is in use does not grow, not beyond doubt, or not enough for a century.',
    );
    expect(text).not.toMatch(/Links overloaded|First to fill/);
  });

  test('a link below its capacity says how much more traffic fills it', () => {
    const run = carried();
    const links = run.network('links').filter(({ kind }) => kind === 'host');
    expect(chapter(withTables(run, { links })).text).toContain(
      'First to fill is the host link z1/p01/h08 up: at 3.25 d it carried 12.8 % of its 20 Gbps, so 7.81 times the traffic fills it.',
    );
  });

  test('what is used up already says so, and comes first', () => {
    const run = carried();
    const runOuts = run
      .network('runOuts')
      .map((row) => (row.what === 'memory' ? { ...row, inUse: row.capacity } : row));
    expect(chapter(withTables(run, { runOuts })).text).toMatch(
      /First to be used up: memory of z1, already\..* used up VLAN IDs/,
    );
  });

  test('an overlay hides VLANs from switches: a dash, not 0', () => {
    const run = carried();
    const switches = run.network('switches').map((row) => ({ ...row, peakVlans: null, peakVirtualPorts: null }));
    const { text } = chapter(withTables(run, { switches }));
    expect(text).toContain('z1/p04 pod – – 912 of 32,768 2.78 %');
    expect(text).toContain('The table that is full first: MAC entries of pod switch z1/p04, 2.78 %.');
  });
});

describe('where there is more', () => {
  test('of three zones broadcast has a figure each, on one scale, and the rest is of all together', () => {
    const run = recordedRun({ days: 1, zones: 3, sampleMinutes: 60, network: true });
    const { markup, text } = chapter(run);
    expect(markup.match(/<h5>z[123]<\/h5>/g)).toHaveLength(3);
    expect(markup.match(/<svg /g)).toHaveLength(4 + 3);
    expect(text).toMatch(/The 15 fullest of 246 links .* 3 links were asked for more than they have/);
    expect(text).toContain('Zone z3: ');
  });

  test('many links overloaded: the five worst, each with its largest customers', () => {
    const run = carried();
    const [row] = run.network('overloads');
    const overloads = Array.from({ length: 7 }, (_, link) =>
      Array.from({ length: 12 }, (_, at) => ({
        ...row!,
        ...{ link: `z1/p0${link} up`, account: `c${10 + at}`, accountAskedBitsPerSecond: (at + 1) * 1e9 },
        ...{ askedBitsPerSecond: (41 + link) * 1e9, accountGetsBitsPerSecond: 1e9 },
      })),
    ).flat();
    const { headings, text } = chapter(withTables(run, { overloads }));
    expect(headings.filter((heading) => /^z1\/p0\d up/.test(heading))).toEqual([
      ...['z1/p06 up, 119 %', 'z1/p05 up, 116 %', 'z1/p04 up, 114 %', 'z1/p03 up, 111 %', 'z1/p02 up, 109 %'],
    ]);
    // The four that ask least: 1 + 2 + 3 + 4.
    expect(text).toContain('c14 5 Gbps 1 Gbps 20 % 4 more 10 Gbps 4 Gbps 40 %');
  });

  test('of thousands of links and pods the chapter stays small', () => {
    const run = carried();
    const [link] = run.network('links');
    const [pod] = run.network('pods').filter((row) => row.pod !== 'flat');
    const many = <Row>(of: (at: number) => Row): Row[] => Array.from({ length: 5000 }, (_, at) => of(at));
    const { markup } = chapter(
      withTables(run, {
        links: many((at) => ({ ...link!, link: `l${at} up`, peak: (at % 997) / 997 })),
        pods: many((at) => ({ ...pod!, pod: `p${at}` })),
        customers: many((at) => ({ ...run.network('customers')[1]!, account: `c${at}` })),
      }),
    );
    expect(markup.length).toBeLessThan(150_000);
  });

  test("what a scenario's names hold is text", () => {
    const evil = '<script>alert("x")</script>';
    const run = carried();
    const { markup } = chapter(
      withTables(run, {
        links: run.network('links').map((row) => ({ ...row, link: evil, kind: evil, fabric: evil })),
        switches: run.network('switches').map((row) => ({ ...row, switch: evil })),
        customers: run.network('customers').map((row) => ({ ...row, account: evil, network: evil })),
        pods: run.network('pods').map((row) => ({ ...row, pod: evil, zone: evil })),
        overloads: run.network('overloads').map((row) => ({ ...row, link: evil, account: evil, network: evil })),
        storage: run.network('storage').map((row) => ({ ...row, server: evil })),
        podSizes: run.network('podSizes').map((row) => ({ ...row, pod: evil, offering: evil })),
        runOuts: run.network('runOuts').map((row) => ({ ...row, what: evil, unit: evil })),
        parameters: run.network('parameters').map((row) => ({ ...row, name: evil, source: evil, unit: evil })),
      }),
    );
    expect(markup).not.toMatch(/<script/i);
    expect(markup.split('&lt;script&gt;').length).toBeGreaterThan(20);
  });
});

test('the fullest switch of several zones stands on a tile, with its zone', () => {
  const pool = { capacity: 40, peakInUse: 9, meanInUse: 5, refused: 0, ...SWITCH_PEAKS };
  const vlans = { z1: pool, z2: { ...pool, podSwitchVlans: { peak: 1000, limit: 1024 }, refusedBySwitch: 7 } };
  const run = recordedRun({ days: 0, zones: 2, network: true, summary: { ...NETWORK_SUMMARY, vlans } });
  const { text } = chapter(run);
  expect(text).toMatch(/VLANs of a pod switch 1,000 of 1,024 Most that .* In zone z2, where it is fullest/);
  expect(text).toContain('refused by switches 7 Requests refused');
});
