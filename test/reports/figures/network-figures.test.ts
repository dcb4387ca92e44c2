import { describe, expect, test } from 'vitest';
import { broadcastOverTime, broadcastScale } from '../../../reports/figures/broadcast-over-time.js';
import { linkUseOverTime } from '../../../reports/figures/link-use-over-time.js';
import { linksByKind } from '../../../reports/figures/links-by-kind.js';
import { operationsOverTime } from '../../../reports/figures/operations-over-time.js';
import { hasTraffic, trafficOverTime } from '../../../reports/figures/traffic-over-time.js';
import type { NetworkSample } from '../../../reports/network-samples.js';
import { gist } from './gist.js';

const DAY = 86_400_000_000;
const durationMicros = 2 * DAY;
const NOTHING: NetworkSample = {
  ...{ atMicros: 0, bitsSameHost: null, bitsSamePod: null, bitsCrossPod: null, bitsPublic: null, bitsStorage: null },
  ...{ bitsTransfers: null, iopsDemand: null, iopsServed: null, zoneSwitchUse: null, hottestLinkUse: null },
};
const sample = (day: number, of: Partial<NetworkSample>): NetworkSample => ({ ...NOTHING, atMicros: day * DAY, ...of });

describe('traffic', () => {
  test('its parts lie one on the other; what there is none of has none', () => {
    const samples = [0, 1, 2].map((day) =>
      sample(day, { bitsSameHost: 1e9, bitsSamePod: 1e9 * day, bitsCrossPod: 0, bitsPublic: 5e8, bitsTransfers: 0 }),
    );
    expect(gist(trafficOverTime({ durationMicros, samples }))).toMatchInlineSnapshot(`
      [
        "Over time. Traffic, same host: from 1 Gbps at first to 1 Gbps at last, lowest 1 Gbps at 0 s, highest 1 Gbps at 0 s. Traffic, same pod: from 0 bps at first to 2 Gbps at last, lowest 0 bps at 0 s, highest 2 Gbps at 2 d. Traffic, public: from 500 Mbps at first to 500 Mbps at last, lowest 500 Mbps at 0 s, highest 500 Mbps at 0 s.",
        "0 bps | 1 Gbps | 2 Gbps | 3 Gbps | 0 | 1 | 2 | simulated time (days) | same host | same pod | public",
        "area in var(--series-1, #1d66a8) var(--page, #ffffff): M62,131.4L229,131.4L396,131.4L396,172L229,172L62,172Z",
        "area in var(--series-2, #bf5a0a) var(--page, #ffffff): M62,131.4L229,90.9L396,50.3L396,131.4L229,131.4L62,131.4Z",
        "area in var(--series-4, #7b4fa6) var(--page, #ffffff): M62,111.1L229,70.6L396,30L396,50.3L229,90.9L62,131.4Z",
      ]
    `);
  });

  test('six parts have keys in two rows, each in its own ink', () => {
    const all = { bitsSameHost: 1, bitsSamePod: 1, bitsCrossPod: 1, bitsPublic: 1, bitsStorage: 1, bitsTransfers: 1 };
    const svg = trafficOverTime({ durationMicros, samples: [sample(0, all), sample(2, all)] });
    const inks = [...svg.matchAll(/<path d="M[\d.,]+h10v10h-10z" fill="([^"]*)"/g)].map((match) => match[1]!);
    expect(new Set(inks).size).toBe(6);
    const rows = [...svg.matchAll(/<path d="M[\d.]+,([\d.]+)h10v10/g)].map((match) => match[1]!);
    expect(new Set(rows).size).toBe(2);
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  test('a peak between many samples is drawn, in one sample alone too', () => {
    const rates = Array.from({ length: 5000 }, (_, at) => (at === 2345 ? 9e9 : 1e9));
    const samples = rates.map((bitsSameHost, at) => ({
      ...NOTHING,
      atMicros: (at * durationMicros) / 5000,
      bitsSameHost,
    }));
    const svg = trafficOverTime({ durationMicros, samples });
    // The top of the scale is the peak, so that something touches the frame's upper edge: 30 below the figure's.
    expect(svg).toMatch(/aria-label="area"[^>]*>.*,30L/);
    expect(svg.length).toBeLessThan(20_000);
    expect(trafficOverTime({ durationMicros, samples: [sample(0, { bitsSameHost: 1 })] })).toMatch(/aria-label="rule"/);
  });

  test('is there where anything flows', () => {
    expect(hasTraffic([sample(0, {}), sample(1, { bitsStorage: 0 })])).toBe(false);
    expect(hasTraffic([sample(0, {}), sample(1, { bitsStorage: 1 })])).toBe(true);
  });
});

test('how full links are: the line of what is full is drawn where it is near', () => {
  const of = (peak: number): string =>
    linkUseOverTime({
      durationMicros,
      samples: [
        sample(0, { zoneSwitchUse: 0.1, hottestLinkUse: 0.3 }),
        sample(2, { zoneSwitchUse: 0.5, hottestLinkUse: peak }),
      ],
    });
  expect(gist(of(1.2))).toMatchInlineSnapshot(`
    [
      "Over time. Use of the zone switch: from 10 % at first to 50 % at last, lowest 10 % at 0 s, highest 50 % at 2 d. Use of the fullest link: from 30 % at first to 120 % at last, lowest 30 % at 0 s, highest 120 % at 2 d.",
      "0 % | 50 % | 100 % | 0 | 1 | 2 | simulated time (days) | zone switch | fullest link | full",
      "rule in var(--limit, #b3261e) 6 3: 46 396 53.7 53.7",
      "line in none var(--series-1, #1d66a8): M46,160.2L396,112.8",
      "line in none var(--series-2, #bf5a0a) 6 3: M46,136.5L396,30",
    ]
  `);
  expect(of(0.6)).not.toContain('--limit');
});

test('operations asked for and done', () => {
  const samples = [0, 1, 2].map((day) =>
    sample(day, { iopsDemand: 10_000 * day, iopsServed: Math.min(10_000 * day, 15_000) }),
  );
  expect(gist(operationsOverTime({ durationMicros, samples }))).toMatchInlineSnapshot(`
    [
      "Over time. Operations a second asked for: from 0 at first to 20,000 at last, lowest 0 at 0 s, highest 20,000 at 2 d. Operations a second done: from 0 at first to 15,000 at last, lowest 0 at 0 s, highest 15,000 at 2 d.",
      "0 | 10,000 | 20,000 | 0 | 1 | 2 | simulated time (days) | asked for | done",
      "line in none var(--series-1, #1d66a8): M46,172L221,104.4L396,36.8",
      "line in none var(--series-2, #bf5a0a) 6 3: M46,172L221,104.4L396,70.6",
    ]
  `);
});

describe('broadcast', () => {
  const frames = (
    own: number,
    flat: number,
  ): { atMicros: number; framesPerHost: number; flatFramesPerHost: number }[] =>
    [0, 2].map((day) => ({ atMicros: day * DAY, framesPerHost: own, flatFramesPerHost: flat }));

  test('up to ten times apart on a plain scale, further apart in steps of ten times', () => {
    expect(broadcastScale([frames(1, 10)])).toEqual({ top: 10.5 });
    expect(broadcastScale([frames(1, 10.1)])).toEqual({ top: 100, logBottom: 1 });
    expect(broadcastScale([frames(0.5, 2), frames(0.02, 900)])).toEqual({ top: 1000, logBottom: 0.01 });
    // Next to nothing takes no more than five steps, and nothing at all is no reason for a scale in steps.
    expect(broadcastScale([frames(1e-9, 100)])).toEqual({ top: 100, logBottom: 0.001 });
    expect(broadcastScale([frames(0, 0)])).toEqual({ top: 0 });
    expect(broadcastScale([])).toEqual({ top: 0 });
  });

  test('in its pod and flat', () => {
    const samples = frames(3, 300);
    const scale = broadcastScale([samples]);
    expect(gist(broadcastOverTime({ zone: 'z1', durationMicros, samples, scale }))).toMatchInlineSnapshot(`
      [
        "Zone z1 over time. Broadcast a host, in its pod: from 3 frames/s at first to 3 frames/s at last, lowest 3 frames/s at 0 s, highest 3 frames/s at 0 s. Broadcast a host, in one flat network: from 300 frames/s at first to 300 frames/s at last, lowest 300 frames/s at 0 s, highest 300 frames/s at 0 s.",
        "1 | 10 | 100 | 1,000 | 0 | 1 | 2 | simulated time (days) | in its pod | in one flat network",
        "line in none var(--series-1, #1d66a8): M46,149.4L396,149.4",
        "line in none var(--series-2, #bf5a0a) 6 3: M46,54.8L396,54.8",
      ]
    `);
  });

  test('on steps of ten times nothing lies on the axis, for it has no place below it', () => {
    const [first, last] = frames(3, 300) as [ReturnType<typeof frames>[0], ReturnType<typeof frames>[0]];
    const samples = [{ ...first, framesPerHost: 0 }, last];
    const svg = broadcastOverTime({ zone: 'z1', durationMicros, samples, scale: { top: 1000, logBottom: 1 } });
    expect(svg).toMatch(/aria-label="line"[^>]*><path d="M46,172L/);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

test('links by kind: the fullest kind first, dots of links that are as full as others larger', () => {
  const links = [
    ...[0.1, 0.1, 0.1, 0.32].map((peak) => ({ kind: 'host', peak })),
    { kind: 'pod-uplink', peak: 1.12 },
    { kind: 'pod-uplink', peak: 0.5 },
  ];
  expect(gist(linksByKind(links))).toMatchInlineSnapshot(`
    [
      "Links by kind, how full each was at its peak. 2 pod uplinks, at most 112 % and 4 host links, at most 32 %.",
      "0 % | 50 % | 100 % | use of its capacity, at its peak | 2 pod uplinks, at most 112 % | 4 host links, at most 32 %",
      "rule in var(--limit, #b3261e) 6 3: 339.7 339.7 4 96",
      "dot in var(--series-1, #1d66a8) var(--page, #ffffff): 43 50 9; 174.8 4 3; 379.2 4 3; 115.5 50 3",
    ]
  `);
  // All the way to full, though nothing is near.
  expect(linksByKind([{ kind: 'host', peak: 0.01 }])).toContain('>100 %<');
});
