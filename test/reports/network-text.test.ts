import { describe, expect, test } from 'vitest';
import { byPeak, fillingText } from '../../reports/filling-link.js';
import { networkSamples, type NetworkSample } from '../../reports/network-samples.js';
import { kindText, linkText, useText } from '../../reports/network-text.js';
import { bySoonest, firstToRunOut, inUnit, runOutText } from '../../reports/run-out-text.js';
import type { LinkRow, RunOutRow } from '../../sim/store/network-types.js';

const DAY = 86_400_000_000;
const link = (of: Partial<LinkRow>): LinkRow => ({
  ...{ zone: 'z1', link: 'z1/p01 up', kind: 'pod-uplink', fabric: 'data', capacityBitsPerSecond: 40e9 },
  ...{
    mean: 0.1,
    p95: 0.2,
    peak: 0.5,
    peakMicros: DAY,
    highRatio: 0,
    guest: 1,
    storage: 0,
    management: 0,
    transfers: 0,
  },
  ...of,
});

describe('links', () => {
  test('have their kind in words, and their switches where these are not those of data', () => {
    expect(kindText('pod-uplink')).toBe('pod uplink');
    expect(kindText('template-store')).toBe('template store link');
    expect(linkText(link({}))).toBe('pod uplink z1/p01 up');
    expect(linkText(link({ fabric: 'storage' }))).toBe('pod uplink z1/p01 up (storage)');
    // The name says it already.
    expect(linkText(link({ link: 'z1/p01 storage up', fabric: 'storage' }))).toBe('pod uplink z1/p01 storage up');
  });

  test('fill in the order of their peaks; of equal ones the one that is full more of the time', () => {
    const links = [
      link({ link: 'a' }),
      link({ link: 'b', p95: 0.4 }),
      link({ link: 'c', peak: 0.8 }),
      link({ link: 'd' }),
    ];
    expect(byPeak(links).map((one) => one.link)).toEqual(['c', 'b', 'a', 'd']);
  });

  test('how much more traffic fills the first, or that it is full; nothing of links that carry nothing', () => {
    expect(fillingText([link({ peak: 0.5 })])).toBe(
      'First to fill is the pod uplink z1/p01 up: at 1 d it carried 50 % of its 40 Gbps, so 2 times the traffic fills it.',
    );
    expect(fillingText([link({ peak: 1 })])).toContain('so 1 times the traffic fills it');
    expect(fillingText([link({ peak: 1.01 })])).toContain('it was asked for 101 % of its 40 Gbps.');
    expect(fillingText([link({ peak: 0 })])).toBeNull();
    expect(fillingText([])).toBeNull();
    expect(
      fillingText([link({}), link({ kind: 'host', link: 'z1/p01/h01 up', peak: 0.2 }), link({ kind: 'vpn', peak: 0 })]),
    ).toMatch(/The fullest of other kinds, at their peaks: host link 20 % \(z1\/p01\/h01 up\)\.$/);
  });
});

test('a share too small for its digits to mean anything is not shown as 0', () => {
  expect([0, 1e-9, 3.1e-7, 0.62, 1.12].map(useText)).toEqual(['0 %', '<0.00001 %', '0.000031 %', '62 %', '112 %']);
});

describe('what runs out', () => {
  const row = (of: Partial<RunOutRow>): RunOutRow => ({
    ...{ zone: 'z1', what: 'vlan-ids', unit: 'IDs', capacity: 40, inUse: 30, perDay: 1, atMicros: null },
    ...of,
  });

  test('when, or why not', () => {
    expect(runOutText(row({ atMicros: 34 * DAY }))).toBe('runs out after 34 d');
    expect(runOutText(row({}))).toBe('not in sight');
    expect(runOutText(row({ perDay: 0 }))).toBe('does not grow');
    expect(runOutText(row({ perDay: -1 }))).toBe('does not grow');
    expect(runOutText(row({ inUse: 40, perDay: -1 }))).toBe('used up');
  });

  test('soonest first, what is used up before all, the rest as it came', () => {
    const rows = [
      row({ what: 'never' }),
      row({ what: 'late', atMicros: 9 * DAY }),
      row({ what: 'soon', atMicros: 2 * DAY }),
      row({ what: 'nor this' }),
      row({ what: 'full', inUse: 41 }),
    ];
    expect(bySoonest(rows).map(({ what }) => what)).toEqual(['full', 'soon', 'late', 'never', 'nor this']);
    expect(firstToRunOut(rows)!.what).toBe('full');
    expect(firstToRunOut(rows.slice(0, 4))!.what).toBe('soon');
    expect(firstToRunOut([rows[0]!])).toBeNull();
    expect(firstToRunOut([])).toBeNull();
  });

  test('in the unit of its row, shrinking too', () => {
    expect(inUnit('bytes', 20 * 1024 ** 3)).toBe('20 GiB');
    expect(inUnit('bytes', -20 * 1024 ** 3)).toBe('-20 GiB');
    expect(inUnit('bits per second', 9e8)).toBe('900 Mbps');
    expect(inUnit('thousandths of a core', -1200)).toBe('-1.2 cores');
    expect(inUnit('operations per second', 22_000)).toBe('22,000 IOPS');
    expect(inUnit('IDs', 36.52)).toBe('36.5 IDs');
  });
});

test("zones' samples put together: rates are summed, uses are the highest, what is not modelled stays so", () => {
  const sample = (atMicros: number, of: Partial<NetworkSample>): NetworkSample => ({
    ...{
      atMicros,
      bitsSameHost: 1,
      bitsSamePod: 2,
      bitsCrossPod: 3,
      bitsPublic: 4,
      bitsStorage: null,
      bitsTransfers: 0,
    },
    ...{ iopsDemand: 10, iopsServed: 9, zoneSwitchUse: 0.2, hottestLinkUse: 0.5, ...of },
  });
  const first = [sample(0, {}), sample(60, {})];
  const all = networkSamples([first, [sample(30, {}), sample(60, { hottestLinkUse: 0.9, zoneSwitchUse: 0.1 })]]);
  expect(all.map(({ atMicros }) => atMicros)).toEqual([0, 30, 60]);
  expect(all[2]).toEqual({
    ...{ atMicros: 60, bitsSameHost: 2, bitsSamePod: 4, bitsCrossPod: 6, bitsPublic: 8, bitsStorage: null },
    ...{ bitsTransfers: 0, iopsDemand: 20, iopsServed: 18, zoneSwitchUse: 0.2, hottestLinkUse: 0.9 },
  });
  expect(first[1]).toEqual(sample(60, {}));
});
