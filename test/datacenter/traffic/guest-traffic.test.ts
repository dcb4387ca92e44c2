import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CPU_CURVES, heightAt } from '../../../models/workload/cpu-curve.js';
import type { TrafficPattern } from '../../../models/network/traffic-pattern.js';
import { GuestTraffic } from '../../../sim/datacenter/traffic/guest-traffic.js';
import { LOCALITIES } from '../../../sim/datacenter/traffic/traffic-totals.js';
import { domainAt, enumerated, HOSTS, LINKS, LINK_COUNT, placeOf, type Living } from './enumerated.js';

const PATTERN: TrafficPattern = {
  groups: ['web', 'db'],
  // web-web, web-db, web-router; db-web, db-db, db-router; router-web, router-db, router-router
  rates: [1e6, 2e6, 3e5, 5e6, 0, 0, 4e5, 0, 0],
  toPublic: [7e5, 0],
  fromPublic: [9e5, 1e5],
  pair: null,
};

type Step =
  { host: number; group: number; throttle: number; network: number } | { drop: number } | { curb: number; to: number };

const THROTTLES = [Infinity, Infinity, 3e6, 2.5e7];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      host: fc.nat(HOSTS - 1),
      group: fc.nat(2),
      throttle: fc.constantFrom(...THROTTLES),
      network: fc.nat(1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ drop: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ curb: fc.nat(1000), to: fc.constantFrom(...THROTTLES) }) },
);

function build(pattern: TrafficPattern, curve: (typeof CPU_CURVES)['office-day'] | null, clock: { now: number }) {
  const living = new Map<number, Living>();
  const traffic = new GuestTraffic({
    now: () => clock.now,
    trafficOf: () => ({ pattern, curve }),
    groupOf: (vm) => living.get(vm)!.group,
    placeOf,
    throttleOf: ({ vm }) => living.get(vm)!.throttle,
    links: LINKS,
  });
  let next = 0;
  const apply = (one: Step): void => {
    if ('host' in one) {
      const router = one.group === pattern.groups.length;
      // One routing appliance a guest network.
      if (router && [...living.values()].some(({ network, group }) => network === one.network && group === one.group))
        return;
      const vm = next++;
      living.set(vm, { ...one, vm });
      traffic.vmRunning(domainAt(vm, one.host, one.network, router));
      return;
    }
    const vms = [...living.keys()];
    if (vms.length === 0) return;
    if ('drop' in one) {
      const vm = vms[one.drop % vms.length]!;
      const { host, network, group } = living.get(vm)!;
      traffic.vmGone(domainAt(vm, host, network, group === pattern.groups.length));
      living.delete(vm);
    } else {
      const vm = vms[one.curb % vms.length]!;
      const there = living.get(vm)!;
      there.throttle = one.to;
      traffic.vmThrottled(domainAt(vm, there.host, there.network, there.group === pattern.groups.length));
    }
  };
  return { living, traffic, apply };
}

function expectSame(traffic: GuestTraffic, pattern: TrafficPattern, living: Iterable<Living>, factor: number): void {
  const loads = new Float64Array(LINK_COUNT);
  traffic.addLoads(loads);
  const due = enumerated(pattern, [...living], factor);
  const standing = traffic.standingLoads();
  due.loads.forEach((load, link) => {
    expect(loads[link], `link ${link}`).toBeCloseTo(load, 3);
    expect(standing(link), `link ${link}, standing`).toBeCloseTo(load, 3);
  });
  const now = traffic.totals.at(0);
  for (const key of LOCALITIES)
    expect(now[key] * (factor === 1 ? 1 : factor / heightAt(CPU_CURVES['office-day'], 0)), key).toBeCloseTo(
      due.localities[key],
      3,
    );
}

describe('guest traffic', () => {
  it('is on every link, and within every locality, what listing all pairs gives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { living, traffic, apply } = build(PATTERN, null, { now: 0 });
        for (const one of steps) {
          apply(one);
          // Standing loads are read after several changes as well as after each.
          if (steps.length % 2 === 0 || 'drop' in one) expectSame(traffic, PATTERN, living.values(), 1);
        }
        expectSame(traffic, PATTERN, living.values(), 1);
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  it('leaves nothing behind when everybody has gone', () => {
    const { living, traffic, apply } = build(PATTERN, null, { now: 0 });
    for (let at = 0; at < 50; at++) apply({ host: at % HOSTS, group: at % 3, throttle: Infinity, network: at % 2 });
    traffic.standingLoads();
    while (living.size > 0) apply({ drop: 7 });
    const loads = new Float64Array(LINK_COUNT);
    traffic.addLoads(loads);
    const standing = traffic.standingLoads();
    expect([...loads].every((load, link) => load === 0 && standing(link) === 0)).toBe(true);
    for (const key of LOCALITIES) expect(traffic.totals.at(0)[key]).toBe(0);
  });

  it('follows its curve, and meters what was exchanged along it', () => {
    const clock = { now: 0 };
    const curve = CPU_CURVES['office-day'];
    const { traffic, apply } = build(PATTERN, curve, clock);
    apply({ host: 0, group: 0, throttle: Infinity, network: 0 });
    apply({ host: HOSTS - 1, group: 1, throttle: Infinity, network: 0 });
    // web-db and db-web, across pods; at time 0 the curve is at 7/12 of its mean.
    expect(traffic.totals.at(0).crossPod).toBeCloseTo((7e6 * 7) / 12, 3);
    // A whole week comes to the mean: 7 Mbit/s for 604,800 s.
    clock.now = 7 * 86_400e6;
    expect(traffic.bitsOf(0).crossPod).toBeCloseTo(7e6 * 604_800, 0);
    expect(traffic.totals.bits(clock.now).crossPod).toBeCloseTo(7e6 * 604_800, 0);
    // 7/4 of the mean during office hours.
    expect(traffic.totals.peakCrossPodBitsPerSecond(clock.now)).toBeCloseTo((7e6 * 7) / 4, 3);
  });

  it('has VMs in hot pairs exchange what pairs exchange, throttled, whoever of them goes', () => {
    const pattern: TrafficPattern = {
      groups: ['vm'],
      rates: [0, 0, 0, 0],
      ...{ toPublic: [0], fromPublic: [0] },
      pair: { thereBitsPerSecond: 5e7, backBitsPerSecond: 1e7 },
    };
    const { traffic, apply, living } = build(pattern, null, { now: 0 });
    for (const host of [0, 1, HOSTS - 1, 0]) apply({ host, group: 0, throttle: Infinity, network: 0 });
    // 0-1 in a rack, 2-3 across pods.
    expect(traffic.totals.at(0)).toMatchObject({ sameRack: 6e7, crossPod: 6e7, sameHost: 0 });
    // Switches bring both directions of 0-1, and there of 2-3, to the first pod.
    expect(traffic.delivered(0, 0).bitsPerSecond).toBe(1.1e8);
    expect(traffic.delivered(0, 2).bitsPerSecond).toBe(1e7);
    expect(traffic.delivered(0, null).bitsPerSecond).toBe(1.2e8);
    // VM 0 goes, VM 1 stays alone; VM 2 is curbed to 20 Mbit/s each way.
    apply({ drop: 0 });
    apply({ curb: [...living.keys()].indexOf(2), to: 2e7 });
    expect(traffic.totals.at(0)).toMatchObject({ sameRack: 0, crossPod: 3e7 });
    // VM 3 goes: 1 and 2 pair up, and 2 is still curbed.
    apply({ drop: [...living.keys()].indexOf(3) });
    expect(traffic.totals.at(0)).toMatchObject({ sameRack: 0, crossPod: 3e7 });
  });
});
