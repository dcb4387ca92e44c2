import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { countNetwork, networkFigures, zoneFigures, zoneLayout } from '../../sim/measures/fragmentation.js';
import type { PlacedVm, ZoneFigures } from '../../sim/measures/fragmentation.js';
import { mergeFragmentation, type FragmentationResult } from '../../sim/measures/fragmentation-result.js';
import { FragmentationTracker } from '../../sim/measures/fragmentation-tracker.js';
import { weightedQuantile } from '../../sim/measures/statistics.js';

const GIB = 2 ** 30;
const zone = zoneLayout(
  [0, 0, 1, 1, 1, 2, 3].map((pod, at) => ({ pod, cpuMillis: 8_000 + 1_000 * (at % 3), memoryBytes: (8 + at) * GIB })),
);
const HOSTS = zone.podOfHost.length;
const FIGURES = [
  'fragmentation',
  'hostFragmentation',
  'podsPerCustomer',
  'hostsPerCustomer',
  'phantomDomains',
] as const;

/** A random step: start a VM, stop the n-th running one, or move the routing appliance. */
const step = fc.record({
  after: fc.nat(1_000),
  what: fc.constantFrom('start', 'start', 'stop', 'router'),
  network: fc.nat(3),
  host: fc.nat(HOSTS - 1),
  nth: fc.nat(50),
  cores: fc.integer({ min: 1, max: 4 }),
  gib: fc.integer({ min: 1, max: 6 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The same run without the tracker: lists of VMs, and every figure from the beginning at every change. */
class PlainRun {
  readonly vms: (PlacedVm & { network: number })[] = [];
  readonly routers = new Map<number, number | null>();
  atMicros = 0;
  vmMicros = 0;
  private figuresTime = 0;
  private readonly integrals: Record<string, number> = {};
  private readonly spent: { value: number; weight: number }[] = [];

  constructor(private readonly warmUpMicros: number) {}

  of(network: number): PlacedVm[] {
    return this.vms.filter((vm) => vm.network === network);
  }

  networks(): number[] {
    return [...new Set(this.vms.map((vm) => vm.network))];
  }

  figures(): ZoneFigures {
    return zoneFigures(
      this.networks().map((network) => countNetwork(this.of(network), this.routers.get(network) ?? null, zone)),
      zone,
    );
  }

  advance(atMicros: number): void {
    const elapsed = Math.max(0, atMicros - Math.max(this.atMicros, this.warmUpMicros));
    this.atMicros = atMicros;
    if (elapsed === 0 || this.vms.length === 0) return;
    const figures = this.figures();
    this.figuresTime += elapsed;
    this.vmMicros += figures.vms * elapsed;
    for (const name of FIGURES) this.integrals[name] = (this.integrals[name] ?? 0) + figures[name] * elapsed;
    for (const network of this.networks()) {
      const vms = this.of(network);
      const { fragmentation } = networkFigures(vms, this.routers.get(network) ?? null, zone);
      this.spent.push({ value: fragmentation, weight: vms.length * elapsed });
    }
  }

  mean(name: string): number {
    return (this.integrals[name] ?? 0) / this.figuresTime;
  }

  quantile(percent: number): number | null {
    return weightedQuantile(this.spent, percent);
  }
}

function apply(one: Step, plain: PlainRun, tracker: FragmentationTracker): void {
  const at = plain.atMicros + one.after;
  plain.advance(at);
  if (one.what === 'router') {
    const host = one.nth % 5 === 0 ? null : one.host;
    plain.routers.set(one.network, host);
    tracker.routerAt(at, one.network, host);
  } else if (one.what === 'start') {
    const vm = { network: one.network, host: one.host, cpuMillis: one.cores * 1000, memoryBytes: one.gib * GIB };
    plain.vms.push(vm);
    tracker.vmStarted(at, vm.network, vm.host, vm.cpuMillis, vm.memoryBytes);
  } else if (plain.vms.length > 0) {
    const [vm] = plain.vms.splice(one.nth % plain.vms.length, 1);
    tracker.vmStopped(at, vm!.network, vm!.host, vm!.cpuMillis, vm!.memoryBytes);
  }
}

function expectClose(actual: number, expected: number, what: string): void {
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(1e-12);
}

describe('the incremental form equals the plain one', () => {
  test('at every instant and over time, for random runs', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), fc.nat(20_000), (steps, warmUp) => {
        const plain = new PlainRun(warmUp);
        const tracker = new FragmentationTracker(zone, warmUp);
        for (const one of steps) {
          apply(one, plain, tracker);
          const expected = plain.figures();
          const actual = tracker.figures();
          expect(actual.vms).toBe(expected.vms);
          expect(actual.networks).toBe(expected.networks);
          for (const name of FIGURES) expectClose(actual[name], expected[name], name);
          const vms = plain.of(one.network);
          const router = plain.routers.get(one.network) ?? null;
          expect(tracker.networkFigures(one.network)).toEqual(
            vms.length === 0 ? null : networkFigures(vms, router, zone),
          );
        }
        const end = plain.atMicros + 500;
        plain.advance(end);
        const result = tracker.result(end);
        expectClose(result.vmMicros / end, plain.vmMicros / end, 'vmMicros');
        const merged = mergeFragmentation([result]);
        if (plain.vmMicros === 0) {
          expect(merged).toBeNull();
          return;
        }
        for (const name of FIGURES) expectClose(result.mean[name], plain.mean(name), `mean ${name}`);
        expectClose(merged!.mean, plain.mean('fragmentation'), 'merged mean');
        expectClose(merged!.end, plain.figures().fragmentation, 'end');
        for (const [name, percent] of [
          ['p50', 50],
          ['p95', 95],
          ['max', 100],
        ] as const) {
          expect(merged![name], name).toBe(plain.quantile(percent));
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('after a hundred thousand changes too', () => {
    const tracker = new FragmentationTracker(zone);
    const vms: [number, number, number, number][] = [];
    let state = 12345;
    const draw = (below: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % below;
    for (let at = 0; at < 100_000; at++) {
      if (vms.length > 60 || (vms.length > 0 && draw(7) < 3)) {
        tracker.vmStopped(at, ...vms.splice(draw(vms.length), 1)[0]!);
      } else {
        vms.push([draw(9), draw(HOSTS), 1000 * (1 + draw(4)), GIB * (1 + draw(6))]);
        tracker.vmStarted(at, ...vms.at(-1)!);
      }
    }
    const counts = [...new Set(vms.map(([network]) => network))].map((network) =>
      countNetwork(
        vms
          .filter((vm) => vm[0] === network)
          .map(([, host, cpuMillis, memoryBytes]) => ({ host, cpuMillis, memoryBytes })),
        null,
        zone,
      ),
    );
    const expected = zoneFigures(counts, zone);
    expect(expected.vms).toBeGreaterThan(10);
    for (const name of FIGURES) expect(Math.abs(tracker.figures()[name] - expected[name])).toBeLessThan(1e-14);
  });
});

describe('a run of several zones', () => {
  const result = (vmMicros: number, value: number, endVms: number): FragmentationResult => {
    const means = Object.fromEntries(FIGURES.map((name) => [name, value])) as Record<(typeof FIGURES)[number], number>;
    return {
      vmMicros,
      mean: means,
      end: { vms: endVms, networks: 1, ...means },
      values: [{ value, weight: vmMicros }],
    };
  };

  test('zones weigh as much as their VM-seconds, at the end as much as their VMs', () => {
    expect(mergeFragmentation([result(300, 0, 1), result(100, 1, 3)])).toEqual({
      mean: 0.25,
      end: 0.75,
      p50: 0,
      p95: 1,
      max: 1,
      hostFragmentation: { mean: 0.25, end: 0.75 },
      podsPerCustomer: 0.25,
      hostsPerCustomer: 0.25,
      phantomDomains: 0.25,
    });
  });

  test('nothing ran: no figures; nothing runs at the end: 0 there', () => {
    expect(mergeFragmentation([])).toBeNull();
    expect(mergeFragmentation([new FragmentationTracker(zone).result(1_000)])).toBeNull();
    expect(mergeFragmentation([{ ...result(100, 0.5, 0) }])).toMatchObject({ mean: 0.5, end: 0 });
  });
});

test('what cannot be is an error', () => {
  const tracker = new FragmentationTracker(zone);
  expect(() => tracker.vmStarted(0, 1, HOSTS, 1, 1)).toThrow(/no host/);
  expect(() => new FragmentationTracker(zone).vmStopped(0, 1, 0, 1, 1)).toThrow(/none of its guest network ran/);
  tracker.routerAt(10, 1, 0);
  expect(() => tracker.routerAt(9, 1, 0)).toThrow(/time fell/);
});
