/** Operations on disks, held against listing every VM of every server. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Domain } from '../../../sim/datacenter/domain.js';
import { StorageTraffic, type DiskUse } from '../../../sim/datacenter/traffic/storage-traffic.js';

const SECOND = 1_000_000;
const HOSTS = 3;
/** Two storage servers, and a host's own disk, which nothing limits and no link leads to. */
const IOPS = [300, 120, Infinity];
const OWN_DISK = 2;
const LINKS = 2 * (HOSTS + OWN_DISK);
const reads = (server: number, host: number): number[] =>
  server === OWN_DISK ? [] : [2 * (HOSTS + server), 2 * host + 1];
const writes = (server: number, host: number): number[] =>
  server === OWN_DISK ? [] : [2 * host, 2 * (HOSTS + server) + 1];

interface Living {
  readonly vm: number;
  readonly host: number;
  /** null: it has no disk. */
  readonly server: number | null;
  /** null: not modelled. */
  readonly use: DiskUse | null;
  throttle: number | null;
}

function domainOf({ vm, host, throttle }: Living): Domain {
  return {
    ...{ vm, host, nodes: [0], cpuMillis: 1000, memoryBytes: 1, interfaces: [], state: 'running', role: 'user' },
    ...{ networks: [], throttle: { networkBitsPerSecond: null, iops: throttle } },
  };
}

function bench(warmUpMicros = 0) {
  const clock = { now: 0 };
  const living = new Map<number, Living>();
  let changes = 0;
  const traffic = new StorageTraffic(
    IOPS,
    {
      now: () => clock.now,
      useOf: (vm) => living.get(vm)!.use,
      serverOf: (vm) => living.get(vm)!.server,
      throttleOf: ({ throttle }) => throttle.iops ?? Infinity,
      ...{ reads, writes, changed: () => changes++ },
    },
    warmUpMicros,
  );
  const come = (one: Omit<Living, 'vm'>): number => {
    const vm = living.size === 0 ? 0 : Math.max(...living.keys()) + 1;
    living.set(vm, { ...one, vm });
    traffic.vmRunning(domainOf(living.get(vm)!));
    return vm;
  };
  const go = (vm: number): void => {
    traffic.vmGone(domainOf(living.get(vm)!));
    living.delete(vm);
  };
  const curb = (vm: number, throttle: number | null): void => {
    living.get(vm)!.throttle = throttle;
    traffic.vmThrottled(domainOf(living.get(vm)!));
  };
  return { clock, living, traffic, come, go, curb, changes: () => changes };
}

interface Served {
  readonly one: Living;
  readonly use: DiskUse;
  readonly server: number;
  readonly asked: number;
  readonly served: number;
}

/** Of all VMs, one by one: whoever asks for least gets it first, or an even part of what is left. */
function listed(living: Iterable<Living>): Served[] {
  const asking = [...living].flatMap((one) => {
    const { use, server, throttle } = one;
    if (use === null || server === null) return [];
    return [{ one, use, server, asked: Math.min(use.operationsPerSecond, throttle ?? Infinity) }];
  });
  return IOPS.flatMap((most, server) => {
    const here = asking.filter((one) => one.server === server).sort((a, b) => a.asked - b.asked);
    let left = most;
    return here.map((one, at) => {
      const served = Math.min(one.asked, left / (here.length - at));
      left -= served;
      return { ...one, served };
    });
  });
}

type Step =
  | { kind: 'come'; host: number; server: number | null; iops: number | null; throttle: number | null; after: number }
  | { kind: 'go' | 'curb'; which: number; throttle: number | null; after: number };
const throttle = fc.constantFrom(null, null, 25, 90);
const after = fc.constantFrom(0, 1, 7, 60);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant('come' as const), host: fc.nat(HOSTS - 1), throttle, after },
      server: fc.constantFrom(0, 0, 1, 1, OWN_DISK, null),
      iops: fc.constantFrom(null, 0, 10, 33.3, 100, 100.1, 250),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('go' as const, 'curb' as const), which: fc.nat(99), throttle, after }),
  },
);

const useOf = (iops: number): DiskUse => ({ operationsPerSecond: iops, bytesPerOperation: 8192, readRatio: 0.7 });

describe('operations on disks', () => {
  test('are on every link, and served to every VM, as listing all VMs gives, and summed up over time', () => {
    let short = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), (steps) => {
        const warmUp = 30 * SECOND;
        const { clock, living, traffic, come, go, curb } = bench(warmUp);
        const areas = IOPS.map(() => ({ asked: 0, short: 0, shortMicros: 0, peak: 0 }));
        const pass = (seconds: number): void => {
          const from = Math.max(clock.now, warmUp);
          clock.now += seconds * SECOND;
          const micros = Math.max(0, clock.now - from);
          if (micros === 0) return;
          const all = listed(living.values());
          areas.forEach((area, server) => {
            const here = all.filter((one) => one.server === server);
            const asked = here.reduce((sum, one) => sum + one.asked, 0);
            const over = Math.max(0, asked - IOPS[server]!);
            area.asked += asked * micros;
            area.short += over * micros;
            if (over > 1e-9) area.shortMicros += micros;
            area.peak = Math.max(area.peak, asked);
          });
        };
        const expectAsListed = (): void => {
          const due = new Array<number>(LINKS).fill(0);
          const all = listed(living.values());
          for (const { one, use, server, served } of all) {
            const bits = served * use.bytesPerOperation * 8;
            for (const link of reads(server, one.host)) due[link]! += bits * use.readRatio;
            for (const link of writes(server, one.host)) due[link]! += bits * (1 - use.readRatio);
            expect(traffic.servedTo(one.vm)).toBeCloseTo(served, 6);
          }
          const loads = new Float64Array(LINKS);
          traffic.addLoads(loads);
          const standing = traffic.standingLoads();
          due.forEach((load, link) => {
            expect(loads[link], `link ${link}`).toBeCloseTo(load, 3);
            expect(standing(link), `link ${link}, standing`).toBeCloseTo(load, 3);
          });
          const now = traffic.sample();
          const sum = (of: (one: Served) => number): number => all.reduce((total, one) => total + of(one), 0);
          expect(now.demand).toBeCloseTo(
            sum(({ asked }) => asked),
            6,
          );
          expect(now.served).toBeCloseTo(
            sum(({ served }) => served),
            6,
          );
          expect(now.vmsShort).toBe(all.filter(({ asked, served }) => asked > served + 1e-9).length);
          expect(traffic.bitsPerSecond()).toBeCloseTo(
            sum(({ served, use }) => served * use.bytesPerOperation * 8),
            3,
          );
          short += now.vmsShort;
        };
        for (const one of steps) {
          pass(one.after);
          const vms = [...living.keys()];
          if (one.kind === 'come')
            come({
              host: one.host,
              server: one.server,
              use: one.iops === null ? null : useOf(one.iops),
              throttle: one.throttle,
            });
          else if (vms.length > 0)
            if (one.kind === 'go') go(vms[one.which % vms.length]!);
            else curb(vms[one.which % vms.length]!, one.throttle);
          expectAsListed();
        }
        pass(60);
        const micros = clock.now - warmUp;
        areas.forEach((area, server) => {
          const { meanDemand, peakDemand, shortRatio, timeShortRatio } = traffic.use(server, clock.now);
          expect(meanDemand).toBeCloseTo(area.asked / micros, 6);
          expect(peakDemand).toBeCloseTo(area.peak, 6);
          expect(shortRatio).toBeCloseTo(area.asked > 0 ? area.short / area.asked : 0, 9);
          expect(timeShortRatio).toBeCloseTo(area.shortMicros / micros, 9);
        });
        for (const vm of [...living.keys()]) go(vm);
        const loads = new Float64Array(LINKS);
        traffic.addLoads(loads);
        const standing = traffic.standingLoads();
        expect(
          [...loads, ...loads.map((_, link) => standing(link)), traffic.sample().demand].every((one) => one === 0),
        ).toBe(true);
      }),
      { seed: 3, numRuns: 200 },
    );
    // Servers were short often: else no level was held.
    expect(short).toBeGreaterThan(500);
  });

  test('tell whoever shares their links of every change, and of nothing else', () => {
    const { come, go, curb, changes } = bench();
    const vm = come({ host: 0, server: 0, use: useOf(100), throttle: null });
    expect(changes()).toBe(1);
    // Without a disk, or of a customer of whom nothing is said.
    go(come({ host: 0, server: null, use: useOf(100), throttle: null }));
    go(come({ host: 0, server: 0, use: null, throttle: null }));
    expect(changes()).toBe(1);
    curb(vm, 10);
    go(vm);
    expect(changes()).toBe(3);
  });
});
