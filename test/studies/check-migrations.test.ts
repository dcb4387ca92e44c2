import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkMigrations } from '../../sim/studies/check-migrations.js';
import { checkMigrationStorm, checkSimGridMigrations } from '../../sim/studies/check-simgrid-migrations.js';
import { hasSharedData, sharedData } from '../shared-data.js';

const folder = mkdtempSync(join(tmpdir(), 'podtwin-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, ...lines: string[]): string {
  writeFileSync(join(folder, name), [...lines, ''].join('\n'));
  return join(folder, name);
}

test('two that share a link get half of it each, and dirty for twice as long', () => {
  const topology = { pods: 1, hosts_per_pod: 3, host_link_bps: 8e6 };
  file('storm.json', JSON.stringify({ topology }));
  const csv = file(
    'storm.csv',
    'id,src,dst,start_s,ram_bytes,dirty_Bps,end_s,total_s,downtime_s,stage2_rounds,bytes_sent',
    // At 0.5 MB/s: 2 s for 1 MB; 20 kB/s dirty 40 kB, above the threshold of 15 kB; 40 kB at 1 MB/s, then 800 bytes.
    'a,0,2,0,1000000,20000,2.0408,2.0408,0.0008,1,1040800',
    'b,0,2,0,1000000,0,2,2,0,0,1000000',
  );
  const { cases, summary } = checkMigrationStorm(csv);
  expect(cases.map(({ id, rounds, bytes }) => [id, rounds, bytes])).toEqual([
    ['a', 1, 1_040_800],
    ['b', 0, 1_000_000],
  ]);
  expect(summary).toMatchObject({ cases: 2, within: 2, roundsEqual: 2 });
});

test('what is damaged is told at its place', () => {
  const header = 'ram_bytes,dirty_Bps,mig_speed_Bps,link_Bps,total_s,downtime_s,stage2_rounds,bytes_sent';
  const bad = file('bad.csv', header, 'many,0,1,1,1,0,0,1', '1,0,1,,1,0,0,1');
  expect(() => checkSimGridMigrations(bad)).toThrow(/'many' is no number/);
  expect(() => checkSimGridMigrations(bad)).toThrow(/link_Bps: a number is due here/);
  expect(() => checkSimGridMigrations(file('none.csv', 'a,b', '1,2'))).toThrow(/there is no column 'ram_bytes'/);
  expect(() => checkMigrations(file('other.csv', 'a,b', '1,2'))).toThrow(/this header has neither/);
});

test.skipIf(!hasSharedData)("SimGrid's storm: 400 of 400 (skipped where the shared data is not there)", () => {
  const { summary } = checkMigrationStorm(sharedData('simgrid-migration-storm.csv'));
  expect(summary).toMatchObject({ cases: 400, within: 400, roundsEqual: 400 });
  expect(summary.maxRelativeError).toBeLessThan(1e-8);
  const single = checkSimGridMigrations(sharedData('simgrid-migration-sample.csv')).summary;
  expect(single).toMatchObject({ cases: 3, within: 3, roundsEqual: 3 });
});

test.skipIf(!hasSharedData)('migrations as measured (skipped where the shared data is not there)', () => {
  const { identities, predictions } = checkMigrations(sharedData('libvirt-migrations.csv')).summary;
  expect(identities.wireBytes.exact).toBe(identities.wireBytes.cases);
  expect(predictions.predicted).toBeGreaterThan(25);
  expect(predictions.totalWithin10Percent).toBeGreaterThanOrEqual(0.8 * predictions.predicted);
  expect(predictions.downtimeWithin).toBeGreaterThanOrEqual(0.75 * predictions.predicted);
  expect(predictions.nonConverging).toBeGreaterThan(3);
  expect(predictions.nonConvergingRight).toBe(predictions.nonConverging);
});

test.skipIf(!hasSharedData)('migrations as published (skipped where the shared data is not there)', () => {
  const { identities, predictions } = checkMigrations(sharedData('migration-published.csv')).summary;
  expect(identities.wireBytes.cases).toBeGreaterThan(10);
  expect(identities.wireBytes.exact).toBe(identities.wireBytes.cases);
  expect(identities.cappedTotals.within5Percent).toBe(identities.cappedTotals.cases);
  expect(predictions.nonConvergingRight).toBe(predictions.nonConverging);
});
