/** Migrations of recorded runs, told round by round: what they sent is what the tables say, and so is where the VM was. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainMigration } from '../../sim/run/explain-migration.js';
import { loadScenario } from '../../sim/run/load.js';
import { simulate } from '../../sim/run/simulate.js';
import { openRun, type RecordedRun } from '../../sim/store/open-run.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import { temporaryFolder } from '../store/temporary-folder.js';
import { ROOT } from '../tidy/sources.js';

async function recorded(name: string, set: string[] = []): Promise<RecordedRun> {
  const path = join(temporaryFolder(), 'results.sqlite');
  const scenario = loadScenario(join(ROOT, 'scenarios', 'golden', name, 'scenario.yaml'), { set });
  await simulate(scenario, { recorder: openRecorder(path) });
  return openRun(path);
}

test('rounds add up to what was sent, in whole pages, and the history goes from the queue to the end', async () => {
  const run = await recorded('migration-worked-example');
  const { migration, rounds, history } = explainMigration(run, '0');
  expect(migration).toMatchObject({
    vm: 'acme/vm-0002',
    source: 'z1/p01/h02',
    destination: 'z1/p01/h01',
    outcome: 'done',
  });
  expect(rounds.length).toBe(migration.rounds);
  expect(Math.abs(rounds.reduce((sum, { bytes }) => sum + bytes, 0) - migration.bytes!)).toBeLessThan(rounds.length);
  // 8 GiB, 60 % of it not zeros: each page once at least, and some twice.
  const pages = (8 * 2 ** 30) / 4096;
  const full = rounds.reduce((sum, { fullPages }) => sum + fullPages, 0);
  expect(full).toBeGreaterThan(0.6 * pages);
  expect(full).toBeLessThan(0.7 * pages);
  for (const { bytes, fullPages, zeroPages } of rounds)
    expect(Math.abs(bytes - 4104 * fullPages - 9 * zeroPages)).toBeLessThan(4200);
  expect(history[0]!.text).toBe('new -> queued');
  expect(history.at(-1)!.text).toBe('releasing -> done');
  run.close();
});

test('one that is lost says so; none that is not there; without a history the rounds are told all the same', async () => {
  const lost = await recorded('migration-source-fails-at-copy');
  const { migration, history } = explainMigration(lost, 'z1/0');
  expect(migration).toMatchObject({ outcome: 'lost', reason: 'vm-lost', copy: 'source-failed' });
  expect(history.map(({ why }) => why)).toContain('absent');
  expect(() => explainMigration(lost, '1')).toThrow(/there is no migration 1: this run has 1/);
  expect(() => explainMigration(lost, 'acme/vm-0001')).toThrow(/there is no migration acme/);
  lost.close();
  const brief = await recorded('migration-worked-example', ['record=summary']);
  const told = explainMigration(brief, '0');
  expect(told.history).toEqual([]);
  expect(told.rounds.length).toBeGreaterThan(1);
  brief.close();
});
