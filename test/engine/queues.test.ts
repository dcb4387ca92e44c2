/**
 * The sampling code against queueing theory: lane, named streams and distributions together must give the waiting times
 * and lengths of lines that textbooks give. A formula holds where it is within the interval of batch means, 99.9 % for all
 * of them together (batch-means.ts); beside each stands a wrong one that must not be. Services take about 1 s on average,
 * so that the tick of a microsecond does not show.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DistributionSpec } from '../../sim/engine/distributions.js';
import { BATCHES, batchMeans, distance, type Interval } from '../batch-means.js';
import { WaitingLine, type LineSpec } from './waiting-line.js';

/** As much as for a test, on a machine that others use too. */
const HOOK_MILLIS = 60_000;

const SECOND = 1_000_000;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const exponential = (mean: number): DistributionSpec => ({ kind: 'exponential', mean });

interface Measured {
  /** Mean time in line, in seconds, and mean number of customers in line. */
  wait: Interval;
  length: Interval;
}

/** A batch is a hundred times as long as the line remembers: 1 / (mu (1 - sqrt(rho))^2) for M/M/1. The first is the warm-up. */
function measured(spec: LineSpec, batchSeconds: number): Measured {
  const line = new WaitingLine(spec);
  const waits: number[] = [];
  const lengths: number[] = [];
  for (let batch = 0; batch <= BATCHES; batch++) {
    const end = (batch + 1) * batchSeconds * SECOND;
    line.lane.runUntil(end);
    line.lane.passTo(end);
    if (batch > 0) {
      waits.push(mean(line.waits) / SECOND);
      lengths.push(line.waiting.mean(end)!);
    }
    line.measureFrom(end);
  }
  return { wait: batchMeans(waits), length: batchMeans(lengths) };
}

/** Within the interval, and the interval within a given share of the value, so that it says something. */
function holds(interval: Interval, value: number, precision: number): void {
  expect(distance(interval, value), `${value} against ${interval.mean}`).toBeLessThan(1);
  expect(interval.halfWidth).toBeLessThan(precision * value);
}

describe('M/M/1', () => {
  // Arrivals every 1.25 s, service of 1 s: rho = 0.8.
  const rho = 0.8;
  let line: Measured;
  beforeAll(() => {
    line = measured({ name: 'mm1', servers: 1, interarrival: exponential(1 / rho), service: exponential(1) }, 20_000);
  }, HOOK_MILLIS);

  test('Wq = rho / (mu - lambda) = 4 s, Lq = rho^2 / (1 - rho) = 3.2', () => {
    holds(line.wait, rho / (1 - rho), 0.15);
    holds(line.length, (rho * rho) / (1 - rho), 0.15);
  });

  test('and not the wait of a line with constant service, nor the time with service', () => {
    expect(distance(line.wait, rho / (2 * (1 - rho)))).toBeGreaterThan(2);
    expect(distance(line.wait, 1 / (1 - rho))).toBeGreaterThan(1);
    expect(distance(line.length, rho / (1 - rho))).toBeGreaterThan(1);
  });
});

/** Erlang C: the chance that all of `servers` are busy, at `load` = lambda / mu, by the sum in the textbook. */
function erlangC(servers: number, load: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 0; k < servers; k++) {
    sum += term;
    term *= load / (k + 1);
  }
  const busy = term * (servers / (servers - load));
  return busy / (sum + busy);
}

test('Erlang C as tabled: 2 servers at load 1: 1/3; 5 at 4: 0.5541; one: rho', () => {
  expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
  expect(erlangC(5, 4)).toBeCloseTo(0.5541, 4);
  expect(erlangC(1, 0.8)).toBeCloseTo(0.8, 12);
});

describe.each([3, 6])('M/M/c with %i servers', (servers) => {
  const load = 0.8 * servers;
  let line: Measured;
  beforeAll(() => {
    const name = `mm${servers}`;
    line = measured({ name, servers, interarrival: exponential(1 / load), service: exponential(1) }, 10_000);
  }, HOOK_MILLIS);

  test('Wq = C / (c mu - lambda), Lq = lambda Wq, C by Erlang', () => {
    const wait = erlangC(servers, load) / (servers - load);
    holds(line.wait, wait, 0.16);
    holds(line.length, load * wait, 0.16);
  });

  test('and not the wait of as many lines of one server, nor of one server as fast as all', () => {
    expect(distance(line.wait, 4)).toBeGreaterThan(2);
    expect(distance(line.wait, 4 / servers)).toBeGreaterThan(1);
  });
});

/** Each with E[S^2] from its definition. */
const SERVICES: { service: DistributionSpec; mean: number; secondMoment: number }[] = [
  { service: { kind: 'constant', value: 1 }, mean: 1, secondMoment: 1 },
  // (a^2 + a b + b^2) / 3
  { service: { kind: 'uniform', low: 0.2, high: 1.8 }, mean: 1, secondMoment: (0.04 + 0.36 + 3.24) / 3 },
  // Median m: mean m exp(s^2 / 2), second moment m^2 exp(2 s^2).
  {
    service: { kind: 'lognormal', median: 0.8, sigma: 0.7 },
    ...{ mean: 0.8 * Math.exp(0.245), secondMoment: 0.64 * Math.exp(0.98) },
  },
  // Shape 1/2: Gamma(1 + 2) = 2 and Gamma(1 + 4) = 24.
  { service: { kind: 'weibull', scale: 0.5, shape: 0.5 }, mean: 0.5 * 2, secondMoment: 0.25 * 24 },
  // Hyper-exponential: the sum over the parts of w 2 m^2.
  {
    service: {
      kind: 'mixture',
      parts: [
        { weight: 0.8, of: exponential(0.5) },
        { weight: 0.2, of: exponential(3) },
      ],
    },
    ...{ mean: 1, secondMoment: 0.8 * 2 * 0.25 + 0.2 * 2 * 9 },
  },
  // Ten ranks of weight 1 / rank, over H(10) = 7381 / 2520: sums of 1 and of rank.
  { service: { kind: 'zipf', count: 10, exponent: 1 }, mean: 25_200 / 7381, secondMoment: (55 * 2520) / 7381 },
];

describe.each(SERVICES.map((one) => [one.service.kind, one] as const))('M/G/1, service %s', (kind, one) => {
  const rho = 0.6;
  const interarrival = one.mean / rho;
  let line: Measured;
  beforeAll(() => {
    const spec = { servers: 1, interarrival: exponential(interarrival), service: one.service };
    line = measured({ name: `mg1/${kind}`, ...spec }, 10_000 * one.mean);
  }, HOOK_MILLIS);

  test('Wq = lambda E[S^2] / (2 (1 - rho)), Lq = lambda Wq (Pollaczek and Khinchine)', () => {
    const wait = one.secondMoment / interarrival / (2 * (1 - rho));
    holds(line.wait, wait, 0.4);
    holds(line.length, wait / interarrival, 0.4);
  });

  test('and not the wait of exponential service of the same mean', () => {
    // The further from 2 E[S]^2 the second moment is, the further is its wait: a factor of 0.7 to 3.
    expect(distance(line.wait, (rho * one.mean) / (1 - rho))).toBeGreaterThan(1);
  });
});

describe("Little's law, L = lambda W, on one path from empty to empty", () => {
  test.each([
    ['M/M/1', 1, exponential(1)],
    ['M/M/3', 3, exponential(2.5)],
    ['M/G/1', 1, SERVICES[3]!.service],
  ] as const)('%s: number over time and times of customers agree to 1e-9', (name, servers, service) => {
    const line = new WaitingLine({ name, servers, interarrival: exponential(1.2), service });
    line.lane.runUntil(30_000 * SECOND);
    line.close();
    const end = line.lane.now;
    const { arrivals, stays, waits } = line;
    // Everybody who came has left, and was counted once.
    expect(stays).toHaveLength(arrivals);
    expect(waits).toHaveLength(arrivals);
    expect(arrivals).toBeGreaterThan(20_000);
    const lambda = arrivals / end;
    const inAll = line.present.mean(end)!;
    const inLine = line.waiting.mean(end)!;
    expect(Math.abs(inAll / (lambda * mean(stays)) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(inLine / (lambda * mean(waits)) - 1)).toBeLessThan(1e-9);
    // A customer more or less would show.
    expect(Math.abs(inAll / (((arrivals - 1) / end) * mean(stays)) - 1)).toBeGreaterThan(1e-5);
  });
});
