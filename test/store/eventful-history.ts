/** A history of the real plane in which much happens, and a way to record it. */
import type { Transaction } from '../../sim/control/history.js';
import { openRecorder } from '../../sim/store/sqlite-recorder.js';
import type { RunHeader, Sample } from '../../sim/store/types.js';
import { Harness, MINUTE, SECOND, smallZone } from '../control/harness.js';
import { tellSyntheticRun } from './synthetic-run.js';

export const header = (change: Partial<RunHeader> = {}): RunHeader => ({
  scenario: 'tiny',
  about: 'A run of a few requests.',
  variant: 'small',
  seed: 7,
  version: '0.1.0',
  durationMicros: 60 * MINUTE,
  scenarioText: 'podtwin: 1\n',
  lanes: ['shared', 'z1'],
  record: 'full',
  zones: [
    {
      name: 'z1',
      vlanCapacity: 3,
      pods: [
        {
          name: 'z1/p1',
          hosts: [
            {
              name: 'z1/p1/h0',
              type: 'standard',
              role: 'both',
              cpuMillis: 8000,
              memoryBytes: 1 << 30,
              nodes: 2,
              inService: true,
            },
            {
              name: 'z1/p1/h1',
              type: 'spare',
              role: 'routing',
              cpuMillis: 4000,
              memoryBytes: 1 << 30,
              nodes: 1,
              inService: false,
            },
          ],
          storage: [{ name: 'z1/p1/s1', type: 'filer', capacityBytes: 2e11, iops: 40_000 }],
        },
        { name: 'z1/p2', hosts: [], storage: [] },
      ],
    },
  ],
  offerings: ['small', 'large', 'router'],
  ...change,
});

/** A history of the real plane in which much happens: starts, a refusal, failures, repetitions, collection. */
export function eventfulHistory(): { harness: Harness; history: Transaction[] } {
  const harness = new Harness(smallZone({ vlans: [600, 601] }));
  harness.register('acme', 'globex', 'initech');
  harness.start('acme', 'web');
  harness.settle();
  harness.start('acme', 'db', 'large');
  harness.answer('hypervisor-error');
  harness.settle();
  harness.start('globex', 'web');
  harness.settle();
  harness.start('initech', 'web');
  harness.request({ kind: 'reboot', account: 'acme', vm: 'web' });
  harness.settle();
  harness.start('globex', 'slow');
  // Nobody answers: commands are repeated and given up.
  for (let minute = 1; minute <= 12; minute++) harness.advanceTo(minute * MINUTE + SECOND);
  harness.settle();
  harness.request({ kind: 'destroy', account: 'acme', vm: 'web' });
  harness.settle();
  harness.request({
    kind: 'adopt',
    account: 'acme',
    vm: 'old',
    host: 0,
    nodes: [0, 1],
    cpuMillis: 2000,
    memoryBytes: 4096,
  });
  for (let minute = 13; minute <= 40; minute++) {
    harness.advanceTo(minute * MINUTE);
    harness.settle();
  }
  return { harness, history: harness.history };
}

export function recordHistory(path: string, history: readonly Transaction[], change: Partial<RunHeader> = {}): void {
  const recorder = openRecorder(path);
  recorder.begin(header(change));
  history.forEach((transaction, number) => recorder.transaction(1, number, transaction));
  const telling = tellNothing();
  recorder.finish(telling);
}

export function tellNothing() {
  const kept: Sample[] = [];
  return tellSyntheticRun(
    { begin: () => {}, transaction: () => {}, sample: (sample) => kept.push(sample), finish: () => {} },
    { days: 0 },
  );
}
