import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkMaxMin, type MaxMinCheck } from '../../sim/studies/check-maxmin.js';
import { hasSharedData, sharedData } from '../shared-data.js';

const folder = mkdtempSync(join(tmpdir(), 'podtwin-maxmin-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two pods of two hosts, 1 Mbyte/s for each host, twice that for a pod. */
function check(rows: readonly string[], more: object = {}): MaxMinCheck {
  const topology = { pods: 2, hosts_per_pod: 2, host_link_bps: 8e6, pod_uplink_bps: 16e6, ...more };
  writeFileSync(join(folder, 'flows.json'), JSON.stringify({ topology }));
  writeFileSync(join(folder, 'flows.csv'), ['id,src,dst,start_s,size_bytes,fct_s', ...rows, ''].join('\n'));
  return checkMaxMin(join(folder, 'flows.csv'));
}

test('cases in the order of the file, whatever the order of starts; within 1e-6 and 5 us', () => {
  // Both go to host 1: one second each way of sharing its link.
  const { kind, cases, summary } = check(['3,2,1,0.5,1000000,1.5', '1,0,1,0,1000000,1.500004', '9,3,2,9,500000,0.6']);
  expect(kind).toBe('maxmin');
  expect(cases.map(({ id, seconds, within }) => [id, seconds, within])).toEqual([
    [3, 1.5, true],
    [1, 1.5, true],
    [9, 0.5, false],
  ]);
  expect(cases[2]!.relativeError).toBeCloseTo(1 / 6, 12);
  expect(summary).toEqual({
    ...{ cases: 3, within: 2 },
    maxRelativeError: cases[2]!.relativeError,
    meanCompletionSeconds: 3.5 / 3,
  });
});

test("the topology's numbers make the answer: an uplink, a core, a latency, cables for both ways at once", () => {
  const rows = ['0,0,2,0,1000000,1', '1,1,3,0,1000000,1'];
  const seconds = (more: object, flows = rows) => check(flows, more).cases.map((one) => one.seconds);
  expect(seconds({})).toEqual([1, 1]);
  expect(seconds({ pod_uplink_bps: 8e6 })).toEqual([2, 2]);
  expect(seconds({ core_bps: 4e6 })).toEqual([4, 4]);
  expect(seconds({ latency_s: 0.125 })).toEqual([1.125, 1.125]);
  const back = ['0,0,2,0,1000000,1', '1,2,0,0,1000000,1'];
  expect(seconds({}, back)).toEqual([1, 1]);
  expect(seconds({ duplex: 'half' }, back)).toEqual([2, 2]);
});

test.skipIf(!hasSharedData)("SimGrid's thousand flows: all within (skipped where the shared data is not there)", () => {
  const { cases, summary } = checkMaxMin(sharedData('maxmin-simgrid-1000.csv.gz'));
  expect(cases).toHaveLength(1000);
  expect(summary).toMatchObject({ cases: 1000, within: 1000 });
  expect(summary.maxRelativeError).toBeLessThan(1e-9);
  expect(summary.meanCompletionSeconds).toBeCloseTo(0.301472959, 8);
});
