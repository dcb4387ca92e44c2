import { describe, expect, test } from 'vitest';
import { variantsTable } from '../../reports/variants-table.js';
import type { Summary } from '../../sim/store/types.js';
import { syntheticBills } from '../store/synthetic-bills.js';
import { OVERCOMMITTED } from '../store/synthetic-run.js';
import { summaryOfRun } from './recorded-run.js';

const plain = (summaries: readonly Summary[], width = 120): string =>
  variantsTable(summaries, { colour: false, width });
const variant = (name: string | null, of: Partial<Summary> = {}): Summary => summaryOfRun({ variant: name, ...of });
const { vms } = summaryOfRun();
const rowsOf = (table: string, label: string): string[][] =>
  table
    .split('\n')
    .filter((line) => line.trimStart().startsWith(label))
    .map((line) =>
      line
        .slice(line.indexOf(label) + label.length)
        .trim()
        .split(/ {2,}/),
    );

test('the whole of it', () => {
  const enough = variant('enough-vlans', {
    vms: { ...vms, refused: {} },
    fragmentation: null,
    expect: [{ measure: 'm', equals: 1, actual: 1, held: true }],
  });
  const base = variant(null, { vms: { ...vms, refused: { 'vlan-exhausted': 73 } }, digest: 'ffeeddccbbaa0099' });
  expect(plain([base, enough])).toMatchInlineSnapshot(`
    "                                            base    enough-vlans
    simulated time                               1 d             1 d
    placement                              first-fit       first-fit
    customers                                     99              99
    VMs requested                                163             163
    VMs started                                  163             163
    VMs stopped                                   51              51
    VMs running at the end                       112             112
    requests refused                              73               0
      vlan-exhausted                              73               0
    requests failed                                0               0
    fragmentation, mean                        0.693     not defined
    fragmentation, at the end                  0.682     not defined
    fragmentation, 95th percentile             0.732     not defined
    host fragmentation, mean                   0.957     not defined
    hosts per customer                          3.67     not defined
    pods per customer                           2.59     not defined
    phantom domains                             3.67     not defined
    fragment rate, 16 cores                     39 %            39 %
    hosts in use                          12.5 of 32      12.5 of 32
    packing density                           62.5 %          62.5 %
    VLAN IDs at most in use                 37 of 40        37 of 40
    refused for want of a VLAN ID                  0               0
    VLANs of a pod switch                34 of 1,024     34 of 1,024
    virtual ports of a pod switch     2,210 of 3,000  2,210 of 3,000
    VLANs of the zone switch             37 of 4,094     37 of 4,094
    virtual ports of the zone switch   148 of 16,000   148 of 16,000
    MAC entries of a pod switch        912 of 32,768   912 of 32,768
    refused by full switches                       0               0
    broadcast a host                   3.25 frames/s   3.25 frames/s
    broadcast a host, if flat          41.5 frames/s   41.5 frames/s
    CPU for broadcast                       0.0021 %        0.0021 %
    CPU for broadcast, if flat               0.031 %         0.031 %
    expectations held                              -          1 of 1
    warnings                                       0               0
    digest (first 8)                        ffeeddcc        00112233

    Not modelled: traffic, disk use, transfers, migrations, failures, availability, CPU use, energy, billing and VMs lost.
    "
  `);
});

describe('a measure that not all have', () => {
  test('a reason that did not occur counts 0, a zone that is not there is a dash', () => {
    const two = summaryOfRun({ variant: 'two-zones' }, { zones: 2 });
    const table = plain([variant(null, { vms: { ...vms, refused: { 'no-capacity': 2 } } }), two]);
    expect(rowsOf(table, 'no-capacity')).toEqual([['2', '0']]);
    expect(rowsOf(table, 'VLAN IDs at most in use, z2')).toEqual([['-', expect.stringMatching(/^\d+ of 40$/)]]);
  });

  test('CPU use and what is promised have rows where any has them', () => {
    const table = plain([variant(null), variant('four-times', OVERCOMMITTED)]);
    expect(rowsOf(table, 'CPU short')).toEqual([['not modelled', '2.1 %']]);
    expect(rowsOf(table, 'CPU promised over physical, at most')).toEqual([['60 of 100 %', '312 of 400 %']]);
    expect(rowsOf(plain([variant(null)]), 'CPU short')).toEqual([]);
    expect(rowsOf(plain([variant(null)]), 'CPU promised')).toEqual([]);
    expect(table).not.toMatch(/CPU use/);
  });

  test('what one does not model says so, what none does is named below', () => {
    const table = plain([variant(null), variant('failing', { vms: { ...vms, lost: 0 } })]);
    expect(rowsOf(table, 'VMs lost')).toEqual([['not modelled', '0']]);
    expect(table).toMatch(/Not modelled: traffic, disk use, transfers, .* and billing\./);
    expect(plain([variant(null)])).toMatch(/billing and VMs lost\./);
    expect(rowsOf(plain([variant(null)]), 'VMs lost')).toEqual([]);
  });
});

test('bills, where one of them has any', () => {
  const table = plain([variant(null), variant('priced', { billing: syntheticBills(12).billing })]);
  expect(rowsOf(table, 'billed')).toEqual([['not modelled', '117.25 EUR']]);
  expect(rowsOf(table, 'VM-hours charged')).toEqual([['not modelled', '234']]);
  expect(table).toMatch(/Not modelled: .*, availability, CPU use, energy and VMs lost\./);
});

describe('a terminal too narrow', () => {
  const all = [variant(null), variant('first'), variant('second'), variant('third')];

  test('the columns go on in blocks that fit, each led by the base', () => {
    const table = plain(all, 64);
    const heads = table.split('\n').filter((line) => /base/.test(line));
    expect(heads.length).toBeGreaterThan(1);
    expect(
      heads
        .map((line) => line.trim().split(/ +/))
        .flat()
        .filter((name) => name !== 'base'),
    ).toEqual(['first', 'second', 'third']);
    expect(table.split('\n').filter((line) => line.length > 64)).toEqual([]);
  });

  test('a column alone where two do not fit, and names with their ends where one does not', () => {
    const long = variant(`${'a-very-long-name-'.repeat(4)}one`);
    const heads = plain([...all, long], 46).split('\n');
    expect(heads.filter((line) => /^ +(base|first|second|third)$/.test(line))).toHaveLength(4);
    expect(heads.some((line) => /^ +a-ve\S*…\S*one$/.test(line))).toBe(true);
  });
});

test('what is as in the base steps back, and nothing but paint does', () => {
  const both = [variant(null), variant('other', { accounts: 7 })];
  const painted = variantsTable(both, { colour: true, width: 120 });
  expect(painted).toContain('\u001b[2m');
  expect(painted.split('\n').find((line) => line.startsWith('customers'))).not.toContain('\u001b[2m');
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(plain(both));
});

test('no runs', () => {
  expect(plain([])).toBe('no variants\n');
});

describe('the network', () => {
  const carried = summaryOfRun({ variant: null }, { network: true });

  test('has rows where any of them models it, and broadcast and switches always', () => {
    const table = plain([carried, variant('still')]);
    expect(rowsOf(table, 'cross-pod share')).toEqual([['33.3 %', 'not modelled']]);
    expect(rowsOf(table, 'traffic across pods')).toEqual([['2.3 Gbps', 'not modelled']]);
    expect(rowsOf(table, 'zone switch at most in use')).toEqual([['62 %', 'not modelled']]);
    expect(rowsOf(table, 'hottest link at most in use')).toEqual([['112 %', 'not modelled']]);
    expect(rowsOf(table, 'links overloaded')).toEqual([['1', 'not modelled']]);
    expect(rowsOf(table, 'operations short')).toEqual([['2.1 %', 'not modelled']]);
    expect(rowsOf(table, 'broadcast a host, if flat')).toEqual([['41.5 frames/s', '41.5 frames/s']]);
    expect(rowsOf(table, 'virtual ports of a pod switch')).toEqual([['2,210 of 3,000', '2,210 of 3,000']]);
    expect(rowsOf(plain([variant(null)]), 'cross-pod share')).toEqual([]);
    // No customer is in several zones in any of them.
    expect(rowsOf(table, 'traffic across zones')).toEqual([]);
  });

  test('a switch without a limit has no row, and none in one variant is a dash', () => {
    const pool = carried.vlans['z1']!;
    const none = { peak: 0, limit: 0 };
    const overlay = variant('overlay', { vlans: { z1: { ...pool, refusedBySwitch: 3, zoneSwitchVlans: none } } });
    expect(rowsOf(plain([carried, overlay]), 'VLANs of the zone switch')).toEqual([['37 of 4,094', '-']]);
    expect(rowsOf(plain([carried, overlay]), 'refused by full switches')).toEqual([['0', '3']]);
    expect(rowsOf(plain([overlay]), 'VLANs of the zone switch')).toEqual([]);
  });
});
