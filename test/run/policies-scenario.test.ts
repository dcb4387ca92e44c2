/** scenarios/policies.yaml shows each policy's character, whatever the seed: its expectations hold, and the order among them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { variantNames } from '../../sim/scenario/loader.js';
import { ROOT } from '../tidy/sources.js';

const FILE = join(ROOT, 'scenarios', 'policies.yaml');

test.each([1, 2, 3, 4, 5])('seed %i', async (seed) => {
  const of = new Map<string, Awaited<ReturnType<typeof simulate>>>();
  for (const variant of [undefined, ...variantNames(FILE)]) {
    const summary = await simulate(loadScenario(FILE, { variant, seed }));
    expect(
      summary.expect.filter(({ held }) => !held),
      variant,
    ).toEqual([]);
    of.set(variant ?? 'first-fit', summary);
  }
  const all = [...of.values()];
  expect(new Set(all.map(({ vms }) => vms.requested)).size, 'the same customers').toBe(1);
  const scattered = (name: string): number => of.get(name)!.fragmentation!.mean;
  expect(scattered('user-concentrated-pod')).toBeLessThan(scattered('first-fit'));
  expect(scattered('first-fit')).toBeLessThan(scattered('user-dispersing'));
  expect(scattered('user-dispersing-by-room')).toBeLessThan(scattered('user-dispersing'));
  const refused = (name: string): number => of.get(name)!.vms.refused['no-capacity'] ?? 0;
  for (const name of of.keys()) expect(refused(name)).toBeLessThanOrEqual(refused('worst-fit'));
  const broken = (name: string): number => of.get(name)!.fragmentRate['16']!;
  for (const name of of.keys()) expect(broken(name)).toBeGreaterThanOrEqual(broken('best-fit'));
  const fewest = Math.min(...all.map(({ fragmentation }) => fragmentation!.hostFragmentation.mean));
  expect(of.get('router-affinity')!.fragmentation!.hostFragmentation.mean).toBeLessThan(fewest * 1.1);
});
