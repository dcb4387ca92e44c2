/** The solver on random networks, against a naive network and the bottleneck condition, neither of which shares code with it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxMinRates } from '../../../models/network/max-min.js';
import { SharedNetwork } from '../../../models/network/shared-network.js';
import { TUNING, type Tuning } from '../../../models/network/transfers/tuning.js';
import { NaiveNetwork } from './naive-network.js';
import { randomNetwork, type RandomNetwork } from './random-network.js';
import { unfairness } from './unfairness.js';

const SEED = 20_240_611;

/** Small networks by the ways of large ones. */
const WAYS: readonly [string, Partial<Tuning>][] = [
  ['mended', {}],
  ['filled anew each time', { leastBudget: -1, budgetShare: 0 }],
  ['mended or filled by turns', { leastBudget: 6, budgetShare: 0 }],
  [
    'links left out that cannot fill',
    { leastBudget: -1, budgetShare: 0, quietFlows: 1, quietEntries: 0, lookEvery: 1, quietBelow: 0.9, loudAbove: 0.95 },
  ],
  [
    'links left out, and mended',
    { leastBudget: 8, budgetShare: 0, quietFlows: 1, quietEntries: 0, lookEvery: 0, quietBelow: 1, loudAbove: 1 },
  ],
];

/** Both networks side by side; after each event rates must be fair, at the end all ends and all bits the same. */
function holdAgainstNaive({ capacities, events }: RandomNetwork, tuning: Tuning): void {
  const network = new SharedNetwork(capacities, tuning);
  const naive = new NaiveNetwork([...capacities]);
  const ids = new Map<string, number>();
  const names = new Map<number, string>();
  const ends = new Map<string, number>();
  let now = 0;
  const advance = (to: number): void => {
    for (const { id, endSeconds } of network.advance(to)) ends.set(names.get(id)!, endSeconds);
    naive.advance(to);
  };
  events.forEach(({ wait, event }, index) => {
    now += wait;
    advance(now);
    const going = [...naive.flows.values()].filter(({ name }) => !ends.has(name));
    const chosen = 'which' in event ? going[event.which % Math.max(1, going.length)] : undefined;
    if (event.do === 'start') {
      const { links, bits, weight, cap, guarantee } = event.flow;
      const name = `flow ${index}`;
      const request = { links, bits, weight, guaranteedBitsPerSecond: guarantee };
      const id = network.start(now, cap === null ? request : { ...request, capBitsPerSecond: cap });
      ids.set(name, id);
      names.set(id, name);
      naive.start({ name, links, bits, weight, guarantee, cap: cap ?? Infinity });
    } else if (event.do === 'capacity') {
      network.setCapacity(now, event.link, event.capacity);
      naive.capacities[event.link] = event.capacity;
    } else if (chosen !== undefined && event.do === 'cancel') {
      const left = network.cancel(now, ids.get(chosen.name)!);
      expect(Math.abs(left - chosen.left)).toBeLessThanOrEqual(1e-9 * chosen.bits + 1e-3);
      naive.flows.delete(chosen.name);
    } else if (chosen !== undefined && event.do === 'cap' && chosen.cap < Infinity) {
      network.setCap(now, ids.get(chosen.name)!, event.cap);
      chosen.cap = event.cap;
    }
    // Rates as they are after the event: the naive network's flows, with the solver's rates.
    naive.advance(now);
    const flows = [...naive.flows.values()].map((flow) => ({ ...flow, rate: network.rateOf(ids.get(flow.name)!) }));
    const rated = flows.map((flow) => ({ ...flow, reserved: reservedFor(flow, flows, naive.capacities) }));
    expect(unfairness(naive.capacities, rated)).toBeNull();
    const reference = maxMinRates(naive.capacities, flows.map(asRequest));
    flows.forEach(({ rate }, at) =>
      expect(Math.abs(rate - reference[at]!)).toBeLessThanOrEqual(1e-9 * reference[at]! + 1e-6),
    );
  });
  advance(now + 1e3);
  expect([...ends.keys()].sort()).toEqual([...naive.ends.keys()].sort());
  for (const [name, end] of ends) expect(Math.abs(end - naive.ends.get(name)!), name).toBeLessThan(1e-6);
  naive.capacities.forEach((_capacity, link) => {
    const carried = network.linkBitsUntil(link, now + 1e3);
    expect(Math.abs(carried - naive.carried[link]!)).toBeLessThanOrEqual(1e-7 * carried + 1);
  });
  expect(network.activeCount).toBe(naive.flows.size);
}

function asRequest({ cap, guarantee, ...flow }: { links: number[]; weight: number; cap: number; guarantee: number }) {
  const request = { links: flow.links, weight: flow.weight, guaranteedBitsPerSecond: guarantee };
  return cap < Infinity ? { ...request, capBitsPerSecond: cap } : request;
}

interface Promised {
  links: readonly number[];
  guarantee: number;
  cap: number;
}

function reservedFor(flow: Promised, flows: readonly Promised[], capacities: readonly number[]): number {
  if (flow.guarantee === 0) return 0;
  const scales = flow.links.map((link) => {
    const promised = flows
      .filter(({ links }) => links.includes(link))
      .reduce((sum, { guarantee }) => sum + guarantee, 0);
    return capacities[link]! / promised;
  });
  return flow.guarantee * Math.min(1, flow.cap / flow.guarantee, ...scales);
}

test.each(WAYS)('random networks, %s: fair after every event, ends and bits as in a naive network', (_way, tuning) => {
  fc.assert(
    fc.property(randomNetwork(), (network) => holdAgainstNaive(network, { ...TUNING, ...tuning })),
    { seed: SEED, numRuns: 500 },
  );
});
