/** What hosts are short of: hosts computed by hand, and random VMs against an integral in fine steps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CpuContention, type CpuHost } from '../../sim/datacenter/cpu-contention.js';
import type { Domain } from '../../sim/datacenter/domain.js';
import { mergeCpu } from '../../sim/measures/cpu-result.js';
import { CPU_CURVES, cpuCurve } from '../../models/workload/cpu-curve.js';
import { sharedCpu } from '../../models/workload/cpu-sharing.js';
import { constantUse, curveUse, traceUse, useAt, type CpuUse } from '../../models/workload/cpu-use.js';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const OFFICE = CPU_CURVES['office-day'];

/** A zone without plane or plant: domains come and go as it is told, traces go on by themselves. */
class Zone {
  now = 0;
  events = 0;
  readonly contention: CpuContention;
  private readonly uses = new Map<number, CpuUse>();
  private readonly domains = new Map<number, Domain>();
  private readonly pending = new Map<number, { at: number; vm: number }>();
  private handles = 0;

  constructor(hosts: readonly CpuHost[], warmUpMicros = 0) {
    const { uses, pending } = this;
    this.contention = new CpuContention(
      hosts,
      {
        now: () => this.now,
        useOf: (vm) => uses.get(vm) ?? null,
        at: (at, vm) => {
          pending.set(++this.handles, { at, vm });
          return this.handles;
        },
        cancel: (handle) => expect(pending.delete(handle)).toBe(true),
      },
      warmUpMicros,
    );
  }

  start(vm: number, host: number, cores: number, use: CpuUse | null): void {
    if (use) this.uses.set(vm, use);
    const domain: Domain = {
      ...{ vm, host, nodes: [0], cpuMillis: cores * 1000, memoryBytes: 0, networks: [] },
      ...{ role: 'user', interfaces: [], state: 'running', throttle: { networkBitsPerSecond: null, iops: null } },
    };
    this.domains.set(vm, domain);
    this.contention.vmRunning(domain);
  }

  stop(vm: number): void {
    this.contention.vmGone(this.domains.get(vm)!);
  }

  advance(until: number): void {
    for (;;) {
      const next = [...this.pending].sort(([, a], [, b]) => a.at - b.at)[0];
      if (!next || next[1].at > until) break;
      this.pending.delete(next[0]);
      this.now = next[1].at;
      this.events++;
      this.contention.nextPiece(next[1].vm);
    }
    this.now = until;
  }

  figures() {
    return mergeCpu([this.contention.result(this.now)]);
  }
}

const host = (cores: number, inService = true): CpuHost => ({ cpuMillis: cores * 1000, inService });

describe('by hand', () => {
  test('two VMs at 80 % on a host of one core: 1.6 asked for, 0.6 short', () => {
    const zone = new Zone([host(1), host(1)]);
    zone.start(0, 0, 1, constantUse(0.8));
    zone.advance(100 * SECOND);
    zone.start(1, 0, 1, constantUse(0.8));
    expect(zone.contention.sample()).toEqual({ cpuMillisDemand: 1600, cpuMillisShort: 600, vmsShort: 2 });
    zone.advance(400 * SECOND);
    const figures = zone.figures();
    expect(figures.demandCoreSeconds).toBeCloseTo(0.8 * 100 + 1.6 * 300, 9);
    expect(figures.shortCoreSeconds).toBeCloseTo(0.6 * 300, 9);
    // The other host has the same core and is idle.
    expect(figures.hostTimeShortRatio).toBeCloseTo(300 / 800, 12);
    expect(figures.vmTimeShortRatio).toBeCloseTo(600 / 700, 12);
    expect(figures.meanDemandRatio).toBeCloseTo(560 / 800, 12);
    expect(figures.meanUseRatio).toBeCloseTo(380 / 800, 12);
    expect(figures.peakDemandRatio).toBeCloseTo(0.8, 12);
    expect(figures.peakHostDemandRatio).toBeCloseTo(1.6, 12);
    expect(zone.events).toBe(0);
  });

  test('who asks for less than an even share is not short on a host that is', () => {
    const zone = new Zone([host(4)]);
    zone.start(0, 0, 2, constantUse(0.1));
    zone.start(1, 0, 4, constantUse(1));
    zone.start(2, 0, 2, constantUse(0.9));
    // 0.2 of 4 cores go to the first; 3.8 over 6 vCPUs are less than either of the others asks for.
    expect(zone.contention.sample()).toEqual({ cpuMillisDemand: 6000, cpuMillisShort: 2000, vmsShort: 2 });
  });

  test('a host that is asked for exactly what it has is not short, whatever is rounded', () => {
    const zone = new Zone([host(1)]);
    for (let vm = 0; vm < 10; vm++) zone.start(vm, 0, 1, constantUse(0.1));
    for (let vm = 3; vm < 6; vm++) zone.stop(vm);
    for (let vm = 3; vm < 6; vm++) zone.start(vm, 0, 1, constantUse(0.1));
    zone.advance(DAY);
    expect(zone.figures()).toMatchObject({ shortCoreSeconds: 0, hostTimeShortRatio: 0, vmTimeShortRatio: 0 });
  });

  test('along the office day: short while the sum is above the core, to the second', () => {
    const zone = new Zone([host(1)]);
    // At their peak each uses its whole core.
    for (const vm of [0, 1]) zone.start(vm, 0, 1, curveUse(OFFICE, 4 / 7));
    zone.advance(3 * WEEK);
    // 8/7 of the shape is above 1 where the height is above 3/2: a quarter up the ramp, and as far down the other.
    const hours = 17 - 9 + 0.75 * (3 + 5);
    const figures = zone.figures();
    expect(figures.hostTimeShortRatio).toBeCloseTo((5 * hours) / 168, 12);
    // On the plateau both ask for all they have: 1 core short; on the ramps half of that.
    expect(figures.shortCoreSeconds / 3600).toBeCloseTo(3 * 5 * (8 + 0.75 * 8 * 0.5), 6);
    expect(figures.demandCoreSeconds / 3600).toBeCloseTo(3 * 168 * (8 / 7), 6);
    expect(figures.peakHostDemandRatio).toBeCloseTo(2, 12);
    expect(zone.events).toBe(0);
  });

  test('a VM of a higher mean is cut off at its whole CPU', () => {
    const zone = new Zone([host(1)]);
    zone.start(0, 0, 1, curveUse(OFFICE, 1));
    zone.advance(WEEK);
    // A height of 12/7 is all it has: until the ramp has come a share of 5/14 of its way, it asks for less.
    const low = (7 / 12) * (5 * 8 + 48);
    const ramps = 5 * 8 * ((5 / 14) * (1 - 5 / 24) + 9 / 14);
    expect(zone.figures().demandCoreSeconds / 3600).toBeCloseTo(low + ramps + 5 * 8, 8);
    expect(zone.figures().shortCoreSeconds).toBe(0);
  });

  test('the warm-up is left out', () => {
    const zone = new Zone([host(1)], 100 * SECOND);
    zone.start(0, 0, 2, constantUse(1));
    zone.advance(50 * SECOND);
    zone.start(1, 0, 2, constantUse(1));
    zone.advance(90 * SECOND);
    zone.stop(1);
    zone.advance(200 * SECOND);
    expect(zone.figures()).toMatchObject({
      ...{ demandCoreSeconds: 200, shortCoreSeconds: 100, hostTimeShortRatio: 1, vmTimeShortRatio: 1 },
      ...{ peakHostDemandRatio: 2, peakDemandRatio: 2, meanUseRatio: 1 },
    });
  });

  test('a VM without a known use counts for nothing, and is counted', () => {
    const zone = new Zone([host(1), host(1, false)]);
    zone.start(0, 0, 2, null);
    zone.advance(HOUR);
    expect(zone.contention.withoutUse).toBe(1);
    expect(zone.figures()).toEqual({
      ...{ demandCoreSeconds: 0, shortCoreSeconds: 0, shortRatio: null, hostTimeShortRatio: 0, vmTimeShortRatio: null },
      ...{ meanDemandRatio: 0, meanUseRatio: 0, peakDemandRatio: 0, peakHostDemandRatio: 0 },
    });
    zone.stop(0);
  });
});

describe('a trace', () => {
  const micros = Array.from({ length: 288 }, () => 300 * SECOND);
  const ratios = micros.map((_, piece) => (piece % 3 === 0 ? 1 : 0.25));

  test('of 288 pieces costs an event a change, and is exact', () => {
    const zone = new Zone([host(1)]);
    zone.start(0, 0, 1, traceUse({ micros, ratios }));
    zone.start(1, 0, 1, constantUse(0.5));
    zone.advance(2 * DAY);
    // Every third piece: 96 of them; two that are alike are one, so that 191 changes follow the beginning.
    expect(zone.events).toBe(191);
    const figures = zone.figures();
    expect(figures.shortCoreSeconds).toBeCloseTo(96 * 300 * 0.5, 6);
    // The last piece lasts for the second day.
    expect(figures.demandCoreSeconds).toBeCloseTo(96 * 300 + 192 * 75 + 86_400 * 0.25 + 0.5 * 2 * 86_400, 6);
  });

  test('goes on while the VM is stopped, and costs nothing meanwhile', () => {
    const zone = new Zone([host(4)]);
    zone.start(0, 0, 1, traceUse({ micros: [HOUR, HOUR, HOUR], ratios: [0.2, 0.4, 0.8] }));
    zone.advance(HOUR / 2);
    zone.stop(0);
    zone.advance(1.5 * HOUR);
    expect(zone.events).toBe(0);
    zone.start(0, 0, 1, null);
    zone.advance(2.5 * HOUR);
    expect(zone.events).toBe(1);
    expect(zone.figures().demandCoreSeconds).toBeCloseTo(3600 * (0.5 * 0.2 + 0.5 * 0.4 + 0.5 * 0.8), 6);
    // Once it is gone for good, a VM of its number begins anew.
    zone.stop(0);
    zone.contention.forget(0);
    zone.start(0, 0, 1, null);
    expect(zone.contention.sample().cpuMillisDemand).toBeCloseTo(200, 9);
  });
});

describe('random VMs', () => {
  const saw = cpuCurve('saw', [
    [0, 1],
    [DAY / 3, 7],
    [DAY / 2, 0],
    [DAY, 1],
  ]);
  const ratio = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
  const use = fc.oneof(
    ratio.map(constantUse),
    fc.tuple(fc.constantFrom(OFFICE, saw), ratio).map(([curve, mean]) => curveUse(curve, mean)),
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: 40 }), ratio), { minLength: 1, maxLength: 8 })
      .map((all) => traceUse({ micros: all.map(([n]) => n * HOUR), ratios: all.map(([, r]) => r) })),
  );
  const vm = fc.record({
    host: fc.nat(1),
    cores: fc.integer({ min: 1, max: 4 }),
    use,
    from: fc.nat(200),
    hours: fc.integer({ min: 1, max: 300 }),
  });
  const world = fc.record({
    cores: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
    vms: fc.array(vm, { minLength: 1, maxLength: 10 }),
    warmUp: fc.constantFrom(0, 50),
    looks: fc.array(fc.nat(240), { maxLength: 5 }),
  });
  const END = 240;

  test('come to what a sum in fine steps comes to', () => {
    fc.assert(
      fc.property(world, ({ cores, vms, warmUp, looks }) => {
        const zone = new Zone(cores.map((one) => host(one)), warmUp * HOUR); // prettier-ignore
        for (let hour = 0; hour <= END; hour++) {
          zone.advance(hour * HOUR);
          vms.forEach((one, at) => {
            if (one.from + one.hours === hour) zone.stop(at);
            if (one.from === hour) zone.start(at, one.host, one.cores, one.use);
          });
          // Looking changes nothing.
          if (looks.includes(hour)) zone.contention.sample();
        }
        const got = zone.figures();
        const sum = { demand: 0, short: 0, hostShort: 0, vm: 0, vmShort: 0 };
        let peak = 0;
        let hostPeak = 0;
        const steps = 120;
        for (let step = warmUp * steps; step < END * steps; step++) {
          const hour = (step + 0.5) / steps;
          let all = 0;
          cores.forEach((capacity, at) => {
            const here = vms.filter((one) => one.host === at && one.from <= hour && hour < one.from + one.hours);
            const asked = here.map((one) => one.cores * useAt(one.use, hour * HOUR, one.from * HOUR));
            const demand = asked.reduce((total, one) => total + one, 0);
            const had = sharedCpu(capacity, here.map((one, n) => ({ weight: one.cores, demand: asked[n]! }))); // prettier-ignore
            const short = demand - had.reduce((total, one) => total + one, 0);
            sum.demand += demand * (3600 / steps);
            sum.short += short * (3600 / steps);
            const isShort = short > 1e-9 ? 1 : 0;
            sum.hostShort += isShort;
            sum.vm += here.length;
            sum.vmShort += isShort * here.length;
            hostPeak = Math.max(hostPeak, demand / capacity);
            all += demand;
          });
          peak = Math.max(peak, all / (cores[0] + cores[1]));
        }
        const hours = END - warmUp;
        const close = (a: number | null, b: number, within: number): void =>
          expect(Math.abs((a ?? 0) - b)).toBeLessThanOrEqual(within);
        close(got.demandCoreSeconds, sum.demand, 1e-4 * sum.demand + 1e-6);
        close(got.shortCoreSeconds, sum.short, 1e-4 * sum.short + 5);
        // A step in which a host becomes short may count on either side: some 40 of them at most.
        close(got.hostTimeShortRatio, sum.hostShort / (2 * hours * steps), 80 / (2 * hours * steps));
        close(got.vmTimeShortRatio, sum.vm === 0 ? 0 : sum.vmShort / sum.vm, sum.vm === 0 ? 0 : 800 / sum.vm);
        // The peak is between two steps.
        expect(got.peakDemandRatio).toBeGreaterThanOrEqual(peak - 1e-9);
        expect(got.peakHostDemandRatio).toBeGreaterThanOrEqual(hostPeak - 1e-9);
        close(got.peakDemandRatio, peak, 0.02 * peak);
        close(got.peakHostDemandRatio, hostPeak, 0.02 * hostPeak);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
