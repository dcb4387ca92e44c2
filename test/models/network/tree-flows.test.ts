/** Many flows on a tree: SimGrid's answers, and that the solver's several ways agree where each is in use. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { TUNING } from '../../../models/network/transfers/tuning.js';
import { Streams } from '../../../sim/engine/streams.js';
import { hasSharedData, sharedData } from '../../shared-data.js';
import { capacitiesOf, endsOf, pathOf, type Tree, type TreeFlow } from './tree-flows.js';
import { unfairness } from './unfairness.js';

const TREE: Tree = { pods: 20, hostsPerPod: 20, hostBitsPerSecond: 1e9, uplinkBitsPerSecond: 1e10 };

describe.skipIf(!hasSharedData)("SimGrid's thousand flows (skipped where the shared data is not there)", () => {
  test('every completion within 1e-9 of the published one, the mean too', () => {
    const [, ...lines] = gunzipSync(readFileSync(sharedData('maxmin-simgrid-1000.csv.gz')))
      .toString()
      .trim()
      .split('\n');
    const rows = lines.map((line) => line.split(',').map(Number));
    const flows = rows.map(([, from, to, start, bytes]) => ({
      from: from!,
      to: to!,
      startSeconds: start!,
      bits: 8 * bytes!,
    }));
    const seconds = endsOf(TREE, flows).map((end, flow) => end - flows[flow]!.startSeconds);
    expect(seconds).toHaveLength(1000);
    // Published to 1e-12 s; an independent solver differs from it by 1.9e-11 at most.
    const errors = seconds.map((one, flow) => Math.abs(one - rows[flow]![6]!) / rows[flow]![6]!);
    expect(Math.max(...errors)).toBeLessThan(1e-9);
    expect(seconds.reduce((sum, one) => sum + one, 0) / 1000).toBeCloseTo(0.301472959, 8);
  });
});

function randomFlows(tree: Tree, count: number, perSecond: number): TreeFlow[] {
  const stream = new Streams(42).stream(`flows ${count} ${perSecond}`);
  const hosts = tree.pods * tree.hostsPerPod;
  let startSeconds = 0;
  return Array.from({ length: count }, () => {
    if (perSecond < Infinity) startSeconds += stream.exponential() / perSecond;
    const from = Math.floor(stream.next() * hosts);
    const to = (from + 1 + Math.floor(stream.next() * (hosts - 1))) % hosts;
    return { from, to, startSeconds, bits: Math.round(1e6 + 1e7 * stream.exponential()) };
  });
}

test.each([
  ['at once, uplinks full', { ...TREE, pods: 6, hostsPerPod: 10, uplinkBitsPerSecond: 5e9 }, Infinity],
  ['at once, hosts full', { ...TREE, pods: 3, hostsPerPod: 20, uplinkBitsPerSecond: 1e11 }, Infinity],
  ['as they come', { ...TREE, pods: 6, hostsPerPod: 10, uplinkBitsPerSecond: 3e9 }, 2_000],
] as [string, Tree, number][])(
  '800 flows, %s: the ways of the solver agree, and rates are fair',
  (_case, tree, perSecond) => {
    const flows = randomFlows(tree, 800, perSecond);
    const capacities = capacitiesOf(tree);
    let events = 0;
    const ends = endsOf(tree, flows, {
      look: (network, active) => {
        if (events++ % 25 !== 0) return;
        const rated = [...active].map(([id, flow]) => ({
          ...{ links: pathOf(tree, flows[flow]!), weight: 1, cap: Infinity, reserved: 0 },
          rate: network.rateOf(id),
        }));
        expect(unfairness(capacities, rated)).toBeNull();
      },
    });
    for (const tuning of [
      { ...TUNING, leastBudget: Infinity },
      { ...TUNING, leastBudget: -1, budgetShare: 0, quietEntries: Infinity },
      { ...TUNING, quietBelow: 0.5, loudAbove: 0.6, lookEvery: 3, quietEntries: 100 },
    ]) {
      const others = endsOf(tree, flows, { tuning });
      expect(Math.max(...others.map((end, flow) => Math.abs(end - ends[flow]!) / ends[flow]!))).toBeLessThan(1e-10);
    }
  },
);
