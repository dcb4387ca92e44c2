/** The benchmark of migrations: that it measures what it says. No test asserts a time. */
import { expect, test } from 'vitest';
import { benchMigrations } from '../../sim/bench/migrations.js';

test('rows: the world, an hour of nothing, and the storm, in which all come to a good end', () => {
  const { bench, machine, seed, rows } = benchMigrations(20, { runs: 1 });
  expect([bench, machine.node, seed]).toEqual(['migrations', process.version, 42]);
  expect(rows.map((row) => [row.case, row.migrations, row.vms])).toEqual([
    ['world', 20, 10_020],
    ['idle', 0, 10_020],
    ['storm', 20, 10_020],
  ]);
  const [world, idle, storm] = rows;
  expect(world!.events).toBeGreaterThan(0);
  // Nothing but the sampling of an idle zone: a migration has a dozen messages and more.
  expect(storm!.events - idle!.events).toBeGreaterThan(20 * 12);
  for (const { cpuSeconds } of rows) expect(cpuSeconds).toBeGreaterThan(0);
});
