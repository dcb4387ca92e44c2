import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkExpectations, measureOf } from '../../sim/run/expectations.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { OFFERING_PART, SUMMARY_MEASURES, ZONE_PART, type MeasureTree } from '../../sim/scenario/measures.js';
import type { Summary } from '../../sim/store/types.js';
import { tellSyntheticRun } from '../store/synthetic-run.js';
import { ROOT } from '../tidy/sources.js';

const NOBODY = { begin: () => {}, transaction: () => {}, sample: () => {}, finish: () => {} };
const summary: Summary = {
  ...tellSyntheticRun(NOBODY, { days: 1 }),
  vms: {
    ...{ requested: 9, started: 7, stopped: 2, lost: null, runningAtEnd: 5 },
    refused: { 'no-capacity': 2 },
    failed: { 'agent-silent': 1 },
  },
};

test.each([
  ['vms.started', 7],
  ['vms.refused.no-capacity', 2],
  ['vms.refused.vlan-exhausted', 0],
  ['vms.refused', 2],
  ['vms.failed', 1],
  ['vms.failed.agent-silent', 1],
  ['vms.failed.agent-failed', 0],
  ['vms.lost', null],
  ['vms', null],
  ['vms.started.more', null],
  ['vms.constructor', null],
  ['vms.failed.constructor', 0],
  ['traffic.crossPod', null],
  ['vlans.z1.capacity', 40],
  ['vlans.z9.capacity', null],
])('%s is %s', (path, value) => {
  expect(measureOf(summary, path)).toBe(value);
});

test('every bound must hold, and a measure that is not there holds none', () => {
  const held = (expectation: object): boolean =>
    checkExpectations([{ measure: 'vms.started', ...expectation }], summary)[0]!.held;
  expect(held({ atLeast: 7, atMost: 7, equals: 7 })).toBe(true);
  expect(held({ atLeast: 8 })).toBe(false);
  expect(held({ atMost: 6 })).toBe(false);
  expect(held({ equals: 6 })).toBe(false);
  expect(held({ atLeast: 1, atMost: 6 })).toBe(false);
  expect(held({ measure: 'energy.total', atLeast: 0 })).toBe(false);
});

test('every path that files may name leads to a number of a run, or to null', async () => {
  // With everything priced that can be, and modelled that can be.
  const prices = ['perCoreHour', 'perGibHour', 'perDiskGibMonth', 'perAddressHour'].map((key) => `prices.${key}=1`);
  const set = [
    ...prices,
    'workload.vms.cpuUse=azure-2017',
    'workload.vms.diskUse={iops: 10}',
    'workload.traffic={pattern: uniform, rates: {mesh: 1 Mbps}}',
    'accounts=[{ name: mover, zone: z1, vms: { small: 1 } }]',
    'events=[{ at: 3m, migrate: { account: mover, vm: vm-0001 } }]',
    'policies.placement=worst-fit',
    'templates.debian.size=1 GiB',
    'offerings.small.template=debian',
  ];
  const run: unknown = await simulate(loadScenario(join(ROOT, 'scenarios', 'quickstart.yaml'), { set }));
  const walk = (tree: MeasureTree, value: unknown, path: string): void => {
    const inside = value as Record<string, unknown>;
    if (tree === 'any') return expect(value, path).toBeNull();
    if (tree === 'number') return expect(value === null || typeof value === 'number', path).toBe(true);
    if (tree === 'reasons') return expect(Object.values(inside).every((count) => typeof count === 'number')).toBe(true);
    if (Object.hasOwn(tree, ZONE_PART)) return walk(tree[ZONE_PART]!, inside['z1'], path);
    if (Object.hasOwn(tree, OFFERING_PART)) return walk(tree[OFFERING_PART]!, inside['small'], path);
    const parts = Object.keys(tree);
    // Not a measure: what its amounts are in.
    const told = path === '.billing' ? ['currency'] : [];
    if (path !== '') expect(Object.keys(inside).sort(), path).toEqual([...parts, ...told].sort());
    for (const part of parts) walk(tree[part]!, inside[part], `${path}.${part}`);
  };
  walk(SUMMARY_MEASURES, run, '');
});
