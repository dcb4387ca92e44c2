/** VMs asked for by what they are made of, not by an offering. */
import { expect, test } from 'vitest';
import { foldHistory } from '../../sim/control/fold/fold.js';
import { GIB, Harness } from './harness.js';
import { snapshotOfState } from './snapshot.js';

const SIZE = { cpuMillis: 1500, memoryBytes: 3 * GIB, diskBytes: 7 * GIB };

function started(want: Parameters<Harness['startAs']>[2]): Harness {
  const harness = new Harness();
  harness.register('acme');
  harness.startAs('acme', 'a', want);
  harness.settle();
  return harness;
}

test('a VM gets the resources it asks for, and no offering', () => {
  const harness = started(SIZE);
  expect(harness.stateOf('acme', 'a')).toBe('running');
  expect(harness.lastOutcome()).toBe('done');
  expect(harness.history.find((tx) => tx.kind === 'vm' && tx.role === 'user')).toMatchObject({
    offering: null,
    ...SIZE,
  });
  expect(harness.answered).toContainEqual(expect.objectContaining({ kind: 'create-disk', bytes: 7 * GIB }));
  const { cpuMillis, memoryBytes } = SIZE;
  expect(harness.answered).toContainEqual(
    expect.objectContaining({ kind: 'start-vm', role: 'user', cpuMillis, memoryBytes }),
  );
  expect(snapshotOfState(foldHistory(harness.config, harness.history))).toEqual(snapshotOfState(harness.plane.state));
});

test('it may do without a disk', () => {
  const harness = started({ ...SIZE, diskBytes: 0 });
  expect(harness.stateOf('acme', 'a')).toBe('running');
  expect(harness.answered.filter(({ kind }) => kind === 'create-disk')).toHaveLength(1); // its routing appliance's
});

test('one that no host could hold is refused as any other', () => {
  expect(started({ ...SIZE, memoryBytes: 2 ** 50 }).lastOutcome()).toBe('no-capacity');
});

test.each([
  { cpuMillis: 0 },
  { memoryBytes: 0 },
  { cpuMillis: -1000 },
  { diskBytes: -1 },
  { cpuMillis: 0.5 },
  { memoryBytes: NaN },
  { memoryBytes: Infinity },
  { diskBytes: 2 ** 60 },
])('what is no amount is refused before anything is built: %j', (part) => {
  const harness = started({ ...SIZE, ...part });
  expect(harness.lastOutcome()).toBe('bad-request');
  expect(harness.history.some((tx) => tx.kind === 'vm')).toBe(false);
  // The name is free.
  harness.startAs('acme', 'a', SIZE);
  expect(harness.lastOutcome()).toBe('open');
});

test('an offering that is not there is still told as such', () => {
  expect(started({ offering: 'huge' }).lastOutcome()).toBe('unknown-offering');
});
