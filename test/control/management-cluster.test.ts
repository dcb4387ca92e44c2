/** Several management servers on one database write the history that one writes. */
import { expect, test } from 'vitest';
import { ManagementCluster } from '../../sim/control/management-cluster.js';
import type { Transaction } from '../../sim/control/history.js';
import { eventfulHistory } from '../store/eventful-history.js';
import { fullZone, Harness } from './harness.js';

function play(servers: number): { history: Transaction[]; turns: number[] } {
  let cluster!: ManagementCluster;
  const { history } = eventfulHistory((config) => {
    cluster = new ManagementCluster(config, servers);
    return new Harness(config, cluster);
  });
  return { history, turns: cluster.turns };
}

test('whichever server takes an input, the history is the same', () => {
  const one = play(1);
  const three = play(3);
  expect(three.history).toEqual(one.history);
  expect(one.turns).toHaveLength(1);
  expect(Math.min(...three.turns)).toBeGreaterThan(20);
  expect(three.turns.reduce((sum, turns) => sum + turns)).toBe(one.turns[0]);
});

test('a server that joins later goes on from the database', () => {
  const config = fullZone();
  const first = new ManagementCluster(config);
  const harness = new Harness(config, first);
  harness.register('acme');
  harness.start('acme', 'web');
  harness.answer();
  const { outstanding } = harness;
  const later = new ManagementCluster(config, 2, first.state);
  const turn = later.turn(0, [
    { kind: 'report', report: { kind: 'outcome', command: outstanding[0]!.number, failed: null } },
  ]);
  expect(turn.transactions.map(({ kind }) => kind)).toContain('command-ended');
  expect(later.state).toBe(first.state);
});
