import { describe, expect, test } from 'vitest';
import { cpuAskedForOverTime, cpuShortOverTime } from '../../../reports/figures/cpu-over-time.js';
import { fragmentationOverTime, fragmentationTop } from '../../../reports/figures/fragmentation-over-time.js';
import { levelTop, ticksTo } from '../../../reports/figures/line-figure.js';
import { refusalsByReason } from '../../../reports/figures/refusals-by-reason.js';
import { utilisationOverTime } from '../../../reports/figures/utilisation-over-time.js';
import { vlansOverTime } from '../../../reports/figures/vlans-over-time.js';
import { vmsOverTime } from '../../../reports/figures/vms-over-time.js';
import { gist } from './gist.js';

const DAY = 86_400_000_000;
const days = 4;
const durationMicros = days * DAY;
const at = Array.from({ length: days + 1 }, (_, day) => day * DAY);

test('fragmentation, with a gap where no customer has a VM', () => {
  const values = [0.2, 0.4, 0, 0.3, 0.1];
  const samples = at.map((atMicros, day) => ({ atMicros, customers: day === 2 ? 0 : 5, fragmentation: values[day]! }));
  expect(gist(fragmentationOverTime({ zone: 'z1', durationMicros, samples, top: 0.4 }))).toMatchInlineSnapshot(`
    [
      "Zone z1 over time. Fragmentation: from 0.200 at first to 0.100 at last, lowest 0.100 at 4 d, highest 0.400 at 1 d.",
      "0 | 0.1 | 0.2 | 0.3 | 0.4 | 0 | 1 | 2 | 3 | 4 | simulated time (days)",
      "area in var(--series-1, #1d66a8): M46,81L133.5,10L133.5,152L46,152ZM308.5,45.5L396,116.5L396,152L308.5,152Z",
      "line in none var(--series-1, #1d66a8): M46,81L133.5,10M308.5,45.5L396,116.5",
    ]
  `);
});

test('VLAN IDs against the pool', () => {
  const samples = at.map((atMicros, day) => ({ atMicros, vlansInUse: day * 10 }));
  expect(gist(vlansOverTime({ zone: 'z1', durationMicros, capacity: 40, samples }))).toMatchInlineSnapshot(`
    [
      "Zone z1 over time, of the pool of 40. VLAN IDs in use: from 0 at first to 40 at last, lowest 0 at 0 s, highest 40 at 4 d.",
      "0 | 10 | 20 | 30 | 40 | 0 | 1 | 2 | 3 | 4 | simulated time (days) | in use | the pool of 40",
      "rule in var(--limit, #b3261e) 6 3: 46 396 30 30",
      "area in var(--series-1, #1d66a8): M46,172L133.5,136.5L221,101L308.5,65.5L396,30L396,172L308.5,172L221,172L133.5,172L46,172Z",
      "line in none var(--series-1, #1d66a8): M46,172L133.5,136.5L221,101L308.5,65.5L396,30",
    ]
  `);
});

test('a pool far above what is in use is named, not drawn', () => {
  const samples = at.map((atMicros) => ({ atMicros, vlansInUse: 20 }));
  const svg = vlansOverTime({ zone: 'z1', durationMicros, capacity: 4094, samples });
  expect(svg).toContain('>the pool of 4,094 is far above<');
  expect(svg).not.toContain('--limit');
});

test('VMs and routing appliances', () => {
  const samples = at.map((atMicros, day) => ({ atMicros, runningVms: 100 + day, runningAppliances: 40 }));
  expect(gist(vmsOverTime({ durationMicros, samples }))).toMatchInlineSnapshot(`
    [
      "Over time. Running VMs: from 100 at first to 104 at last, lowest 100 at 0 s, highest 104 at 4 d. Running routing appliances: from 40 at first to 40 at last, lowest 40 at 0 s, highest 40 at 0 s.",
      "0 | 50 | 100 | 0 | 1 | 2 | 3 | 4 | simulated time (days) | VMs | routing appliances",
      "line in none var(--series-1, #1d66a8): M46,42L133.5,40.7L221,39.4L308.5,38.1L396,36.8",
      "line in none var(--series-2, #bf5a0a) 6 3: M46,120L133.5,120L221,120L308.5,120L396,120",
    ]
  `);
});

test('CPU, memory and disk; a cloud without storage has no share of it', () => {
  const samples = at.map((atMicros, day) => ({
    atMicros,
    runningVms: 1,
    runningAppliances: 1,
    cpuMillisUsed: 10 * day,
    cpuMillisCapacity: 100,
    cpuMillisPhysical: 100,
    memoryBytesUsed: 5,
    memoryBytesCapacity: 100,
    diskBytesUsed: 0,
    diskBytesCapacity: 0,
    cpuMillisDemand: null,
    cpuMillisShort: null,
    vmsShort: null,
  }));
  expect(gist(utilisationOverTime({ durationMicros, samples }))).toMatchInlineSnapshot(`
    [
      "Over time. CPU held: from 0 % at first to 40 % at last, lowest 0 % at 0 s, highest 40 % at 4 d. memory held: from 5 % at first to 5 % at last, lowest 5 % at 0 s, highest 5 % at 0 s. disk held: nothing to measure.",
      "0 % | 10 % | 20 % | 30 % | 40 % | 0 | 1 | 2 | 3 | 4 | simulated time (days) | CPU | memory | disk",
      "line in none var(--series-1, #1d66a8): M46,172L133.5,136.5L221,101L308.5,65.5L396,30",
      "line in none var(--series-2, #bf5a0a) 6 3: M46,154.3L133.5,154.3L221,154.3L308.5,154.3L396,154.3",
      "line in none var(--series-3, #2c7a4b) 1.5 3: ",
    ]
  `);
});

test('CPU asked for and had, over what hosts have, and who is short; before the first VM there is no share', () => {
  const samples = at.map((atMicros, day) => ({
    ...{ atMicros, runningVms: 10 * day, cpuMillisPhysical: 100 },
    ...{ cpuMillisDemand: 30 * day, cpuMillisShort: day > 2 ? 6 * day : 0, vmsShort: day > 2 ? day : 0 },
  }));
  expect(gist(cpuAskedForOverTime({ durationMicros, samples }))).toMatchInlineSnapshot(`
    [
      "Over time. CPU asked for: from 0 % at first to 120 % at last, lowest 0 % at 0 s, highest 120 % at 4 d. CPU had: from 0 % at first to 96 % at last, lowest 0 % at 0 s, highest 96 % at 4 d.",
      "0 % | 50 % | 100 % | 0 | 1 | 2 | 3 | 4 | simulated time (days) | asked for | had",
      "line in none var(--series-1, #1d66a8): M46,172L133.5,136.5L221,101L308.5,65.5L396,30",
      "line in none var(--series-2, #bf5a0a) 6 3: M46,172L133.5,136.5L221,101L308.5,86.8L396,58.4",
    ]
  `);
  expect(gist(cpuShortOverTime({ durationMicros, samples }))).toMatchInlineSnapshot(`
    [
      "Over time. Short of the CPU asked for: from 0 % at first to 20 % at last, lowest 0 % at 1 d, highest 20 % at 3 d. Short of the VMs: from 0 % at first to 10 % at last, lowest 0 % at 1 d, highest 10 % at 3 d.",
      "0 % | 5 % | 10 % | 15 % | 20 % | 0 | 1 | 2 | 3 | 4 | simulated time (days) | of the CPU asked for | of the VMs",
      "line in none var(--series-1, #1d66a8): M133.5,172L221,172L308.5,30L396,30",
      "line in none var(--series-2, #bf5a0a) 6 3: M133.5,172L221,172L308.5,101L396,101",
    ]
  `);
});

test('refusals', () => {
  expect(gist(refusalsByReason({ 'no-capacity': 4, 'moon-full': 1, 'vlan-exhausted': 1200 }))).toMatchInlineSnapshot(`
    [
      "Requests refused by reason. 1,200: no VLAN ID left in the pool (vlan-exhausted), 4: no host with room for the VM (no-capacity) and 1: moon-full.",
      "no VLAN ID left in the pool (vlan-exhausted) | no host with room for the VM (no-capacity) | moon-full | 1,200 | 4 | 1",
      "bar in var(--series-1, #1d66a8): 2 356 22 16; 2 1.2 66 16; 2 0.3 110 16",
    ]
  `);
});

describe('every figure', () => {
  const one = { atMicros: 0, vlansInUse: 3 };
  const svg = vlansOverTime({ zone: '<&">', durationMicros, capacity: 40, samples: [one] });

  test('a single sample is a dot', () => {
    expect(svg).toMatch(/<circle /);
    expect(svg).toContain('VLAN IDs in use: 3 in the only sample.');
  });

  test('stands alone: no style, no script, no address, no name of the zone as markup', () => {
    expect(svg).not.toMatch(/<style|<script|https?:|NaN|undefined/);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).toContain('aria-label="Zone &lt;&amp;&quot;&gt;');
    expect(svg.match(/<g [^>]*aria-label/g)!.length).toBe(svg.match(/<g [^>]*role="group"/g)!.length);
  });

  test('has coordinates in tenths, and the same bytes every time', () => {
    expect(svg).not.toMatch(/ (d|transform|[xy][12]?)="[^"]*\d\.\d{2,}(?!\d*em)[^"]*"/);
    expect(vlansOverTime({ zone: '<&">', durationMicros, capacity: 40, samples: [one] })).toBe(svg);
  });
});

describe('scales', () => {
  test('ticks are round and do not go beyond the top', () => {
    expect(ticksTo(40, true)).toEqual([0, 10, 20, 30, 40]);
    expect(ticksTo(3, true)).toEqual([0, 1, 2, 3]);
    expect(ticksTo(1, true)).toEqual([0, 1]);
    expect(ticksTo(1, false)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(ticksTo(4094, true)).toEqual([0, 2000, 4000]);
    expect(ticksTo(0.3, false)).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test('zones side by side share one that none exceeds', () => {
    const of = (
      fragmentation: number,
      customers = 1,
    ): { atMicros: number; customers: number; fragmentation: number }[] => [{ atMicros: 0, customers, fragmentation }];
    expect(fragmentationTop([of(0.02), of(0.35)])).toBe(0.4);
    expect(fragmentationTop([of(0.9, 0)])).toBe(0.1);
    expect(levelTop(1.2)).toBe(1.2);
  });
});
